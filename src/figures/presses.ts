import {select} from "d3";
import {layer} from "./layer.ts";
import {worded} from "./text/worded.ts";

export interface Press {
  text: string;
  /** What it sets is set; not given where a press does something once. */
  isPressed?: boolean;
  onPress(): void;
}

/** A line of buttons in a picture, called `name`. One that is pressed and goes away hands the focus to the first that is left. */
export function presses(figure: Element, list: readonly Press[], name: string) {
  const bar = layer(figure, "div", "presses");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", name);
  select(bar)
    .selectChildren<HTMLButtonElement, Press>("button")
    .data(list)
    .join("button")
    .attr("type", "button")
    .attr("class", "press")
    .attr("aria-pressed", ({isPressed}) => (isPressed === undefined ? null : String(isPressed)))
    .each(worded(({text}) => text))
    .on("click", function (event: MouseEvent, {onPress}) {
      // The second click of a double one would press what the first has put here.
      if (event.detail > 1) return;
      onPress();
      if (!this.isConnected) bar.querySelector("button")?.focus();
    });
}
