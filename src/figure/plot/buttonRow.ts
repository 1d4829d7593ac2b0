import {attributes, join, listen} from "./children.ts";
import {layer} from "./layer.ts";
import {put} from "./text/put.ts";

/** A button of a row. */
export interface RowButton {
  text: string;
  /** For a toggle: whether it is on. */
  isPressed?: boolean;
  onPress(): void;
}

/** Draws a row of buttons with this label. If pressing a button removes it, the first that is left gets the focus. */
export function buttonRow(parent: Element, buttons: readonly RowButton[], label: string) {
  const bar = layer(parent, "div", "presses");
  attributes(bar, {role: "group", "aria-label": label});
  join(bar, "button", buttons, {name: () => "press"}, (button, {text, isPressed, onPress}) => {
    attributes(button, {type: "button", "aria-pressed": isPressed === undefined ? null : String(isPressed)});
    put(button, text);
    listen(button, "click", (event) => {
      // The second click of a double click would press the button that the first one brought here.
      if ((event as MouseEvent).detail > 1) return;
      onPress();
      if (!button.isConnected) bar.querySelector("button")?.focus();
    });
  });
}
