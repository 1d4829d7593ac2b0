/** The field for letters or digits that the model goes on with. */

import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {put} from "../../../figure/plot/text/put.ts";
import type {Act} from "../../../figure/widget.ts";
import {INPUT_HINTS, isOfWords, type LabParams} from "../controls.ts";
import {inputFor} from "../protocol.ts";

/** Lets the reader type what the model shall go on with. Under a text that cannot be asked stands which texts can. */
export function inputField(area: Element, {task, input: typed}: LabParams, act: Act) {
  const isWords = isOfWords(task);
  // What was typed for the other machine means nothing to this one.
  const input = isWords !== /\d$/.test(typed) ? typed : inputFor({task, input: ""}).slice(1);
  const label = layer(area, "label", "typed");
  layer(label, "span", "name", isWords ? "Begins with" : "Ask it");
  const field = layer<HTMLInputElement>(label, "input", "text");
  attributes(field, {
    type: "text",
    maxlength: "10",
    autocomplete: "off",
    autocapitalize: isWords ? "off" : "characters",
    spellcheck: "false",
    value: input,
    placeholder: isWords ? "one or more letters" : "six digits",
  });
  if (field.value !== input && field.ownerDocument.activeElement !== field) field.value = input;
  const hint = layer(area, "p", "hint");
  hint.setAttribute("aria-live", "polite");
  /** What was typed, if it can be asked. */
  const read = (): string | undefined => {
    const value = (field.value ?? "").trim();
    const text = isWords ? value.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "") : value.toUpperCase();
    const canBeAsked = (isWords ? /^[a-z]*$/ : /^([CRIDLX]?\d{6})?$/).test(text);
    put(hint, isWords ? (canBeAsked ? "" : INPUT_HINTS.words) : INPUT_HINTS.digits);
    return canBeAsked ? text : undefined;
  };
  read();
  field.oninput = () => {
    const text = read();
    if (text !== undefined) act.set({input: text});
  };
}
