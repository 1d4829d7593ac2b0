declare module "subset-font" {
  /** The font cut to the glyphs of `text`. The same input gives the same bytes. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: {
      targetFormat: "woff2";
      keepFeatures?: readonly string[];
      /** A number pins an axis. */
      variationAxes?: Record<string, number | {min: number; max: number; default: number}>;
    },
  ): Promise<Uint8Array>;
}
