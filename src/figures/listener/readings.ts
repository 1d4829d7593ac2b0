import type {Tape} from "../../figure/widget.ts";
import {type Arrows, arrowRank} from "./arrows.ts";
import {frozenOutput, type Input, inputs} from "./cloud.ts";
import {arrowsOf, controls, type ListenerParams} from "./controls.ts";
import {dotProduct, plus, scaled, type Vector} from "./drawing/vector.ts";
import type {ListenerRun, TrainedPair} from "./model.ts";

/** One input on its way through the layer. */
export interface Passed extends Input {
  /** a·x of each pair. */
  heard: readonly number[];
  /** W₀x. */
  base: Vector;
  /** ΔWx = Σ b(a·x); zero while the update is off. */
  push: Vector;
  h: Vector;
  /** In the task: h is on the side of its group. */
  isRight: boolean;
}

export interface ListenerResult {
  arrows: Arrows;
  /** Of Σ b aᵀ, whether the update is on or off. */
  rank: 0 | 1 | 2;
  points: readonly Passed[];
  /** The run of the task: every step, from where the arrows begin. */
  run: readonly TrainedPair[];
  /** Points that are read right, and that were with W₀ alone; in the task. */
  right: number;
  untouched: number;
  /** The smallest and largest a·x. */
  heard: readonly [number, number];
  /** The reader has moved an arrow of this view. */
  isOwn: boolean;
}

const passed = (input: Input, arrows: Arrows, {view, update}: ListenerParams): Passed => {
  const heard = arrows.map(({a}) => dotProduct(a, input.x));
  const push =
    update === "off"
      ? ([0, 0] as const)
      : arrows.reduce<Vector>((sum, {b}, i) => plus(sum, scaled(heard[i]!, b)), [0, 0]);
  const frozen = frozenOutput(view, input.x);
  const h = plus(frozen, push);
  return {...input, heard, base: frozen, push, h, isRight: h[1] > 0 === (input.group === 1)};
};

/** The run of the task: from the reader's arrows. In the other views it is at hand for a change of view. */
export const runs = ({seed, task}: ListenerParams): readonly ListenerRun[] => [
  {seed, from: arrowsOf({view: "task", one: "", two: "", task})},
];

export function see([tape]: readonly Tape<readonly TrainedPair[]>[], params: ListenerParams): ListenerResult {
  const {view, seed, step} = params;
  const run = tape![0]!;
  const arrows = view === "task" ? [run[step]!.pair] : arrowsOf(params);
  const points = inputs(seed, view === "task").map((input) => passed(input, arrows, params));
  const heard = points.flatMap((point) => point.heard);
  return {
    arrows,
    rank: arrowRank(arrows),
    points,
    run,
    right: points.filter(({isRight}) => isRight).length,
    untouched: points.filter((point) => point.base[1] > 0 === (point.group === 1)).length,
    heard: [Math.min(...heard), Math.max(...heard)],
    isOwn: params[view] !== controls[view].value,
  };
}
