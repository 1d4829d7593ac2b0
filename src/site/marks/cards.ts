/** A word with its carded. */
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
    for (const carded of root.querySelectorAll(`${CARDED}:is(:hover, :focus-within, [data-open])`)) {
      carded.removeAttribute("data-open");
      carded.setAttribute("data-dismissed", "");
    }
  });

  root.addEventListener("pointerdown", ({target, pointerType}) => {
    touched = pointerType === "touch" ? cardedOf(target) : null;
    for (const carded of root.querySelectorAll(`${CARDED}[data-open]`)) {
      if (carded !== cardedOf(target)) carded.removeAttribute("data-open");
    }
  });

  root.addEventListener("click", (event) => {
    const carded = touched;
    touched = null;
    if (!carded || carded !== cardedOf(event.target) || carded.hasAttribute("data-open")) return;
    event.preventDefault();
    carded.removeAttribute("data-dismissed");
    carded.setAttribute("data-open", "");
  });

  for (const leave of ["pointerout", "focusout"] as const) {
    root.addEventListener(leave, ({target, relatedTarget}) => {
      const carded = cardedOf(target);
      if (carded && carded !== cardedOf(relatedTarget)) carded.removeAttribute("data-dismissed");
    });
  }
}

/** The word with a card that an event happened on. */
function cardedOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest(CARDED) : null;
}
