import {CELLS, DIRECTIONS, PICTURE_SIDE} from "./settings.ts";

/** Letters of base64 that a row of cells takes: it is 24 bits. */
const ROW = PICTURE_SIDE / 6;
const PAINTING = PICTURE_SIDE * ROW;

/**
 * Paintings, CELLS colors each, as base64. A bit says whether a cell differs from the one above it: most do not, and then gzip
 * has little to keep.
 */
export function packed(paintings: readonly ArrayLike<number>[]): string {
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
export function unpacked(text: string, seed: number): Uint8Array[] {
  const one = PAINTING * DIRECTIONS.length;
  const bytes = atob(text.slice((seed - 1) * one, seed * one));
  return DIRECTIONS.map((_, i) => {
    const colors = new Uint8Array(CELLS);
    for (let n = 0; n < CELLS; n++) {
      const bit = (bytes.charCodeAt((i * CELLS + n) >> 3) >> (7 - (n % 8))) & 1;
      colors[n] = bit ^ (colors[n - PICTURE_SIDE] ?? 0);
    }
    return colors;
  });
}
