import {select} from "d3";

/**
 * Pointing at or focusing anything with a `data-part` lights everything in the figure that shares a part with it: block,
 * formula and code light one another. What is pointed at stays lit when the figure is drawn anew.
 */
export function lights(figure: Element) {
  const light = () => {
    const parts = figure.getAttribute("data-pointed")?.split(" ") ?? [];
    for (const one of figure.querySelectorAll("[data-part]"))
      one.toggleAttribute(
        "data-on",
        parts.some((part) => one.matches(`[data-part~="${part}"]`)),
      );
  };
  const point = (at?: Element | null) => {
    figure.setAttribute("data-pointed", at?.getAttribute("data-part") ?? "");
    light();
  };
  select(figure)
    .on("pointerover focusin", ({target}: Event) => point((target as Element).closest("[data-part]")))
    .on("pointerleave focusout", () => point());
  light();
}
