import {createHash} from "node:crypto";
import {mkdir, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {renderMath} from "../../markup/math.ts";
import {type CutFace, coveredBy, cutKatex, cutText, katexFont, textFamilies} from "./faces.ts";
import {fallbackFaces} from "./fallback.ts";
import {always, charactersOf, formulasIn, type SourceFile, shownBy, sources} from "./glyphs.ts";
import {type FaceGlyphs, fontRules, glyphsOf} from "./katexGlyphs.ts";

const require = createRequire(import.meta.url);
const stylesheet = () => readFile(require.resolve("katex/dist/katex.min.css"), "utf8");

/** The packages whose fonts and style sheet are shipped, cut to what is used. */
export const sourcesOfFonts = ["katex", ...new Set(textFamilies.map(({source}) => `@fontsource-variable/${source}`))];

/** Faces that are always cut, because any formula may need them. */
const alwaysCut = ["Main-Regular", "Math-Italic"];

/** The characters in the formulas of these files, by KaTeX face, plus those that are always cut. */
function katexGlyphs(files: readonly SourceFile[], css: string): FaceGlyphs {
  const rules = fontRules(css);
  const found: FaceGlyphs = new Map(alwaysCut.map((face) => [face, new Set(always)]));
  for (const formula of new Set(files.flatMap(formulasIn))) {
    for (const display of [false, true]) {
      try {
        glyphsOf(renderMath(formula, {display}), rules, found);
      } catch {
        // Not a formula, or a wrong one, which stops the build when its page is rendered.
      }
    }
  }
  return found;
}

/** The code points of these characters as a CSS unicode-range. */
export function unicodeRange(characters: string): string {
  const points = [...new Set([...characters].map((one) => one.codePointAt(0) as number))].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last && point === last[1] + 1) last[1] = point;
    else runs.push([point, point]);
  }
  const hex = (point: number) => point.toString(16).toUpperCase();
  return runs.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(", ");
}

/**
 * The faces that every page asks for in its head. They are there before the first line is drawn, or else wait for the next
 * page: exchanged while the reader looks, they would break lines elsewhere and move the page.
 */
const asked = ["source-serif.woff2", "inter.woff2"];

const fontFace = (family: string, style: string, weight: string, {file, characters}: CutFace) => `@font-face {
  font-family: "${family}";
  font-style: ${style};
  font-weight: ${weight};
  font-display: ${asked.includes(file) ? "optional" : "swap"};
  src: url("./${file}") format("woff2");
  unicode-range: ${unicodeRange(characters)};
}
`;

const stacks = `:root {
  --font-serif: "Source Serif", "Symbols", "Source Serif fallback", "Source Serif fallback Times", serif;
  --font-sans: "Inter", "Symbols", "Inter fallback", sans-serif;
  --font-mono: "JetBrains Mono", "Symbols", "JetBrains Mono fallback", monospace;
}
`;

/** KaTeX's style sheet with the cut faces, in WOFF2 alone, instead of its own. */
export const katexStyles = (css: string, faces: readonly string[]): string =>
  css.replace(/@font-face\{[^}]*\}/g, (rule) => {
    const face = /KaTeX_([\w-]+)\.woff2/.exec(rule)?.[1];
    if (!face || !faces.includes(face)) return "";
    return rule.replace(/src:[^;}]*/, `src:url("./KaTeX_${face}.woff2") format("woff2")`);
  });

/** Every cut face and the two style sheets, by file name. */
async function cut(
  characters: string,
  formulas: FaceGlyphs,
  css: string,
): Promise<Record<string, Uint8Array | string>> {
  const files: Record<string, Uint8Array | string> = {};
  const rules: string[] = [];
  let uncovered = characters;
  for (const family of textFamilies) {
    const faces = await cutText(family, characters);
    for (const face of faces) {
      files[face.file] = face.bytes;
      rules.push(fontFace(family.family, family.style, "400 700", face));
      uncovered = [...uncovered].filter((one) => !face.characters.includes(one)).join("");
    }
    rules.push(await fallbackFaces(family));
  }
  for (const [name, glyphs] of formulas) {
    // The text fonts lack ≈, ≤ and →. KaTeX's main face has them, and pages with formulas load it anyway.
    const symbols = name === "Main-Regular" ? uncovered : "";
    const face = await cutKatex(name, [...glyphs].join("") + symbols);
    files[face.file] = face.bytes;
    const shared = [...symbols].filter((one) => face.characters.includes(one)).join("");
    if (shared) rules.push(fontFace("Symbols", "normal", "400", {...face, characters: shared}));
  }
  files["katex.css"] = katexStyles(css, [...formulas.keys()]);
  files["fonts.css"] = rules.join("") + stacks;
  return files;
}

const sorted = (formulas: FaceGlyphs): [string, string][] =>
  [...formulas].map(([face, glyphs]): [string, string] => [face, [...glyphs].sort().join("")]).sort();

/** A hash of all that the cut fonts depend on: the glyphs, the packages, and the code that cuts. */
async function keyOf(characters: string, formulas: FaceGlyphs): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([characters, sorted(formulas)]));
  for (const name of [...sourcesOfFonts, "subset-font"])
    hash.update(await readFile(require.resolve(`${name}/package.json`)));
  for (const file of ["faces.ts", "fallback.ts", "fonts.ts"])
    hash.update(await readFile(new URL(file, import.meta.url)));
  return hash.digest("hex");
}

/** Cuts the fonts of the project at `root` into `folder`, unless they are there already. `fresh` says whether it cut. */
export async function cutFonts(root: string, folder: string): Promise<{formulas: FaceGlyphs; fresh: boolean}> {
  const css = await stylesheet();
  const files = sources([join(root, "content"), join(root, "src")]);
  const formulas = new Map([...katexGlyphs(files, css)].sort());
  const characters = charactersOf(files.map(shownBy));
  const key = await keyOf(characters, formulas);
  const before = await readFile(join(folder, "key"), "utf8").catch(() => "");
  if (before === key) return {formulas, fresh: false};
  const made = await cut(characters, formulas, css);
  await rm(folder, {recursive: true, force: true});
  await mkdir(folder, {recursive: true});
  for (const [file, content] of Object.entries(made)) await writeFile(join(folder, file), content);
  await writeFile(join(folder, "key"), key);
  return {formulas, fresh: true};
}

/** Throws if a formula on a built page shows a character that was not cut into its face. */
export async function checkPages(dist: string, formulas: FaceGlyphs): Promise<void> {
  const rules = fontRules(await stylesheet());
  const pages = (await readdir(dist, {recursive: true})).filter((file) => file.endsWith(".html")).sort();
  for (const page of pages) {
    for (const [face, glyphs] of glyphsOf(await readFile(join(dist, page), "utf8"), rules)) {
      const missing = [...glyphs].filter((one) => !formulas.get(face)?.has(one)).join("");
      const lost = missing && coveredBy(await katexFont(face), missing);
      if (lost)
        throw new Error(
          `fonts: ${page} shows ${lost} in KaTeX_${face}, which was not cut for it: write the formula as $…$ or a plain string, or add ${lost} to \`always\` in glyphs.ts`,
        );
    }
  }
}

/** Cuts the fonts into `.astro/fonts/` before Astro starts, and checks the built pages against them. */
export function fonts(): AstroIntegration {
  let formulas: FaceGlyphs = new Map();
  return {
    name: "fonts",
    hooks: {
      "astro:config:setup": async ({config, logger}) => {
        const root = fileURLToPath(config.root);
        const cut = await cutFonts(root, join(root, ".astro/fonts"));
        formulas = cut.formulas;
        if (cut.fresh) logger.info("cut to the glyphs in use");
      },
      "astro:build:done": ({dir}) => checkPages(fileURLToPath(dir), formulas),
    },
  };
}
