const CARDED = ".carded";

/**
 * Adds to the cards what CSS alone cannot do. Escape closes the open card until the pointer or the focus has left it. On a touch
 * screen the first tap opens the card and the second follows its link. Without this script the cards still open on hover and
 * focus, and a tap follows the link.
 */
export function startCards(root: Document): void {
  let touched: Element | null = null;

  root.addEventListener("keydown", ({key}) => {
    if (key !== "Escape") return;
    for (const card of root.querySelectorAll(`${CARDED}:is(:hover, :focus-within, [data-open])`)) {
      card.removeAttribute("data-open");
      card.setAttribute("data-dismissed", "");
    }
  });

  root.addEventListener("pointerdown", ({target, pointerType}) => {
    touched = pointerType === "touch" ? cardedOf(target) : null;
    for (const card of root.querySelectorAll(`${CARDED}[data-open]`)) {
      if (card !== cardedOf(target)) card.removeAttribute("data-open");
    }
  });

  root.addEventListener("click", (event) => {
    const card = touched;
    touched = null;
    if (!card || card !== cardedOf(event.target) || card.hasAttribute("data-open")) return;
    event.preventDefault();
    card.removeAttribute("data-dismissed");
    card.setAttribute("data-open", "");
  });

  for (const leave of ["pointerout", "focusout"] as const) {
    root.addEventListener(leave, ({target, relatedTarget}) => {
      const card = cardedOf(target);
      if (card && card !== cardedOf(relatedTarget)) card.removeAttribute("data-dismissed");
    });
  }
}

function cardedOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest(CARDED) : null;
}
