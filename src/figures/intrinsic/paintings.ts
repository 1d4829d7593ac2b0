/** Paintings as base64 for the file of stored runs, and back. */
import {CELLS, DIRECTIONS, PICTURE_SIDE} from "./settings.ts";

/** Characters of base64 for a painting: each holds 6 cells. */
const PAINTING_LENGTH = CELLS / 6;

/**
 * Paintings, CELLS colors each, as base64. A bit says whether a cell differs from the one above it: most do not, so that the file
 * compresses well.
 */
export function packPaintings(paintings: readonly ArrayLike<number>[]): string {
  const bytes = paintings.flatMap((colors) =>
    Array.from({length: CELLS / 8}, (_, byte) => {
      let bits = 0;
      for (let n = 8 * byte; n < 8 * byte + 8; n++) bits = 2 * bits + (colors[n]! ^ (colors[n - PICTURE_SIDE] ?? 0));
      return bits;
    }),
  );
  return btoa(String.fromCharCode(...bytes));
}

/** The paintings of one seed, one for each of DIRECTIONS. */
export function unpackPaintings(text: string, seed: number): Uint8Array[] {
  const seedLength = PAINTING_LENGTH * DIRECTIONS.length;
  const bytes = atob(text.slice((seed - 1) * seedLength, seed * seedLength));
  return DIRECTIONS.map((_, i) => {
    const colors = new Uint8Array(CELLS);
    for (let n = 0; n < CELLS; n++) {
      const bit = (bytes.charCodeAt((i * CELLS + n) >> 3) >> (7 - (n % 8))) & 1;
      colors[n] = bit ^ (colors[n - PICTURE_SIDE] ?? 0);
    }
    return colors;
  });
}
