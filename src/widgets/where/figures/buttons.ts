import {select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {rounded} from "../../../figures/rounded.ts";
import type {Plan} from "./plan.ts";

const names: Readonly<Record<string, string>> = {q: "query", k: "key", v: "value", o: "output"};

export interface ButtonsOptions {
  /** The letters of the matrices that are adapted. */
  on: string;
  onPress(letter: string): void;
}

/** A button over each matrix, so that it can be pressed by pointer and keyboard. */
export function buttons(box: Element, plan: Plan, {on, onPress}: ButtonsOptions) {
  const over = layer(box, "div", "pressed-here");
  over.setAttribute("role", "group");
  over.setAttribute("aria-label", "Matrices that get a B and an A");
  const part = (value: number, of: number) => `${rounded((100 * value) / of, 2)}%`;
  select(over)
    .selectChildren<HTMLButtonElement, Plan["places"][number]>("button")
    .data(plan.places)
    .join("button")
    .attr("type", "button")
    .attr("aria-pressed", ({letter}) => String(on.includes(letter)))
    .attr("aria-label", ({letter}) => `W${letter}, ${names[letter]}`)
    .attr("style", ({x, y, size}) =>
      [
        ["left", part(x, plan.width)],
        ["top", part(y, plan.height)],
        ["width", part(size, plan.width)],
        ["height", part(size, plan.height)],
      ]
        .map(([side, value]) => `${side}:${value}`)
        .join(";"),
    )
    .on("click", (_, {letter}) => onPress(letter));
}
