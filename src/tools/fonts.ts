/** Writes src/site/styles/fonts/ anew from the packages of the text fonts: `npm run fonts`. */
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import subsetFont from "subset-font";

const folder = join(import.meta.dirname, "../site/styles/fonts");
const {resolve} = createRequire(import.meta.url);

/** The 95 printable characters of ASCII. */
const ascii = String.fromCharCode(...Array.from({length: 95}, (_, i) => 32 + i));

/**
 * The characters of each script: enough for English, for names of authors and for formulas in a line. The packages' own files have
 * more letters, weights and features, and together weigh more than the fonts of a page may.
 */
export const characters = {
  latin: `${ascii}ÅÉÖØÜßáäåæçèéíñóöøúüœðþıʼˆ\u00a0\u00ad\u2009\u200b–—‘’“”‹›•…′″§©°±²³µ·¹½×−↑↓`,
  greek: "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξπρστφχψωϕ",
  "latin-ext": "ĆćČčĐđĚěĞğİŁłŃńŇňŐőŘřŚśŞşŠšŤťŮůŰűŹźŻżŽž†",
};

/** The letters that figures write symbols with. Embeds carry these in their style sheet, and no other font. */
const symbols = {latin: "ABGUVWabdghijklrux", greek: "Δα"};

// Without `calt`, => in code stays the two characters that a reader would type.
const textOptions = {
  keepFeatures: ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum"],
  variationAxes: {wght: {min: 400, max: 700, default: 400}},
};
/** The one weight of a symbol in a figure. */
const symbolOptions = {keepFeatures: [], variationAxes: {wght: 600}};

/** A typeface of the site: which of a package's fonts it is cut from, and what is kept. */
interface Family {
  /** What the names of its files begin with. */
  file: string;
  /** The package's name after `@fontsource-variable/`. */
  source: string;
  style: "normal" | "italic";
  /** The characters to keep, by the package's script. */
  scripts: Readonly<Record<string, string>>;
  options: typeof textOptions | typeof symbolOptions;
}

/** The fonts of the site: the text's families, and the letters of symbols. */
export const families: readonly Family[] = [
  {file: "source-serif", source: "source-serif-4", style: "normal", scripts: characters, options: textOptions},
  {file: "source-serif-italic", source: "source-serif-4", style: "italic", scripts: characters, options: textOptions},
  {file: "inter", source: "inter", style: "normal", scripts: characters, options: textOptions},
  {file: "jetbrains-mono", source: "jetbrains-mono", style: "normal", scripts: characters, options: textOptions},
  {file: "symbols", source: "source-serif-4", style: "italic", scripts: symbols, options: symbolOptions},
];

/** Cuts a family's fonts → their bytes by file name. The same packages give the same bytes. */
export async function cutFonts({
  file,
  source,
  style,
  scripts,
  options,
}: Family): Promise<[name: string, bytes: Uint8Array][]> {
  return Promise.all(
    Object.entries(scripts).map(async ([script, text]): Promise<[string, Uint8Array]> => {
      const font = readFileSync(
        resolve(`@fontsource-variable/${source}/files/${source}-${script}-wght-${style}.woff2`),
      );
      return [`${file}-${script}.woff2`, await subsetFont(font, text, {targetFormat: "woff2", ...options})];
    }),
  );
}

if (import.meta.main) {
  mkdirSync(folder, {recursive: true});
  for (const family of families)
    for (const [name, bytes] of await cutFonts(family)) writeFileSync(join(folder, name), bytes);
}
