import {select} from "d3";

/**
 * Pointing at or focusing anything with a `data-part` lights everything in the figure that shares a part with it: block,
 * formula and code light one another.
 */
export function lights(figure: Element) {
  const partsOf = (target: EventTarget | null): string[] =>
    (target as Element | null)?.closest?.("[data-part]")?.getAttribute("data-part")?.split(" ") ?? [];
  const light = (parts: readonly string[]) => {
    for (const one of figure.querySelectorAll("[data-part]"))
      one.toggleAttribute(
        "data-on",
        !!one
          .getAttribute("data-part")
          ?.split(" ")
          .some((part) => parts.includes(part)),
      );
  };
  select(figure)
    .on("pointerover focusin", ({target}: Event) => light(partsOf(target)))
    .on("pointerleave focusout", () => light([]));
}
