declare module "subset-font" {
  /** The font cut to the glyphs of `text`. The same input gives the same bytes. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: {
      targetFormat: "woff2";
      keepFeatures?: readonly string[];
      variationAxes?: Record<string, {min: number; max: number; default: number}>;
    },
  ): Promise<Uint8Array>;
}
