import {select} from "d3";
import {layer} from "./layer.ts";
import {withText} from "./text/put.ts";

/** A button of a row. */
export interface RowButton {
  text: string;
  /** For a toggle: whether it is on. */
  isPressed?: boolean;
  onPress(): void;
}

/** A row of buttons labeled `name`. If pressing a button removes it, the first that is left gets the focus. */
export function buttonRow(figure: Element, list: readonly RowButton[], name: string) {
  const bar = layer(figure, "div", "presses");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", name);
  select(bar)
    .selectChildren<HTMLButtonElement, RowButton>("button")
    .data(list)
    .join("button")
    .attr("type", "button")
    .attr("class", "press")
    .attr("aria-pressed", ({isPressed}) => (isPressed === undefined ? null : String(isPressed)))
    .each(withText(({text}) => text))
    .on("click", function (event: MouseEvent, {onPress}) {
      // The second click of a double click would press the button that the first one brought here.
      if (event.detail > 1) return;
      onPress();
      if (!this.isConnected) bar.querySelector("button")?.focus();
    });
}
