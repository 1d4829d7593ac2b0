/** The zoom that runs from one scale to another when the lens is pressed. */
import type {Act} from "../../figure/widget.ts";

/** Milliseconds for a factor of ten. */
const PACE = 650;

/** The animation frame that each picture has asked for while it zooms. */
const requests = new WeakMap<Element, number>();

/** Stops the zoom where it is. */
export function stopZoom(svg: Element) {
  cancelAnimationFrame(requests.get(svg) ?? 0);
  requests.delete(svg);
}

/** Zooms smoothly from one power of ten to another; at once for readers who asked for less motion. */
export function animateZoom(svg: Element, from: number, to: number, act: Act) {
  stopZoom(svg);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return act.set({zoom: to});
  const lasts = PACE * Math.max(Math.abs(to - from), 0.5);
  let began: number | undefined;
  const step = (now: number) => {
    began ??= now;
    const t = Math.min((now - began) / lasts, 1);
    // The picture was removed.
    if (!svg.isConnected) return stopZoom(svg);
    act.set({
      zoom: Math.round(100 * (from + (to - from) * t * t * (3 - 2 * t))) / 100,
    });
    if (t < 1) requests.set(svg, requestAnimationFrame(step));
    else requests.delete(svg);
  };
  requests.set(svg, requestAnimationFrame(step));
}
