/** How much of a figure is shown: pinned under the bar, in a chapter, all of it, or on a slide. */
export type FigureSize = "dock" | "card" | "full" | "slide";

/** Where a picture is drawn. */
export interface Room {
  readonly size: FigureSize;
  /** Inner width of the picture in CSS pixels. At build it is a guess: nothing is laid out there. */
  readonly width: number;
  /** Inner width of a part of the picture as the style sheet lays it out; undefined at build. */
  widthOf(part: Element): number | undefined;
}

/** The room at build: first frames are drawn for it, and the browser fits them in. */
export const builtRoom = (size: FigureSize): Room => ({size, width: 660, widthOf: () => undefined});
