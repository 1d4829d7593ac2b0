/** The part of `<lora-widget>` that a phrase uses; without the class behind it (no scripts, an old browser) `set` is missing. */
interface Figure extends HTMLElement {
  set?(params: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * Links with the class `set` move the figure of this page that they name, and bring it into view when it is not. The figure
 * announces itself; the focus stays on the link, so that the reader goes on from where they were. Where the figure is not on
 * the page, or the reader opens the link elsewhere, it stays a link to the figure's own page.
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
    bringIntoView(place);
  });
}

/** Scrolls only when less than half of the figure (or of the screen, where the figure is taller) can be seen. */
function bringIntoView(place: Element) {
  const {top, bottom, height} = place.getBoundingClientRect();
  const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
  if (seen >= Math.min(height, innerHeight) / 2) return;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({block: "start", behavior: isStill ? "instant" : "smooth"});
}
