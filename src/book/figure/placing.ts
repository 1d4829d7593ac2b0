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
  // In other states of the figure the rest of them may be visible.
  const visibleCount = names.filter((name) => inSight(controls[name]!, params)).length;
  if (visibleCount < 1 || visibleCount > 2)
    return `${visibleCount} controls are visible at first; it must be one or two`;
  return undefined;
}
