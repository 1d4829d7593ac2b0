import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import type {BlockPlan} from "./plan.ts";

const names: Readonly<Record<string, string>> = {q: "query", k: "key", v: "value", o: "output"};

export interface ButtonsOptions {
  /** The letters of the matrices that are adapted. */
  on: string;
  onPress(letter: string): void;
}

/** A button over each matrix, so that it can be pressed by pointer and keyboard. */
export function matrixButtons(box: Element, plan: BlockPlan, {on, onPress}: ButtonsOptions) {
  const over = layer(box, "div", "pressed-here");
  over.setAttribute("role", "group");
  over.setAttribute("aria-label", "Matrices that get a B and an A");
  const part = (value: number, of: number) => `${rounded((100 * value) / of, 2)}%`;
  select(over)
    .selectChildren<HTMLButtonElement, BlockPlan["places"][number]>("button")
    .data(plan.places)
    .join("button")
    .attr("type", "button")
    .attr("aria-pressed", ({letter}) => String(on.includes(letter)))
    .attr("aria-label", ({letter}) => `W${letter}, ${names[letter]}`)
    // Property by property: a strict policy of a host forbids the attribute.
    .style("left", ({x}) => part(x, plan.width))
    .style("top", ({y}) => part(y, plan.height))
    .style("width", ({size}) => part(size, plan.width))
    .style("height", ({size}) => part(size, plan.height))
    .on("click", (_, {letter}) => onPress(letter));
}
