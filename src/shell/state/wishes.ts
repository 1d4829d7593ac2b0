import type {Parts} from "../figure/skeleton.ts";
import {type Options, readOptions} from "../options.ts";
import type {AnyWidget} from "../widget.ts";
import {type Granted, granted} from "./granted.ts";

/** What was asked for of a widget that may be asked of every one. */
export interface Wishes extends Granted {
  options: Options;
}

/** Reads what is asked for on top of what was, and puts onto the figure what needs no result: its colors, and what is not to be seen. */
export function wishes(
  raw: Readonly<Record<string, unknown>>,
  {options: before}: Partial<Wishes>,
  w: AnyWidget,
  {figure, data}: Parts,
): Wishes {
  const {params: options, notes} = readOptions(raw, before);
  const grants = granted(w.controls, options);
  const {theme, answers, links, title, caption, table} = options;
  const mark = (name: string, value: string, isMarked: boolean) =>
    isMarked ? figure.setAttribute(name, value) : figure.removeAttribute(name);
  const show = (parts: string, value: string) => {
    for (const part of figure.querySelectorAll(parts)) part.toggleAttribute("hidden", value === "0");
  };
  mark("data-theme", theme, theme !== "auto");
  mark("data-answers", answers, answers === "0");
  // The figure is named by its question, seen or not. An empty title keeps the browser from showing the parameter as a tip.
  mark("title", "", title === "0");
  show(".head > .title", title);
  show(".guide", caption);
  show(".verdict", answers);
  show("[data-do=link], [data-do=embed]", links);
  show("details.data", table);
  if (table !== "auto") data.open = table === "1";
  // A run whose clock is held has nothing to play.
  const isHeld = grants.locked.includes(w.recording?.clock ?? "");
  for (const button of figure.querySelectorAll<HTMLButtonElement>(".time > button")) button.disabled = isHeld;
  return {...grants, options, notes: [...notes, ...grants.notes]};
}
