/** Explore: shows the whole figure over the page, and makes it a card again. */

/** An empty element in the card's place and as high, so that the page does not move. */
function placeholderFor(host: HTMLElement): HTMLElement {
  const placeholder = host.ownerDocument.createElement("div");
  placeholder.className = host.className;
  placeholder.style.blockSize = `${host.offsetHeight}px`;
  return placeholder;
}

/** The siblings of `element` and of each element that contains it, except those that are inert already. */
function elementsBehind(element: Element): Element[] {
  const found: Element[] = [];
  for (let at = element; at.parentElement && at !== at.ownerDocument.body; at = at.parentElement)
    found.push(...[...at.parentElement.children].filter((one) => one !== at && !one.hasAttribute("inert")));
  return found;
}

/**
 * Opens the whole figure of `host` over the page, or closes it if it is open. As it is a popover, Escape and a press beside it close
 * it too. It stays the same element, with its run and its state: only its size changes.
 */
export function explore(host: HTMLElement) {
  const button = host.querySelector<HTMLButtonElement>(".explore")!;
  if (host.popover) {
    host.hidePopover();
    return;
  }
  const placeholder = placeholderFor(host);
  const behind = elementsBehind(host);
  const label = button.getAttribute("aria-label")!;
  host.before(placeholder);
  host.style.minBlockSize = "";
  host.dataset.size = "full";
  host.popover = "auto";
  host.setAttribute("role", "dialog");
  host.setAttribute("aria-modal", "true");
  host.setAttribute("aria-label", host.querySelector("figure")!.getAttribute("aria-label")!);
  const more = host.querySelector<HTMLDetailsElement>(".controls > .more");
  if (more) more.open = true;
  for (const element of behind) element.setAttribute("inert", "");
  // What closes the figure comes first in it.
  host.querySelector(".head")!.append(button);
  button.textContent = "Close";
  button.setAttribute("aria-label", label.replace("Explore", "Close"));
  host.showPopover();
  button.focus({preventScroll: true});

  const close = (event: Event) => {
    if (event.target !== host || (event as ToggleEvent).newState !== "closed") return;
    host.removeEventListener("toggle", close);
    for (const element of behind) element.removeAttribute("inert");
    for (const name of ["popover", "role", "aria-modal", "aria-label"]) host.removeAttribute(name);
    host.querySelector(".foot")!.append(button);
    button.textContent = "Explore";
    button.setAttribute("aria-label", label);
    host.dataset.size = "card";
    placeholder.remove();
    button.focus({preventScroll: true});
  };
  host.addEventListener("toggle", close);
}
