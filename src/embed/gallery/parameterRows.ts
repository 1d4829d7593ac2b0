import type {Control, Controls} from "../../figure/controls.ts";
import {commonOptions, type OptionName} from "../../figure/state/commonOptions.ts";
import {MAX_PACKED_LENGTH} from "../../figure/state/packed.ts";
import {plainText} from "../../figure/symbols.ts";

/** A parameter of a widget, as a row of a table. */
export interface ParameterRow {
  name: string;
  meaning: string;
  type: string;
  values: string;
  /** The default value as text. */
  defaultText: string;
}

/** A number with all its digits. */
const numberText = (value: number): string => value.toLocaleString("en-US", {maximumFractionDigits: 12});

/** The type of a control's values. */
function typeOf(control: Control): string {
  if (control.kind === "choice") return "one of";
  if (control.kind === "hidden") return "text";
  return control.kind === "size" || Number.isInteger(control.step) ? "whole number" : "number";
}

/** The values that a control takes. */
function valuesOf(control: Control): string {
  if (control.kind === "choice") return Object.keys(control.options).join(", ");
  if (control.kind === "hidden") return `written by the figure, at most ${numberText(control.limit)} characters`;
  const step = control.kind === "range" && control.step !== 1 ? ` in steps of ${control.step}` : "";
  const power = control.kind === "range" && control.log ? ", the power of ten" : "";
  return `${numberText(control.min)} to ${numberText(control.max)}${step}${power}`;
}

/** The rows of a widget's own controls. */
export const parameterRows = (controls: Controls): ParameterRow[] =>
  Object.entries(controls).map(([name, control]) => ({
    name,
    meaning: plainText(control.label),
    type: typeOf(control),
    values: valuesOf(control),
    defaultText: control.value === "" ? "none" : String(control.value),
  }));

/** What each common option is for. */
const meanings: Readonly<Record<OptionName, string>> = {
  theme: "How it looks; auto follows the reader’s device",
  background: "What is behind it: a card of its own, or the page that it stands on",
  border: "Whether it has a line around it",
  layout: "How much it shows; slide keeps picture, one control and one sentence, with large letters",
  controls: "Which controls are shown; basic leaves out those under More",
  lock: "Controls that are shown but locked",
  hide: "Parts to leave out: the sentence, all controls, and what only Explore shows",
  motion: "Whether it moves; auto follows the reader’s device, and reduce always wins",
  predict: "Whether it asks for a guess before it answers; auto leaves that to the figure",
  answers: "Whether it says which answers are right",
  links: "Whether links lead out of it",
  title: "Whether its question is shown",
  caption: "Whether the words below are shown",
  table: "Whether its data are open; auto leaves that to the reader",
};
/** How several names are written. */
const NAMES = "names with commas between them";
/** The values of options for which `NAMES` does not say enough. */
const wordsAndNames: Readonly<Record<string, string>> = {
  controls: `all, basic, none, or ${NAMES}`,
  hide: "says, controls, explore, with commas between them",
};

/** The parameters that every widget has. */
export const commonRows: readonly ParameterRow[] = [
  ...Object.entries(commonOptions).map(([name, control]) => ({
    name,
    meaning: meanings[name as OptionName],
    type: control.kind === "choice" ? "one of" : name === "controls" ? "a word or names" : "names",
    values: control.kind === "choice" ? valuesOf(control) : (wordsAndNames[name] ?? NAMES),
    defaultText: control.value || "none",
  })),
  {
    name: "s",
    meaning: "A long state in one word; a parameter given by its name takes precedence",
    type: "text",
    values: `base64url of JSON {"v":1,"state":{…}}, at most ${numberText(MAX_PACKED_LENGTH)} characters`,
    defaultText: "none",
  },
];

/** The parameters that only a frame has. */
export const frameRows: readonly ParameterRow[] = [
  {
    name: "id",
    meaning: "Sent back in every message of the frame",
    type: "text",
    values: "at most 64 of A–Z, a–z, 0–9, _ and -",
    defaultText: "none",
  },
  {
    name: "origin",
    meaning: "The only origin it speaks with",
    type: "origin",
    values: "such as https://course.example",
    defaultText: "any",
  },
];
