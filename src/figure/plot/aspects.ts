import type {Room} from "./room.ts";

/** Whether a picture is as narrow as on a phone. Style sheets write it as `@container place (max-width: 27rem)`. */
export const isNarrow = ({size, width}: Room): boolean => size !== "slide" && width < 400;

/**
 * The height of a chart from its width: `wide` and `narrow` are its height over its width. The style sheet gives the same
 * two ratios, so that a first frame takes the room that the live drawing will have.
 */
export const byWidth =
  (room: Room, wide: number, narrow: number) =>
  (width: number): number =>
    width * (isNarrow(room) ? narrow : wide);
