import {select} from "d3";

/**
 * Pointing at or focusing an element with `data-part` highlights every element of the figure that shares a part with it, so
 * that block, formula and code highlight one another. The highlight survives a redraw.
 */
export function crossHighlight(figure: Element) {
  const highlight = () => {
    const parts = figure.getAttribute("data-pointed")?.split(" ") ?? [];
    for (const one of figure.querySelectorAll("[data-part]"))
      one.toggleAttribute(
        "data-on",
        parts.some((part) => one.matches(`[data-part~="${part}"]`)),
      );
  };
  const point = (at?: Element | null) => {
    const part = at?.getAttribute("data-part");
    if (part) figure.setAttribute("data-pointed", part);
    else figure.removeAttribute("data-pointed");
    highlight();
  };
  select(figure)
    .on("pointerover focusin", ({target}: Event) => point((target as Element).closest("[data-part]")))
    .on("pointerleave focusout", () => point());
  highlight();
}
