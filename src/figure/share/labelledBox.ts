import {make} from "../makeElement.ts";

/** Makes a checkbox or a radio button with its label. */
export function makeLabelledBox(
  parent: Element,
  type: "checkbox" | "radio",
  words: string,
  checked = false,
): HTMLInputElement {
  const label = make(parent, "label", "share-tick");
  const box = make(label, "input");
  box.type = type;
  box.checked = checked;
  make(label, "span", "", words);
  return box;
}
