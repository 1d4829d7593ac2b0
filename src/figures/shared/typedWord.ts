/** A word that the reader types: its field, and what the forge can read of it. */
import {attributes, listen} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {MAX_WORD_LENGTH} from "./taskNames.ts";

/** What readers type → letters the forge can read, at most MAX_WORD_LENGTH; and a sentence on what was left out, if anything was. */
export function typedWord(text: string): {word: string; note?: string} {
  const lower = text.toLowerCase();
  const leftOut = [...new Set(lower.match(/[^a-z]/gu))].slice(0, 4).map((one) => (one.trim() ? one : "spaces"));
  const letters = lower.replace(/[^a-z]/gu, "");
  const word = letters.slice(0, MAX_WORD_LENGTH);
  const notes = [
    ...(leftOut.length ? [`The forge knows the letters a to z, so it leaves out ${leftOut.join(", ")}.`] : []),
    ...(letters.length > MAX_WORD_LENGTH
      ? [`It reads ${MAX_WORD_LENGTH} letters at most, so it leaves out the rest.`]
      : []),
  ];
  return {word, ...(notes.length && {note: notes.join(" ")})};
}

interface LetterFieldOptions {
  /** What the field is called. */
  label: string;
  value: string;
  /** Gets the letters that the forge can read of what was typed, and a sentence on what was left out. */
  onType(word: string, note?: string): void;
}

/** Draws a field for the reader's own letters. */
export function letterField(picture: Element, {label, value, onType}: LetterFieldOptions) {
  const box = layer(picture, "label", "typed");
  layer(box, "span", "name", label);
  const field = layer<HTMLInputElement>(box, "input", "text");
  attributes(field, {
    type: "text",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    size: MAX_WORD_LENGTH,
    value,
  });
  if (field.value !== value && field.ownerDocument.activeElement !== field) field.value = value;
  const readField = () => {
    const {word, note} = typedWord(field.value);
    onType(word, note);
    if (field.value !== word) field.value = word;
  };
  listen(field, "input", (event) => {
    event.stopPropagation();
    // While a letter is composed of several keys, it is not there yet.
    if (!(event as InputEvent).isComposing) readField();
  });
  listen(field, "compositionend", readField);
  listen(field, "change", (event) => event.stopPropagation());
}
