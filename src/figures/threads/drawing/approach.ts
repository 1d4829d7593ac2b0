import {local, pointer, select} from "d3";

/** Powers of ten for a notch of the wheel, and for a press of plus or minus. */
const [WHEELED, PRESSED] = [0.0018, 0.2];

interface Fingers {
  at: Map<number, readonly [number, number]>;
  /** The zoom when the fingers last changed, and the distance of two of them then. */
  zoom: number;
  start: number;
}

const fingers = local<Fingers>();

const apart = (all: Fingers["at"]): number => {
  const [one, other] = [...all.values()];
  return Math.hypot(one![0] - other![0], one![1] - other![1]);
};

/**
 * Ways to zoom in the picture itself: plus and minus, two fingers, and the wheel, but only with Ctrl (which is what a
 * trackpad's pinch sends) or with the focus on the picture. One finger scrolls the page.
 */
export function approach(svg: Element, zoom: number, to: (zoom: number) => void) {
  const isOwn = (event: Event) => !(event.target as Element).closest(".thicken");
  const begin = (all: Fingers["at"]) => {
    fingers.set(svg, {at: all, zoom, start: all.size > 1 ? apart(all) : 0});
  };
  const lift = (event: PointerEvent) => {
    const all = fingers.get(svg)?.at;
    if (all?.delete(event.pointerId)) begin(all);
  };
  select(svg)
    .on("keydown.zoom", (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "+" || event.key === "=") to(zoom + PRESSED);
      else if (event.key === "-") to(zoom - PRESSED);
    })
    .on(
      "wheel",
      (event: WheelEvent) => {
        const root = svg.getRootNode() as Document | ShadowRoot;
        if (!event.ctrlKey && !svg.contains(root.activeElement)) return;
        event.preventDefault();
        to(zoom - event.deltaY * WHEELED * (event.ctrlKey ? 4 : 1));
      },
      {passive: false},
    )
    .on("pointerdown.zoom", (event: PointerEvent) => {
      if (event.button || !isOwn(event)) return;
      const all = fingers.get(svg)?.at ?? new Map();
      all.set(event.pointerId, pointer(event, svg));
      begin(all);
      // One alone may be a press on the lens, which would not hear of it.
      if (all.size > 1) for (const id of all.keys()) svg.setPointerCapture(id);
    })
    .on("pointermove.zoom", (event: PointerEvent) => {
      const held = fingers.get(svg);
      if (!held?.at.has(event.pointerId)) return;
      held.at.set(event.pointerId, pointer(event, svg));
      if (held.at.size === 2) to(held.zoom + Math.log10(apart(held.at) / held.start));
    })
    .on("pointerup.zoom pointercancel.zoom", lift);
}
