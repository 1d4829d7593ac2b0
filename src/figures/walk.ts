import {select} from "d3";
import {layer} from "./layer.ts";

/** One thing to do next; without a `go` there is nothing to do. */
export interface Stride {
  text: string;
  name: string;
  go?: () => void;
}

/** Buttons that lead through the picture by hand. One that has come to its end stays in place and says so. */
export function walk(figure: Element, strides: readonly Stride[]) {
  const box = layer(figure, "div", "walk");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "By hand");
  select(box)
    .selectChildren<HTMLButtonElement, Stride>("button")
    .data(strides)
    .join("button")
    .attr("type", "button")
    .attr("class", ({name}) => `stride ${name}`)
    .attr("aria-disabled", ({go}) => (go ? null : "true"))
    .text(({text}) => text)
    .on("click", (_, {go}) => go?.());
}
