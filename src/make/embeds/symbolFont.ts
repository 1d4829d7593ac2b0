import subsetFont from "subset-font";
import {coveredBy, textFamilies, textFont} from "../fonts/faces.ts";

/** The letters that figures write symbols with. Digits, brackets and rarer letters are the reader's own: each weighs a tenth of a kB. */
const SYMBOLS = "ABGUVWabdghijklruxΔα";

/** The weight of a symbol in a figure. */
const WEIGHT = 600;

/**
 * The symbols' own letters for embed pages, as a style sheet: Source Serif Italic, cut to these letters. It stands in the sheet as
 * data, since a frame without an origin may load a font only from hosts that send a header, and a downloaded file from none. All
 * other text of an embed is in the reader's own fonts: Inter would weigh 11 kB more.
 */
export async function symbolFont(): Promise<string> {
  const family = textFamilies.find(({file}) => file === "source-serif-italic")!;
  const rules: string[] = [];
  for (const script of ["latin", "greek"]) {
    const font = await textFont(family, script);
    const letters = coveredBy(font, SYMBOLS);
    if (!letters.length) continue;
    const cut = await subsetFont(font, letters, {
      targetFormat: "woff2",
      keepFeatures: [],
      variationAxes: {wght: WEIGHT},
    });
    const data = Buffer.from(cut).toString("base64");
    const range = [...letters].map((one) => `U+${one.codePointAt(0)!.toString(16)}`).join();
    rules.push(
      `@font-face{font-family:"Symbol letters";font-style:italic;font-weight:${WEIGHT};font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`,
    );
  }
  return rules.join("\n");
}
