import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {create} from "fontkitten";
import subsetFont from "subset-font";

const require = createRequire(import.meta.url);

/** A family of text fonts. Its package has one variable font for each script. */
export interface TextFamily {
  family: string;
  /** The package's name after `@fontsource-variable/`. */
  source: string;
  style: "normal" | "italic";
  /** The cut file's name, without script and ending. */
  file: string;
}

export const textFamilies: readonly TextFamily[] = [
  {family: "Source Serif", source: "source-serif-4", style: "normal", file: "source-serif"},
  {family: "Source Serif", source: "source-serif-4", style: "italic", file: "source-serif-italic"},
  {family: "Inter", source: "inter", style: "normal", file: "inter"},
  {family: "JetBrains Mono", source: "jetbrains-mono", style: "normal", file: "jetbrains-mono"},
];

const scripts = ["latin", "greek", "latin-ext"] as const;
// Without `calt`, => in code stays the two characters that a reader would type.
const keepFeatures = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum"];
const variationAxes = {wght: {min: 400, max: 700, default: 400}};

/** A font cut for the site, with the characters it holds. */
export interface CutFace {
  file: string;
  characters: string;
  bytes: Uint8Array;
}

export const textFont = ({source, style}: TextFamily, script: string = "latin"): Promise<Buffer> =>
  readFile(require.resolve(`@fontsource-variable/${source}/files/${source}-${script}-wght-${style}.woff2`));

export const katexFont = (face: string): Promise<Buffer> =>
  readFile(require.resolve(`katex/dist/fonts/KaTeX_${face}.woff2`));

/** The characters that the font has a glyph for. */
export function coveredBy(font: Buffer, characters: string): string {
  const opened = create(font);
  if (!("hasGlyphForCodePoint" in opened)) throw new Error("fonts: expected one font, got a collection");
  return [...characters].filter((one) => opened.hasGlyphForCodePoint(one.codePointAt(0) as number)).join("");
}

/** A family cut to `characters` and weights 400–700. One face for each script that adds characters. */
export async function cutText(family: TextFamily, characters: string): Promise<CutFace[]> {
  const faces: CutFace[] = [];
  let wanted = characters;
  for (const script of scripts) {
    const font = await textFont(family, script);
    const covered = coveredBy(font, wanted);
    if (covered === "" || covered === " ") continue;
    const bytes = await subsetFont(font, covered, {targetFormat: "woff2", keepFeatures, variationAxes});
    const file = script === "latin" ? `${family.file}.woff2` : `${family.file}-${script}.woff2`;
    faces.push({file, characters: covered, bytes});
    wanted = [...wanted].filter((one) => !covered.includes(one)).join("");
  }
  return faces;
}

/** A KaTeX face (`Main-Regular`) cut to `characters`. */
export async function cutKatex(face: string, characters: string): Promise<CutFace> {
  const font = await katexFont(face);
  const covered = coveredBy(font, characters);
  const bytes = await subsetFont(font, covered, {targetFormat: "woff2"});
  return {file: `KaTeX_${face}.woff2`, characters: covered, bytes};
}
