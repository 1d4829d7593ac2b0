/** How much of a figure is shown: pinned below a page's bar, as a card in a chapter, all of it, or on a slide. */
export type FigureSize = "dock" | "card" | "full" | "slide";

/** The room that a picture has. */
export interface Room {
  readonly size: FigureSize;
  /** The inner width of the picture in CSS pixels; a guess at build, where nothing is laid out. */
  readonly width: number;
  /** Inner width of a part of the picture as the style sheet lays it out; undefined at build. */
  widthOf(part: Element): number | undefined;
}

/** The room at build, for which first frames are drawn; the browser scales them. */
export const builtRoom = (size: FigureSize): Room => ({size, width: 660, widthOf: () => undefined});
