import {local, pointer, select} from "d3";

/** Powers of ten for a pixel of a drag, a notch of the wheel, and a press of plus or minus. */
const [DRAGGED, WHEELED, PRESSED] = [0.008, 0.0018, 0.2];

interface Fingers {
  at: Map<number, readonly [number, number]>;
  /** The zoom when the fingers last changed, and where a mouse or the distance of two fingers was then. */
  zoom: number;
  start: number;
}

const fingers = local<Fingers>();

const apart = (all: Fingers["at"]): number => {
  const [one, other] = [...all.values()];
  return Math.hypot(one![0] - other![0], one![1] - other![1]);
};

/**
 * Ways to come nearer with the picture itself: plus and minus, a drag up or down with the mouse, two fingers, and the wheel, but
 * only with Ctrl (which is what a trackpad's pinch sends) or with the focus on the picture. One finger scrolls the page.
 */
export function approach(svg: Element, zoom: number, to: (zoom: number) => void) {
  const isOwn = (event: Event) => !(event.target as Element).closest(".thicken");
  const begin = (all: Fingers["at"]) => {
    const start = all.size > 1 ? apart(all) : ([...all.values()][0]?.[1] ?? 0);
    fingers.set(svg, {at: all, zoom, start});
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
      svg.setPointerCapture(event.pointerId);
    })
    .on("pointermove.zoom", (event: PointerEvent) => {
      const held = fingers.get(svg);
      if (!held?.at.has(event.pointerId)) return;
      held.at.set(event.pointerId, pointer(event, svg));
      if (held.at.size === 2) to(held.zoom + Math.log10(apart(held.at) / held.start));
      else if (event.pointerType === "mouse") to(held.zoom + (held.start - pointer(event, svg)[1]) * DRAGGED);
    })
    .on("pointerup.zoom pointercancel.zoom", lift);
}
