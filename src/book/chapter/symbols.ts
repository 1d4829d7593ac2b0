const nameOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement | SVGElement>("[data-symbol]")?.dataset.symbol : undefined;

/** What a symbol of this equation is, from the next table that has it: its formula and a few words. */
function meaningOf(equation: Element, name: string): {summary: Element; row: HTMLElement} | undefined {
  for (const table of equation.ownerDocument.querySelectorAll(".symbol-table")) {
    const isBehind = equation.compareDocumentPosition(table) & 4; // DOCUMENT_POSITION_FOLLOWING
    const row = isBehind ? table.querySelector<HTMLElement>(`[data-means][data-symbol="${name}"]`) : null;
    if (row) return {summary: table.querySelector("summary")!, row};
  }
  return;
}

/** Puts what a symbol is into the first line of its equation's table while it is pointed at; without a symbol, takes it out. */
function answer(root: Document, place: Element | null, name: string | undefined) {
  const equation = place?.closest(".equation");
  const found = equation && name ? meaningOf(equation, name) : undefined;
  for (const summary of root.querySelectorAll(".symbol-table > summary")) {
    const [all, said] = [".all", ".answer"].map((part) => summary.querySelector<HTMLElement>(part));
    if (!all || !said) continue;
    const isAsked = summary === found?.summary;
    all.hidden = isAsked;
    said.hidden = !isAsked;
    if (isAsked) said.replaceChildren(...symbolNodes(found!.row), `: ${found!.row.dataset.means}`);
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
  let pinned: string | undefined;
  let lit: string | undefined;

  const light = (name = pinned) => {
    if (name === lit) return;
    lit = name;
    for (const place of root.querySelectorAll<HTMLElement | SVGElement>("[data-symbol]"))
      place.toggleAttribute("data-lit", place.dataset.symbol === name);
  };
  const pin = (name?: string) => {
    pinned = name;
    for (const button of root.querySelectorAll<HTMLElement>(".symbols button"))
      button.setAttribute("aria-pressed", String(button.dataset.symbol === name));
    light();
  };

  root.addEventListener("pointerover", ({target}) => {
    light(nameOf(target));
    answer(root, target instanceof Element ? target : null, nameOf(target));
  });
  root.addEventListener("focusin", ({target}) => light(nameOf(target)));
  root.addEventListener("focusout", () => light());
  root.documentElement.addEventListener("pointerleave", () => light());
  root.addEventListener("click", ({target}) => {
    const button = target instanceof Element ? target.closest<HTMLElement>(".symbols button") : null;
    if (button) pin(button.dataset.symbol === pinned ? undefined : button.dataset.symbol);
  });
  root.addEventListener("keydown", ({key}) => {
    if (key === "Escape") pin();
  });
}
