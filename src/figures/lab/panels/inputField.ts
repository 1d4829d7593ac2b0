/** The field for letters or digits that the model goes on with. */

import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {counted} from "../../../figure/plot/text/format.ts";
import {put} from "../../../figure/plot/text/put.ts";
import type {Act} from "../../../figure/widget.ts";
import {INPUT_HINTS, type LabParams} from "../controls.ts";
import {inputFor} from "../orders.ts";
import {isOfWords} from "../settings.ts";

/** Why a text is not asked, "" where it is. */
function whyNot(text: string, isWords: boolean): string {
  if ((isWords ? /^[a-z]*$/ : /^([CRIDLX]?\d{6})?$/).test(text)) return "";
  const digits = isWords ? undefined : /^[CRIDLX]?(\d{0,5})$/.exec(text)?.[1];
  return digits === undefined
    ? INPUT_HINTS[isWords ? "words" : "digits"]
    : `${counted(6 - digits.length, "digit")} more.`;
}

/** Lets the reader type what the model shall go on with. What cannot be asked stands there with the reason, and what is asked still. */
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
  /** What was typed, and whether it can be asked. */
  const read = () => {
    const value = (field.value ?? "").trim();
    const text = isWords ? value.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "") : value.toUpperCase();
    const why = whyNot(text, isWords);
    put(hint, why ? `${why} Until then it stays ${input || "empty"}.` : isWords ? "" : INPUT_HINTS.digits);
    return {text, why};
  };
  read();
  field.oninput = () => {
    const {text, why} = read();
    if (!why) act.set({input: text});
  };
}
