/** How much of a figure is shown: pinned below a page's bar, as a card in a chapter, all of it, or on a slide. */
export type FigureSize = "dock" | "card" | "full" | "slide";

const sizes: readonly string[] = ["dock", "card", "full", "slide"] satisfies FigureSize[];

/** The size that an element asks for in `data-size`; all of the figure if it asks for none. */
export const requestedSize = ({dataset}: HTMLElement): FigureSize =>
  sizes.includes(dataset.size ?? "") ? (dataset.size as FigureSize) : "full";

/** The room that a picture has. */
export interface Room {
  readonly size: FigureSize;
  /** The inner width of the picture in CSS pixels; undefined at build, where nothing is laid out. */
  readonly width?: number;
}
