/** The room of a picture in a page, where widths are measured. */
import type {FigureSize, Room} from "../plot/room.ts";

/** The scale of a slide's picture for each pixel of the slide's font size: at 20 px it is 1.35, so that letters of 12 px become 16 px. */
const SLIDE_SCALE = 1.35 / 20;

/** The room of a picture in the page. Widths are measured once and remembered until the picture's own width changes. */
export class PageRoom implements Room {
  readonly #figure: HTMLElement;
  readonly #picture: HTMLElement;
  readonly #widths = new Map<Element, number>();
  readonly #observer: ResizeObserver;
  /** The picture's width when it was last observed. */
  #observed?: number;

  /** `onResize` is called after a change of the width, not for the first width. */
  constructor(figure: HTMLElement, picture: HTMLElement, onResize: () => void) {
    this.#figure = figure;
    this.#picture = picture;
    this.#observer = new ResizeObserver(([{contentRect}]) => {
      if (this.#observed !== undefined && Math.abs(contentRect.width - this.#observed) >= 1) onResize();
      this.#observed = contentRect.width;
    });
    this.#observer.observe(picture);
  }

  get size(): FigureSize {
    return this.#figure.dataset.size as FigureSize;
  }

  get width(): number {
    return this.widthOf(this.#picture);
  }

  widthOf(part: Element): number {
    const measured = this.#widths.get(part);
    if (measured) return measured;
    const width = part.clientWidth / (this.size === "slide" ? SLIDE_SCALE * this.#fontSize : 1);
    this.#widths.set(part, width);
    return width;
  }

  get #fontSize(): number {
    return Number.parseFloat(getComputedStyle(this.#figure).fontSize);
  }

  /** Forgets the widths: the layout has changed. */
  forget() {
    this.#widths.clear();
  }

  end() {
    this.#observer.disconnect();
  }

  back() {
    this.#observer.observe(this.#picture);
  }
}
