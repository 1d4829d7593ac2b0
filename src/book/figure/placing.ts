import {type AnyParams, type Controls, inSight} from "../../figure/controls.ts";

/** Whether the page at `path` is a chapter: "/lora/chapters/low-rank/". */
export const isChapter = (path: string): boolean => /\/chapters\/[\w-]+\/?$/.test(path);

/**
 * What is wrong with `main`, the names of the one or two controls that a figure shows first: "stage steps". `params` is the state in
 * which it begins. Undefined if nothing is wrong.
 */
export function mainProblem(main: string | undefined, controls: Controls, params: AnyParams): string | undefined {
  if (main === undefined) return undefined;
  const names = main.split(" ");
  const unknown = names.find((name) => !Object.hasOwn(controls, name));
  if (unknown !== undefined) return `${unknown} is none of its controls (${Object.keys(controls).join(", ")})`;
  if (names.some((name, i) => names.indexOf(name) < i)) return "a control is named twice";
  const hidden = names.find((name) => controls[name]!.kind === "hidden");
  if (hidden !== undefined) return `${hidden} has no field to show`;
  // In other states of the figure the rest of them may be seen.
  const seen = names.filter((name) => inSight(controls[name]!, params)).length;
  if (seen < 1 || seen > 2) return `${seen} controls are seen at first, and one or two were due`;
  return undefined;
}
