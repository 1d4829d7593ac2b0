/** The symbol that an event happened on, by its name in `data-symbol`. */
const nameOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement | SVGElement>("[data-symbol]")?.dataset.symbol : undefined;

/** The row that explains a symbol of this equation, in the next table that has it, and the first line of that table. */
function meaningOf(equation: Element, name: string): {summary: Element; row: HTMLElement} | undefined {
  for (const table of equation.ownerDocument.querySelectorAll(".symbol-table")) {
    const isAfter = equation.compareDocumentPosition(table) & 4; // DOCUMENT_POSITION_FOLLOWING
    const row = isAfter ? table.querySelector<HTMLElement>(`[data-means][data-symbol="${name}"]`) : null;
    if (row) return {summary: table.querySelector("summary")!, row};
  }
  return undefined;
}

/** Shows the meaning of a symbol in the first line of its equation's table. Without a symbol, the line says what it said before. */
function showMeaning(root: Document, place: Element | null, name: string | undefined) {
  const equation = place?.closest(".equation");
  const match = equation && name ? meaningOf(equation, name) : undefined;
  for (const summary of root.querySelectorAll(".symbol-table > summary")) {
    const [title, meaning] = [".all", ".meaning"].map((part) => summary.querySelector<HTMLElement>(part));
    if (!title || !meaning) continue;
    const isAsked = summary === match?.summary;
    title.hidden = isAsked;
    meaning.hidden = !isAsked;
    if (isAsked) meaning.replaceChildren(...symbolNodes(match!.row), `: ${match!.row.dataset.means}`);
  }
}

/** The symbol as its table writes it. */
const symbolNodes = (row: HTMLElement): Node[] =>
  Array.from(row.querySelector("th")?.childNodes ?? [], (node) => node.cloneNode(true));

/**
 * A symbol under the pointer or in focus highlights all its occurrences, in prose, formulas and figures. A button of the
 * symbol key pins it; Escape, or the button again, unpins it.
 */
export function startSymbols(root: Document): void {
  let pinnedName: string | undefined;
  let highlightedName: string | undefined;

  const highlight = (name = pinnedName) => {
    if (name === highlightedName) return;
    highlightedName = name;
    for (const place of root.querySelectorAll<HTMLElement | SVGElement>("[data-symbol]"))
      place.toggleAttribute("data-lit", place.dataset.symbol === name);
  };
  const pin = (name?: string) => {
    pinnedName = name;
    for (const button of root.querySelectorAll<HTMLElement>(".symbols button"))
      button.setAttribute("aria-pressed", String(button.dataset.symbol === name));
    highlight();
  };

  root.addEventListener("pointerover", ({target}) => {
    highlight(nameOf(target));
    showMeaning(root, target instanceof Element ? target : null, nameOf(target));
  });
  root.addEventListener("focusin", ({target}) => highlight(nameOf(target)));
  root.addEventListener("focusout", () => highlight());
  root.documentElement.addEventListener("pointerleave", () => highlight());
  root.addEventListener("click", ({target}) => {
    const button = target instanceof Element ? target.closest<HTMLElement>(".symbols button") : null;
    if (button) pin(button.dataset.symbol === pinnedName ? undefined : button.dataset.symbol);
  });
  root.addEventListener("keydown", ({key}) => {
    if (key === "Escape") pin();
  });
}
