const nameOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement | SVGElement>("[data-symbol]")?.dataset.symbol : undefined;

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

  root.addEventListener("pointerover", ({target}) => light(nameOf(target)));
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
