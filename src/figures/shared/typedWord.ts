import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";

export interface TypedOptions {
  value: string;
  /** How many letters it has room for. */
  most: number;
  /** Gets what was typed, and gives what of it stays in the field. */
  onType(text: string): string;
}

/** A field for the reader's own letters. */
export function typed(picture: Element, {value, most, onType}: TypedOptions) {
  const name = layer(picture, "label", "typed");
  layer(name, "span", "name", "Type letters");
  const field = layer<HTMLInputElement>(name, "input", "text");
  const attributes = {
    type: "text",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    size: most,
    value,
  };
  for (const [key, one] of Object.entries(attributes)) field.setAttribute(key, String(one));
  if (field.value !== value && field.ownerDocument.activeElement !== field) field.value = value;
  const take = () => {
    const rest = onType(field.value);
    if (field.value !== rest) field.value = rest;
  };
  select(field)
    .on("input", (event: InputEvent) => {
      event.stopPropagation();
      // A letter that is being composed of several keys is not there yet.
      if (!event.isComposing) take();
    })
    .on("compositionend", take)
    .on("change", (event: Event) => event.stopPropagation());
}
