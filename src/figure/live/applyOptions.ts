import {type Controls, isClock} from "../controls.ts";
import {type CommonOptions, readOptions} from "../state/commonOptions.ts";
import {locksOf} from "../state/locks.ts";
import type {RawParams} from "../state/rawParams.ts";
import type {AnyWidget, Parts} from "../widget.ts";

/** The `<lora-widget>` around a figure; on another site's page it is outside the shadow root in which the figure lives. */
const elementAround = (figure: HTMLElement) =>
  (figure.closest("lora-widget") ?? (figure.getRootNode() as Partial<ShadowRoot>).host) as HTMLElement | undefined;

/** `layout=slide` gives a figure the size of a slide. Its other sizes are up to our pages, so `auto` takes back only that one. */
function setSize(figure: HTMLElement, layout: CommonOptions["options"]["layout"]) {
  for (const one of [elementAround(figure), figure]) {
    if (layout === "slide") one?.setAttribute("data-size", "slide");
    else if (one?.getAttribute("data-size") === "slide") one.removeAttribute("data-size");
  }
}

/**
 * Reads options on top of those from before, and applies what needs no result: the figure's colors, and which parts are
 * hidden. Gives what the form and the state have to respect from now on.
 */
export function applyOptions(
  raw: RawParams,
  before: Partial<CommonOptions>,
  w: AnyWidget,
  {figure, data}: Parts,
): CommonOptions {
  const {params: options, notes} = readOptions(raw, before.options);
  const locks = locksOf(w.controls, options);
  const {theme, background, border, layout, answers, links, title, caption, table} = options;
  const mark = (name: string, value: string, isMarked: boolean) =>
    isMarked ? figure.setAttribute(name, value) : figure.removeAttribute(name);
  const show = (parts: string, value: string) => {
    for (const part of figure.querySelectorAll(parts)) part.toggleAttribute("hidden", value === "0");
  };
  setSize(figure, layout);
  mark("data-theme", theme, theme !== "auto");
  mark("data-background", background, background === "transparent");
  mark("data-border", border, border === "0");
  mark("data-answers", answers, answers === "0");
  // The title stays the figure's accessible name when it is hidden. An empty title attribute keeps the browser from
  // showing the parameter as a tooltip.
  mark("title", "", title === "0");
  show(".head > .title", title);
  show(".guide", caption);
  show(".verdict", answers);
  show("[data-do=link], [data-do=embed]", links);
  show("details.data", table);
  if (table !== "auto") data.open = table === "1";
  // A run whose clock is locked has nothing to play.
  const isClockLocked = Object.entries(w.controls as Controls).some(
    ([name, control]) => isClock(control) && locks.locked.includes(name),
  );
  for (const button of figure.querySelectorAll<HTMLButtonElement>(".time > button")) button.disabled = isClockLocked;
  return {...locks, options, notes: [...notes, ...locks.notes]};
}
