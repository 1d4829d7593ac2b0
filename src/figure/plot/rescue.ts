/** What a figure says of a failed run, with a button that helps. */
import {button} from "./button.ts";
import {layer} from "./layer.ts";

interface Rescue {
  isShown: boolean;
  /** What is wrong with the run. */
  why: string;
  /** The button that puts it right. */
  text: string;
  onPress(): void;
}

/** Draws why a run failed, and a button that sets parameters at which it works. */
export function drawRescue(picture: Element, {isShown, why, text, onPress}: Rescue) {
  const box = layer<HTMLElement>(picture, "div", "rescue");
  box.toggleAttribute("hidden", !isShown);
  layer(box, "p", "why", why);
  button(box, "back", text).onclick = onPress;
}
