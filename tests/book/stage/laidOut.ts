/** A page with a stage whose boxes stand where a test says, in a window of 375 × 812 or 1440 × 900. */
import {parseHTML} from "linkedom";
import {vi} from "vitest";

export type LaidOut = ReturnType<typeof layOut>;

/** Boxes by selector, from top to bottom on the page. The window is scrolled by `page.scrolled`. */
export function layOut(
  html: string,
  boxes: Readonly<Record<string, readonly [top: number, bottom: number]>>,
  isNarrow: boolean,
) {
  const window = parseHTML(`<!doctype html><html><body><nav class="bar"></nav>${html}</body></html>`);
  const document = window.document as unknown as Document;
  const page = {scrolled: 0, dockHeight: 250, moves: [] as number[], resized: () => {}};
  const set = (element: HTMLElement, box: () => readonly [number, number]) => {
    element.getBoundingClientRect = () => {
      const [top, bottom] = box();
      return {top, bottom, height: bottom - top} as DOMRect;
    };
  };
  set(document.querySelector<HTMLElement>(".bar")!, () => [0, 44]);
  for (const [selector, [top, bottom]] of Object.entries(boxes))
    for (const element of document.querySelectorAll<HTMLElement>(selector))
      set(element, () => [top - page.scrolled, bottom - page.scrolled]);
  for (const place of document.querySelectorAll<HTMLElement>("lora-widget")) {
    const [top, bottom] = boxes["lora-widget"]!;
    Object.defineProperty(place, "offsetHeight", {value: bottom - top});
    set(place.querySelector("figure")!, () =>
      place.dataset.size === "dock" ? [44, 44 + page.dockHeight] : [top - page.scrolled, bottom - page.scrolled],
    );
  }
  vi.stubGlobal("Element", window.Element);
  vi.stubGlobal("addEventListener", () => {});
  vi.stubGlobal("innerHeight", isNarrow ? 812 : 900);
  vi.stubGlobal("matchMedia", (query: string) => ({matches: !query.includes("max-width") || isNarrow}));
  vi.stubGlobal("scrollBy", ({top}: {top: number}) => {
    page.scrolled += top;
    page.moves.push(top);
  });
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(resized: () => void) {
        page.resized = resized;
      }
      observe() {}
      disconnect() {}
    },
  );
  const one = (selector: string) => document.querySelector<HTMLElement>(selector)!;
  /** Linkedom's events, with what a test needs of a key. */
  const send = (target: EventTarget, type: string, more: object = {}) =>
    target.dispatchEvent(
      Object.assign(new window.Event(type, {bubbles: true, cancelable: true}), more) as unknown as Event,
    );
  return {document, page, one, send};
}
