import type {Control, Controls} from "../widgets/controls.ts";
import {plain} from "../widgets/signs.ts";

/** What a widget can be told, as a row of a table. */
export interface ParameterRow {
  name: string;
  meaning: string;
  type: string;
  values: string;
  /** What holds when nothing is said. */
  otherwise: string;
}

const written = (value: number): string => value.toLocaleString("en-US", {maximumFractionDigits: 12});

function typeOf(control: Control): string {
  if (control.kind === "choice") return "one of";
  if (control.kind === "hidden") return "text";
  return control.kind === "size" || Number.isInteger(control.step) ? "whole number" : "number";
}

function valuesOf(control: Control): string {
  if (control.kind === "choice") return Object.keys(control.options).join(", ");
  if (control.kind === "hidden") return `written by the figure, at most ${written(control.limit)} characters`;
  const step = control.kind === "range" && control.step !== 1 ? ` in steps of ${control.step}` : "";
  const power = control.kind === "range" && control.log ? ", the power of ten" : "";
  return `${written(control.min)} to ${written(control.max)}${step}${power}`;
}

/** A widget's own controls. */
export const rowsOf = (controls: Controls): ParameterRow[] =>
  Object.entries(controls).map(([name, control]) => ({
    name,
    meaning: plain(control.label),
    type: typeOf(control),
    values: valuesOf(control),
    otherwise: control.value === "" ? "none" : String(control.value),
  }));

/** What every widget can be told. */
export const commonRows: readonly ParameterRow[] = [
  {
    name: "theme",
    meaning: "How it looks; auto follows the reader’s device",
    type: "one of",
    values: "auto, light, dark, contrast, projector",
    otherwise: "auto",
  },
  {
    name: "controls",
    meaning: "Which controls are shown; basic leaves out those under More",
    type: "one of, or names",
    values: "all, basic, none, or names with commas between them",
    otherwise: "all",
  },
  {
    name: "lock",
    meaning: "Controls that are shown and held fast",
    type: "names",
    values: "names with commas between them",
    otherwise: "none",
  },
  {
    name: "motion",
    meaning: "Whether it moves; auto follows the reader’s device, and reduce always wins",
    type: "one of",
    values: "auto, reduce, full",
    otherwise: "auto",
  },
  {
    name: "predict",
    meaning: "Whether it asks for a guess before it answers; auto is the figure’s own way",
    type: "one of",
    values: "auto, 1, 0",
    otherwise: "auto",
  },
  {
    name: "answers",
    meaning: "Whether it shows explanations and solutions",
    type: "0 or 1",
    values: "1, 0",
    otherwise: "1",
  },
  {name: "links", meaning: "Whether links lead out of it", type: "0 or 1", values: "1, 0", otherwise: "1"},
  {name: "title", meaning: "Whether its question is shown", type: "0 or 1", values: "1, 0", otherwise: "1"},
  {name: "caption", meaning: "Whether the words below are shown", type: "0 or 1", values: "1, 0", otherwise: "1"},
  {
    name: "table",
    meaning: "Whether its data are open; auto leaves that to the reader",
    type: "one of",
    values: "auto, 1, 0",
    otherwise: "auto",
  },
  {
    name: "s",
    meaning: "The whole state in one, where it is large; a name of its own wins",
    type: "text",
    values: 'base64url of JSON {"v":1,"state":{…}}, at most 2 kB',
    otherwise: "none",
  },
];

/** What a frame can be told besides. */
export const frameRows: readonly ParameterRow[] = [
  {
    name: "id",
    meaning: "Comes back in every message of the frame",
    type: "text",
    values: "at most 64 of A–Z, a–z, 0–9, _ and -",
    otherwise: "none",
  },
  {
    name: "origin",
    meaning: "The only origin it speaks with",
    type: "origin",
    values: "such as https://course.example",
    otherwise: "any",
  },
  {
    name: "xapi",
    meaning: "Whether it also says what happens as xAPI statements",
    type: "0 or 1",
    values: "0, 1",
    otherwise: "0",
  },
];
