/** Applies common options (`theme`, `lock`, `hide` …) to a figure in the page. */
import {type Controls, isClock} from "../controls.ts";
import type {FigureSize} from "../plot/room.ts";
import {type CommonOptions, readOptions} from "../state/commonOptions.ts";
import {hiddenParts, locksOf} from "../state/locks.ts";
import type {RawParams} from "../state/rawParams.ts";
import type {AnyWidget, Parts} from "../widget.ts";

/** The `<lora-widget>` around a figure; on another site's page it is outside the shadow root in which the figure lives. */
const elementAround = (figure: HTMLElement) =>
  (figure.closest("lora-widget") ?? (figure.getRootNode() as Partial<ShadowRoot>).host) as HTMLElement | undefined;

/** The size that options ask for: a slide, or a card where what only Explore shows is left out. */
const sizeFor = ({layout, hide}: Pick<CommonOptions["options"], "layout" | "hide">): FigureSize | undefined =>
  layout === "slide" ? "slide" : hiddenParts(hide).parts.includes("explore") ? "card" : undefined;

/** Gives a figure the size that its options ask for. All other sizes are set by our pages, so only a size that options set is removed. */
function setSize(figure: HTMLElement, before: FigureSize | undefined, now: FigureSize | undefined) {
  for (const element of [elementAround(figure), figure]) {
    if (now) element?.setAttribute("data-size", now);
    else if (before && element?.getAttribute("data-size") === before) element.removeAttribute("data-size");
  }
}

/**
 * Reads options on top of those from before, and applies what needs no result: the figure's size and colors, and which parts are
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
  const hidden = hiddenParts(options.hide);
  const {theme, background, border, answers, links, title, caption, table} = options;
  const mark = (name: string, value: string, isMarked: boolean) =>
    isMarked ? figure.setAttribute(name, value) : figure.removeAttribute(name);
  const show = (selector: string, value: string) => {
    for (const part of figure.querySelectorAll(selector)) part.toggleAttribute("hidden", value === "0");
  };
  setSize(figure, before.options && sizeFor(before.options), sizeFor(options));
  mark("data-theme", theme, theme !== "auto");
  mark("data-background", background, background === "transparent");
  mark("data-border", border, border === "0");
  mark("data-answers", answers, answers === "0");
  mark("data-hides", hidden.parts.join(" "), hidden.parts.length > 0);
  // When the title is hidden, it stays the figure's accessible name. An empty `title` attribute keeps browsers from showing the
  // element's own, which is this option, as a tooltip.
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
  return {...locks, options, notes: [...notes, ...hidden.notes, ...locks.notes]};
}
