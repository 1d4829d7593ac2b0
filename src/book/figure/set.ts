/** Phrases that set a figure of their page when they are pressed. */
import {newButton} from "../../site/newButton.ts";
import {type Figure, figureOf, markPhrases, paramsOf, rememberPhrase} from "../stage/phrases.ts";

/** Windows with two columns, where a figure stays beside the text of its stage. */
const WIDE_WINDOW = "(min-width: 60rem) and (min-height: 30.01rem)";

/**
 * Links with the class `set` set their figure on this page. The reader stays where the phrase is, with the focus on it: on wide
 * windows the figure is beside the text, on narrow ones it docks above the text. If neither is possible, the page scrolls to the
 * figure and offers the way back. If the figure is not on the page, or the link is opened in another tab, it is an ordinary link
 * to the figure's own page.
 */
export function startSets(root: Document): void {
  root.addEventListener("click", (event) => {
    const {target, button, ctrlKey, metaKey, shiftKey, altKey} = event;
    if (!(target instanceof Element) || button || ctrlKey || metaKey || shiftKey || altKey) return;
    const link = target.closest<HTMLAnchorElement>("a.set");
    const params = link && paramsOf(link);
    const figure = link && figureOf(link);
    if (!params || !figure?.set) return;
    event.preventDefault();
    // Not every browser focuses a link that is clicked.
    link.focus({preventScroll: true});
    // Closes the link's card, which would cover what is read next, but not after a touch: a tap is the only way to open it there.
    if ((event as PointerEvent).pointerType !== "touch") link.closest(".carded")?.setAttribute("data-dismissed", "");
    link.dispatchEvent(new CustomEvent("phrase", {bubbles: true, detail: {figure}}));
    rememberPhrase(figure, link);
    figure.set(params).then(
      () => {
        markPhrases(figure);
        if (link.dataset.plays) void figure.play?.();
      },
      () => {},
    );
    void keepInView(figure, link);
  });
}

/** Sees to it that the reader can see the figure: beside the text, docked, or by scrolling to it with a way back. */
async function keepInView(figure: Figure, link: HTMLElement) {
  const stage = link.closest(".stage");
  if (stage?.contains(figure) && matchMedia(WIDE_WINDOW).matches) return;
  const dockModule =
    link.ownerDocument.querySelector(".stage") && (await import("../stage/dock.ts").catch(() => undefined));
  if (!dockModule?.dock(figure, link) && bringIntoView(figure)) offerReturn(link);
}

/** Adds a button after the link that scrolls back to it. It is removed once the link is in view again. */
function offerReturn(link: HTMLElement) {
  const root = link.ownerDocument;
  root.querySelector(".return")?.remove();
  const button = newButton(root, "Back to the text", () => {
    scrollTo(link, "center");
    link.focus({preventScroll: true});
    end();
  });
  button.className = "return";
  let isAway = false;
  const watch = new IntersectionObserver(([{isIntersecting}]) => {
    isAway ||= !isIntersecting;
    if (isAway && isIntersecting) end();
  });
  const end = () => {
    watch.disconnect();
    button.remove();
  };
  link.after(button);
  watch.observe(link);
}

/** Scrolls to a place, smoothly unless the reader asked for less motion. */
function scrollTo(place: Element, block: ScrollLogicalPosition) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({block, behavior: isStill ? "instant" : "smooth"});
}

/** Scrolls when less than half of the figure, or of the window if the figure is taller, is visible. Returns whether it scrolled. */
function bringIntoView(figure: Element): boolean {
  const {top, bottom, height} = figure.getBoundingClientRect();
  const visibleHeight = Math.min(bottom, innerHeight) - Math.max(top, 0);
  if (visibleHeight >= Math.min(height, innerHeight) / 2) return false;
  scrollTo(figure, "start");
  return true;
}
