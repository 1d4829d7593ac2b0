import {layer} from "../../../figures/layer.ts";
import type {Act} from "../../../shell/widget.ts";
import {type LabParams, MISTYPED} from "../controls.ts";
import {inputFor} from "../orders.ts";
import {isOfWords} from "../tasks.ts";

/** Lets the reader type what the model shall go on with. */
export function inputField(area: Element, {task, input: typed}: LabParams, act: Act) {
  const isWords = isOfWords(task);
  // What was typed for the other machine means nothing to this one.
  const input = isWords !== /\d$/.test(typed) ? typed : inputFor({task, input: ""}).slice(1);
  const label = layer(area, "label", "typed");
  layer(label, "span", "name", isWords ? "Begins with" : "Ask it");
  const field = layer<HTMLInputElement>(label, "input", "text");
  for (const [name, value] of Object.entries({
    type: "text",
    maxlength: "10",
    autocomplete: "off",
    autocapitalize: isWords ? "off" : "characters",
    spellcheck: "false",
  }))
    field.setAttribute(name, value);
  field.setAttribute("value", input);
  field.setAttribute("placeholder", isWords ? "one or more letters" : "six digits");
  if (field.value !== input && field.ownerDocument.activeElement !== field) field.value = input;
  field.oninput = () => {
    const came = field.value.trim();
    const text = isWords ? came.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "") : came.toUpperCase();
    if ((isWords ? /^[a-z]*$/ : /^([CRIDLX]?\d{6})?$/).test(text)) act.set({input: text});
    // Fewer than six digits are not wrong, only not finished.
    else if (isWords || text.length >= 6) act.say(MISTYPED[isWords ? "words" : "digits"]);
  };
}
