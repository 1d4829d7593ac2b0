import {select} from "d3";
import {dragsOver} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

export interface KnobOptions {
  /** What a screen reader says it is, and where it is. */
  called: string;
  said: string;
  /** Its value among `last` + 1, for the slider's role. */
  value: number;
  last: number;
  /** Where it is, in the units of the plot. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** The pointer is dragged here; an arrow key moves by so many steps across and up. */
  onDrag(x: number, y: number): void;
  onStep(across: number, up: number): void;
  /** Puts it back where it was when a drag is called off. */
  onCancel(): void;
}

const keys: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A round knob over a plot that can be dragged from anywhere in it, and moved with the arrow keys. */
export function knob(g: Element, options: KnobOptions) {
  const {called, said, value, last, x, y, width, height, onDrag, onStep, onCancel} = options;
  dragsOver(g, width, height, {onDrag, onCancel});
  select(layer(g, "circle", "knob"))
    .attr("cx", rounded(x))
    .attr("cy", rounded(y))
    .attr("r", 8)
    .attr("tabindex", 0)
    .attr("role", "slider")
    .attr("aria-label", called)
    .attr("aria-valuemin", 0)
    .attr("aria-valuemax", last)
    .attr("aria-valuenow", value)
    .attr("aria-valuetext", said)
    .on("keydown", (event: KeyboardEvent) => {
      const by = keys[event.key];
      if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      onStep(...by);
    });
}
