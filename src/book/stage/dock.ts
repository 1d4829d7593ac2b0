/** Holds a figure in sight below the page's bar, the dock, while narrow windows show the text that a phrase or step sets it from. */

/** Windows in which a figure can dock: they have one column, and are high enough for the figure and some text. */
const NARROW_WINDOW = "(max-width: 59.99rem) and (min-height: 30.01rem)";
/** The share of a picture's height that must be in view for the figure not to dock. */
const MIN_PICTURE_SHARE = 0.6;
/** The share of a figure's place in the text that must be in view for the figure to go back to it. */
const UNDOCK_SHARE = 0.85;
/** Pixels between the dock and the phrase below it. */
const GAP = 8;
/** Milliseconds after a press during which the dock, growing with its picture, may still push its phrase down. */
const SETTLE_TIME = 1000;

/** A figure that is docked under the bar. */
interface DockedFigure {
  figure: HTMLElement;
  /** The phrase that was pressed; undefined if a step docked the figure. */
  link?: HTMLElement | undefined;
  /** The stretch of text that it stays for. */
  stretch: Element;
  /** The time of the last press on a phrase, in milliseconds of the page. */
  pressTime: number;
  observer: ResizeObserver;
}

let dockedFigure: DockedFigure | undefined;

/** The docked figure. One that Explore has opened meanwhile, or has closed as a card, is docked no more. */
function currentDock(): DockedFigure | undefined {
  if (dockedFigure && dockedFigure.figure.dataset.size !== "dock") undock();
  return dockedFigure;
}

/** Stretches of text whose dock the reader has closed. Steps do not open it again, a phrase does. */
const closedStretches = new WeakSet<Element>();

/** The y of the bar's lower edge in the window; 0 without a bar. */
export const barBottom = (root: Document): number =>
  Math.max(0, root.querySelector("nav.bar")?.getBoundingClientRect().bottom ?? 0);

/** The figure inside the element, which is what moves to the dock. */
const boxOf = (figure: Element) => figure.querySelector("figure") ?? figure;

/** How much of a box is in view below `top`, as a share of the most that the window could show. */
function shareInView(box: Element, top: number): number {
  const {top: from, bottom, height} = box.getBoundingClientRect();
  const room = Math.min(height, innerHeight - top);
  return room > 0 ? (Math.min(bottom, innerHeight) - Math.max(from, top)) / room : 0;
}

/**
 * Docks a figure under the bar, if less than enough of its picture is in view, and keeps its phrase clear of it. `link` is the
 * phrase that was pressed, or the step that was reached. Returns false only in windows that are too wide or too low to dock anything.
 */
export function dock(figure: HTMLElement, link: HTMLElement, isStep = false): boolean {
  if (!matchMedia(NARROW_WINDOW).matches) return false;
  const stretch = link.closest(".stage") ?? link.closest(".quiz") ?? link;
  if (isStep && closedStretches.has(stretch)) return true;
  closedStretches.delete(stretch);
  const pressTime = performance.now();
  const docked = currentDock();
  if (docked?.figure === figure) {
    if (!isStep) Object.assign(docked, {link, stretch, pressTime});
  } else {
    const picture = figure.querySelector("[data-picture], .picture");
    if (picture && wholeShare(picture) >= MIN_PICTURE_SHARE) return true;
    undock();
    startDocking({figure, link: isStep ? undefined : link, stretch, pressTime});
  }
  if (!isStep) keepClear(link);
  return true;
}

/** The share of a picture's whole height that is in view. */
function wholeShare(picture: Element): number {
  const {top, bottom, height} = picture.getBoundingClientRect();
  return height > 0 ? (Math.min(bottom, innerHeight) - Math.max(top, barBottom(picture.ownerDocument))) / height : 0;
}

/**
 * Changes the size of a figure, and makes its boxes anew. Otherwise Chromium would count its move between the text and the dock as a
 * layout shift where a part of the picture is in view both before and after.
 */
function resize(figure: HTMLElement, size: "card" | "dock") {
  const {style} = boxOf(figure) as HTMLElement;
  style.display = "none";
  void figure.offsetHeight;
  figure.dataset.size = size;
  style.display = "";
}

/** Docks a figure, and measures the dock whenever its size changes. */
function startDocking(parts: Omit<DockedFigure, "observer">) {
  const {figure} = parts;
  const {style} = figure.ownerDocument.documentElement;
  // The figure's place in the text keeps its height, so that nothing moves.
  figure.style.minBlockSize = `${figure.offsetHeight}px`;
  resize(figure, "dock");
  const box = boxOf(figure);
  let bottom = Number.NEGATIVE_INFINITY;
  const measure = () => {
    if (dockedFigure?.figure !== figure) return;
    const {link, pressTime} = dockedFigure;
    const rect = box.getBoundingClientRect();
    style.setProperty("--dock", `${rect.height}px`);
    // A phrase that was under the dock before the dock grew was scrolled there by the reader.
    const isClear = link && link.getBoundingClientRect().top >= bottom;
    if (isClear && performance.now() - pressTime < SETTLE_TIME) keepClear(link);
    bottom = rect.bottom;
  };
  const observer = new ResizeObserver(measure);
  dockedFigure = {...parts, observer};
  observer.observe(box);
  measure();
}

/** Puts the figure back to its place in the text. */
function undock() {
  if (!dockedFigure) return;
  const {figure, observer} = dockedFigure;
  dockedFigure = undefined;
  observer.disconnect();
  if (figure.dataset.size === "dock") resize(figure, "card");
  figure.style.minBlockSize = "";
  figure.ownerDocument.documentElement.style.removeProperty("--dock");
}

/** Ends the dock when the reader leaves the list of steps that opened it. A dock that a phrase opened stays. */
export function leaveSteps(figure: Element) {
  if (dockedFigure?.figure === figure && !dockedFigure.link) undock();
}

/** Moves the page by as much as the phrase lies under the dock, at once. */
function keepClear(link: HTMLElement) {
  if (!dockedFigure) return;
  const {top, bottom} = link.getBoundingClientRect();
  const over = boxOf(dockedFigure.figure).getBoundingClientRect().bottom + GAP - top;
  if (over > 0 && bottom > 0) scrollBy({top: -over, behavior: "instant"});
}

/** Closes the dock for the reader. It stays closed for this stretch of text until a phrase is pressed. */
function closeDock() {
  if (!dockedFigure) return;
  const {link, stretch, figure} = dockedFigure;
  closedStretches.add(stretch);
  const hadFocus = figure.contains(figure.ownerDocument.activeElement);
  undock();
  if (hadFocus) link?.focus({preventScroll: true});
}

/** Whether the figure goes back: its place is in view again, the reader has left its stretch of text, the window no longer docks, or the figure is gone. */
function hasEnded({figure, stretch}: DockedFigure): boolean {
  if (!matchMedia(NARROW_WINDOW).matches || !figure.isConnected) return true;
  if (shareInView(figure, barBottom(figure.ownerDocument)) >= UNDOCK_SHARE) return true;
  const {top, bottom} = stretch.getBoundingClientRect();
  return top > innerHeight || bottom < boxOf(figure).getBoundingClientRect().bottom;
}

/** Puts the docked figure back once its dock is over; called once a frame while the page scrolls. */
export function followDock() {
  const docked = currentDock();
  if (docked && hasEnded(docked)) undock();
}

/** Listens for what closes the dock. On paper the figure is at its place in the text. */
export function startDock(root: Document) {
  addEventListener("beforeprint", undock);
  root.addEventListener("click", ({target}) => {
    if (dockedFigure && target instanceof Element && target.closest(".undock") && dockedFigure.figure.contains(target))
      closeDock();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !currentDock()) return;
    if (!root.querySelector("dialog[open]")) closeDock();
  });
}
