/** What takes the settings away without the words. */
const WORDLESS_TOOLS = ["link", "embed"];

/** Hides the buttons for a link and a frame, which would have no words. A toolbar keeps its one stop. */
export function hideLinks(figure: Element, isOwn: boolean) {
  for (const name of WORDLESS_TOOLS) {
    const button = figure.querySelector<HTMLElement>(`.tools > [data-do=${name}]`);
    if (!button || button.hasAttribute("hidden") === isOwn) continue;
    button.toggleAttribute("hidden", isOwn);
    if (isOwn && button.getAttribute("tabindex") === "0")
      figure.querySelector(".tools > [data-do]")!.setAttribute("tabindex", "0");
  }
}
