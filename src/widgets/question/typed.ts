import {select} from "d3";
import {LONGEST} from "../../engine/training/words.ts";
import {layer} from "../../figures/layer.ts";
import type {Act} from "../../shell/widget.ts";
import {lettersOf} from "./controls.ts";

/** The field for the reader's own letters. What the forge cannot read is left out and named. */
export function typed(picture: Element, word: string, act: Act) {
  const name = layer(picture, "label", "typed");
  layer(name, "span", "name", "Type letters");
  const field = layer<HTMLInputElement>(name, "input", "text");
  const attributes = {
    ...{type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false", size: String(LONGEST)},
    value: word,
  };
  for (const [key, value] of Object.entries(attributes)) field.setAttribute(key, value);
  if (field.value !== word && field.ownerDocument.activeElement !== field) field.value = word;
  const take = () => {
    const {word, note} = lettersOf(field.value);
    if (field.value !== word) field.value = word;
    act.set({word, letter: word.length});
    act.say(note ?? "");
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
