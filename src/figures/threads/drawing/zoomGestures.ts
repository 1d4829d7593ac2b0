/** Zooming in the picture itself: with keys, two fingers or the wheel. */
import {local, pointer, select} from "d3";

/** Powers of ten for each unit of the wheel, and for a press of plus or minus. */
const [WHEEL_STEP, KEY_STEP] = [0.0018, 0.2];

interface Fingers {
  /** Where each is, by pointer id. */
  at: Map<number, readonly [number, number]>;
  /** The zoom when a finger was last put down or lifted, and the distance between the two at that time. */
  zoom: number;
  start: number;
}

const fingers = local<Fingers>();

const distance = (all: Fingers["at"]): number => {
  const [one, other] = [...all.values()];
  return Math.hypot(one![0] - other![0], one![1] - other![1]);
};

/**
 * Zooms with plus and minus, with two fingers, and with the wheel. The wheel needs Ctrl, which a trackpad's pinch sends too, or the
 * focus on the picture, and one finger scrolls the page. `onZoom` gets the new power of ten.
 */
export function zoomGestures(svg: Element, zoom: number, onZoom: (zoom: number) => void) {
  // The handle of the rank has its own drags.
  const isOwn = (event: Event) => !(event.target as Element).closest(".thicken");
  const begin = (all: Fingers["at"]) => {
    fingers.set(svg, {at: all, zoom, start: all.size > 1 ? distance(all) : 0});
  };
  const lift = (event: PointerEvent) => {
    const all = fingers.get(svg)?.at;
    if (all?.delete(event.pointerId)) begin(all);
  };
  select(svg)
    .on("keydown.zoom", (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "+" || event.key === "=") onZoom(zoom + KEY_STEP);
      else if (event.key === "-") onZoom(zoom - KEY_STEP);
    })
    .on(
      "wheel",
      (event: WheelEvent) => {
        const root = svg.getRootNode() as Document | ShadowRoot;
        if (!event.ctrlKey && !svg.contains(root.activeElement)) return;
        event.preventDefault();
        onZoom(zoom - event.deltaY * WHEEL_STEP * (event.ctrlKey ? 4 : 1));
      },
      {passive: false},
    )
    .on("pointerdown.zoom", (event: PointerEvent) => {
      if (event.button || !isOwn(event)) return;
      const all = fingers.get(svg)?.at ?? new Map();
      all.set(event.pointerId, pointer(event, svg));
      begin(all);
      // A captured pointer could not press the lens, so one alone is not captured.
      if (all.size > 1) for (const id of all.keys()) svg.setPointerCapture(id);
    })
    .on("pointermove.zoom", (event: PointerEvent) => {
      const held = fingers.get(svg);
      if (!held?.at.has(event.pointerId)) return;
      held.at.set(event.pointerId, pointer(event, svg));
      if (held.at.size === 2) onZoom(held.zoom + Math.log10(distance(held.at) / held.start));
    })
    .on("pointerup.zoom pointercancel.zoom", lift);
}
