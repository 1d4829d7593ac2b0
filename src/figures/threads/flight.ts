import type {Act} from "../../figure/widget.ts";

/** Milliseconds for a factor of ten. */
const PACE = 650;

/** The frame that each picture in flight waits for. */
const flights = new WeakMap<Element, number>();

/** Stops a flight where it is. */
export function land(svg: Element) {
  cancelAnimationFrame(flights.get(svg) ?? 0);
  flights.delete(svg);
}

/** Zooms evenly from one power of ten to another; at once for readers who asked for less motion. */
export function fly(svg: Element, from: number, to: number, act: Act) {
  land(svg);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return act.set({zoom: to});
  const lasts = PACE * Math.max(Math.abs(to - from), 0.5);
  let began: number | undefined;
  const step = (now: number) => {
    began ??= now;
    const t = Math.min((now - began) / lasts, 1);
    // Away from the picture's page there is nothing to see.
    if (!svg.isConnected) return land(svg);
    act.set({
      zoom: Math.round(100 * (from + (to - from) * t * t * (3 - 2 * t))) / 100,
    });
    if (t < 1) flights.set(svg, requestAnimationFrame(step));
    else flights.delete(svg);
  };
  flights.set(svg, requestAnimationFrame(step));
}
