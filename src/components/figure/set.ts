/** The part of `<lora-widget>` used here. `set` is missing where the element is not defined, as in an old browser. */
interface Figure extends HTMLElement {
  set?(params: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * Links with the class `set` set their figure on this page and scroll it into view. The figure announces its new state, and the
 * focus stays on the link, so that the reader can go on from there. When the figure is not on the page, or the link is opened in
 * another tab, it is an ordinary link to the figure's own page.
 */
export function startSets(root: Document): void {
  root.addEventListener("click", (event) => {
    const {target, button, ctrlKey, metaKey, shiftKey, altKey} = event;
    if (!(target instanceof Element) || button || ctrlKey || metaKey || shiftKey || altKey) return;
    const link = target.closest<HTMLAnchorElement>("a.set");
    const {figure, widget, params} = link?.dataset ?? {};
    const place = root.querySelector<Figure>(
      figure === undefined ? `lora-widget[name="${widget}"]` : `lora-widget[figure="${figure}"]`,
    );
    if (!params || !place?.set) return;
    event.preventDefault();
    void place.set(JSON.parse(params));
    if (bringIntoView(place)) offerReturn(link!);
  });
}

/** Adds a button after the link that scrolls back to it. It is removed once the link is in view again. */
function offerReturn(link: HTMLElement) {
  const root = link.ownerDocument;
  root.querySelector(".return")?.remove();
  const button = root.createElement("button");
  button.type = "button";
  button.className = "return";
  button.textContent = "Back to the text";
  let isAway = false;
  const watch = new IntersectionObserver(([{isIntersecting}]) => {
    isAway ||= !isIntersecting;
    if (isAway && isIntersecting) end();
  });
  const end = () => {
    watch.disconnect();
    button.remove();
  };
  button.addEventListener("click", () => {
    scrollTo(link, "center");
    link.focus({preventScroll: true});
    end();
  });
  link.after(button);
  watch.observe(link);
}

function scrollTo(place: Element, block: ScrollLogicalPosition) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({block, behavior: isStill ? "instant" : "smooth"});
}

/** Scrolls when less than half of the figure, or of the window if the figure is taller, is visible. Returns whether it scrolled. */
function bringIntoView(place: Element): boolean {
  const {top, bottom, height} = place.getBoundingClientRect();
  const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
  if (seen >= Math.min(height, innerHeight) / 2) return false;
  scrollTo(place, "start");
  return true;
}
