import {layer} from "./layer.ts";

/** The button of this class and text in `parent`, created if missing. */
export function button(parent: Element, name: string, text: string): HTMLButtonElement {
  const element = layer<HTMLButtonElement>(parent, "button", name, text);
  element.setAttribute("type", "button");
  return element;
}
