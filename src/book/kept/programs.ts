import type {KeptEntry} from "./entries.ts";
import {idLabel} from "./entryList.ts";
import {showInvisible} from "./visible.ts";

/** The drafts that may be programs: all but those for a question which asks for sentences. `idTemplate` is as in entryList.ts. */
export const programsIn = (idTemplate: ParentNode, entries: readonly KeptEntry[]): KeptEntry[] =>
  entries.filter(
    ({kind, id}) => kind === "draft" && !idTemplate.querySelector(`[data-id="${id}"]:not([data-program])`),
  );

/** What ends a line in JavaScript. */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/;

/** A program with its lines numbered, so that empty ones can be seen too. */
export function withLineNumbers(program: string): string {
  const lines = program.split(LINE_END);
  const width = String(lines.length).length;
  return lines.map((line, i) => `${String(i + 1).padStart(width)}  ${showInvisible(line)}`).join("\n");
}

/** "75 lines, 61 of them empty". */
export function lineCount(program: string): string {
  const lines = program.split(LINE_END);
  const empty = lines.filter((line) => line.trim() === "").length;
  const all = `${lines.length.toLocaleString("en-US")} ${lines.length === 1 ? "line" : "lines"}`;
  return empty ? `${all}, ${empty.toLocaleString("en-US")} of them empty` : all;
}

/** A program whole, to read before it is taken from a file: where it belongs, how long it is, and every line. */
export function programView(root: Document, idTemplate: ParentNode, {id, value}: KeptEntry): Element {
  const view = Object.assign(root.createElement("div"), {className: "own-program"});
  const length = Object.assign(root.createElement("p"), {textContent: `${lineCount(String(value))}:`});
  const text = Object.assign(root.createElement("pre"), {textContent: withLineNumbers(String(value)), tabIndex: 0});
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", `Program for ${id}`);
  view.append(idLabel(root, idTemplate, id), length, text);
  return view;
}
