/** Which size an element asks for, and which sizes are small. */
import type {FigureSize} from "../plot/room.ts";

/** All sizes of a figure. */
const sizes: readonly string[] = ["dock", "card", "full", "slide"] satisfies FigureSize[];

/** The size that an element asks for in `data-size`; all of the figure if it asks for none. */
export const askedSize = ({dataset}: HTMLElement): FigureSize =>
  sizes.includes(dataset.size ?? "") ? (dataset.size as FigureSize) : "full";

/** A card or a dock: a picture with one sentence, without the words and numbers around it. */
export const isSmall = (size: FigureSize): boolean => size === "card" || size === "dock";
