/** The part of `<lora-widget>` that is used here. */
type Figure = HTMLElement & {
  ready: Promise<unknown>;
  set(raw: object, options?: object, how?: {isQuiet: true}): Promise<unknown>;
};

/** How far the reader has scrolled through a stage while its picture sticks: 0 at the stage's top, 1 at its end. */
const progress = (stage: DOMRect, picture: DOMRect): number => {
  const distance = stage.height - picture.height;
  return distance > 0 ? Math.min(Math.max((picture.top - stage.top) / distance, 0), 1) : 0;
};

/**
 * Zooms the figure in a stage while the page scrolls through it, from × 1 to × 10^maxPower, which it reaches after four fifths
 * of the way. Once the reader has moved the figure, it is left alone until the page is back at the stage's top. If the picture
 * does not stick, or the reader asked for less motion, nothing follows the page.
 */
export async function startScrollZoom(stage: HTMLElement, maxPower: number) {
  const picture = stage.firstElementChild!;
  const figure = stage.querySelector<Figure>("lora-widget")!;
  await figure.ready;
  /** Whether the reader has moved the figure. */
  let isHeld = false;
  let currentZoom = 0;
  let isDue = false;
  const follow = () => {
    isDue = false;
    const share =
      getComputedStyle(picture).position === "sticky"
        ? progress(stage.getBoundingClientRect(), picture.getBoundingClientRect())
        : 0;
    if (share === 0) isHeld = false;
    const zoom = Math.round(100 * maxPower * Math.min(share / 0.8, 1)) / 100;
    if (isHeld || zoom === currentZoom) return;
    currentZoom = zoom;
    figure.set({zoom}, {}, {isQuiet: true}).catch(() => {});
  };
  figure.addEventListener("lora-change", (event) => {
    if ((event as CustomEvent<{reason: string}>).detail.reason !== "host") isHeld = true;
  });
  const onScroll = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(follow);
  };
  document.addEventListener("scroll", onScroll, {passive: true});
  onScroll();
}
