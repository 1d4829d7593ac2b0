import type {Controls} from "../../figure/controls.ts";

/** Whether the page at `path` is a chapter: "/lora/chapters/low-rank/". */
export const isChapter = (path: string): boolean => /\/chapters\/[\w-]+\/?$/.test(path);

/** What is wrong with the names of the controls that a chapter wants to see first: "stage steps". Undefined if nothing is. */
export function mainProblem(main: string | undefined, controls: Controls): string | undefined {
  if (main === undefined) return undefined;
  const names = main.split(" ");
  const stranger = names.find((name) => !Object.hasOwn(controls, name));
  if (stranger !== undefined) return `${stranger} is none of its controls (${Object.keys(controls).join(", ")})`;
  if (names.some((name, i) => names.indexOf(name) < i)) return "a control is named twice";
  const hidden = names.find((name) => controls[name]!.kind === "hidden");
  if (hidden !== undefined) return `${hidden} has no field to show`;
  if (names.length < 1 || names.length > 2) return `${names.length} controls are named, and one or two were due`;
  return undefined;
}
