import {mulberry32} from "../../../src/engine/linalg/random.ts";
import type {AnyParams, Control, Controls} from "../../../src/figure/controls.ts";
import type {AnyWidget} from "../../../src/figure/widget.ts";
import {oracles} from "../oracles/oracle.ts";
import {through} from "./stage.ts";

/** A sum of steps without what float64 adds to it: 0.1 + 0.2 is 0.3. */
export const onStep = (x: number) => Number(x.toPrecision(12));

/** A value the control can take, or one a little beyond: the gate puts it right. */
export function randomValue(
  name: string,
  control: Control,
  hidden: Readonly<Record<string, readonly string[]>>,
  random: () => number,
) {
  const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  if (control.kind === "choice") return one(Object.keys(control.options));
  if (control.kind === "hidden") return one(hidden[name]!);
  const {min, max} = control;
  if (control.kind === "range" && control.step < 1)
    return onStep(min + Math.floor(random() * ((max - min) / control.step + 1)) * control.step);
  // Sizes reach over magnitudes: half of the draws are even on a log scale.
  const isLog = control.kind === "size" && random() < 0.5;
  return Math.round(
    isLog ? Math.exp(Math.log(min || 1) + random() * Math.log(max / (min || 1))) : min + random() * (max - min),
  );
}

/** States of a widget as its gate lets them through, the same each time. */
export function randomParams(name: string, w: AnyWidget, count: number): AnyParams[] {
  const random = mulberry32(20210617);
  const controls = Object.entries(w.controls as Controls);
  return Array.from({length: count}, () =>
    through(
      w,
      Object.fromEntries(
        controls.map(([key, control]) => [key, randomValue(key, control, oracles[name]!.hidden, random)]),
      ),
    ),
  );
}
