import {createHash} from "node:crypto";
import {mkdir, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import postcss from "postcss";
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

/** What the formulas of a project need of KaTeX: characters by face, and the classes whose rules they use. */
export interface Formulas {
  glyphs: FaceGlyphs;
  classes: ReadonlySet<string>;
}

const classesIn = (html: string): string[] =>
  [...html.matchAll(/\bclass="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(/\s+/));

const classesOf = (selector: string): string[] => selector.match(/(?<=\.)[a-z][\w-]*/gi) ?? [];

/** What the formulas of these files need, with the characters that are always cut. */
function neededBy(files: readonly SourceFile[], css: string): Formulas {
  const rules = fontRules(css);
  const found: FaceGlyphs = new Map(alwaysCut.map((face) => [face, new Set(always)]));
  const classes = new Set<string>();
  for (const formula of new Set(files.flatMap(formulasIn))) {
    for (const display of [false, true]) {
      try {
        const html = renderMath(formula, {display});
        glyphsOf(html, rules, found);
        for (const name of classesIn(html)) classes.add(name);
      } catch {
        // Not a formula, or a wrong one, which stops the build when its page is rendered.
      }
    }
  }
  return {glyphs: new Map([...found].sort()), classes};
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

/** KaTeX's style sheet with the cut faces, in WOFF2 alone, instead of its own, and with the rules of these classes alone. */
export function katexStyles(css: string, faces: readonly string[], classes: ReadonlySet<string>): string {
  const sheet = postcss.parse(css);
  sheet.walkAtRules("font-face", (rule) => {
    const face = /KaTeX_([\w-]+)\.woff2/.exec(rule.toString())?.[1];
    if (!face || !faces.includes(face)) rule.remove();
    else
      rule.walkDecls("src", (src) => {
        src.value = `url("./KaTeX_${face}.woff2") format("woff2")`;
      });
  });
  sheet.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => classesOf(selector).every((name) => classes.has(name)));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  return sheet.toString();
}

/** Every cut face and the two style sheets, by file name. */
async function cut(
  characters: string,
  {glyphs: formulas, classes}: Formulas,
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
  files["katex.css"] = katexStyles(css, [...formulas.keys()], classes);
  files["fonts.css"] = rules.join("") + stacks;
  return files;
}

const sorted = (formulas: FaceGlyphs): [string, string][] =>
  [...formulas].map(([face, glyphs]): [string, string] => [face, [...glyphs].sort().join("")]).sort();

/** A hash of all that the cut fonts depend on: the glyphs, the packages, and the code that cuts. */
async function keyOf(characters: string, {glyphs, classes}: Formulas): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([characters, sorted(glyphs), [...classes].sort()]));
  for (const name of [...sourcesOfFonts, "subset-font"])
    hash.update(await readFile(require.resolve(`${name}/package.json`)));
  for (const file of ["faces.ts", "fallback.ts", "fonts.ts"])
    hash.update(await readFile(new URL(file, import.meta.url)));
  return hash.digest("hex");
}

/** Cuts the fonts of the project at `root` into `folder`, unless they are there already. `fresh` says whether it cut. */
export async function cutFonts(root: string, folder: string): Promise<{formulas: Formulas; fresh: boolean}> {
  const css = await stylesheet();
  const files = sources([join(root, "content"), join(root, "src")]);
  const formulas = neededBy(files, css);
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

/** Throws if a formula on a built page shows a character that was not cut into its face, or needs a rule that was cut. */
export async function checkPages(dist: string, {glyphs: formulas, classes}: Formulas): Promise<void> {
  const css = await stylesheet();
  const rules = fontRules(css);
  const gone = new Set(classesOf(css).filter((name) => !classes.has(name)));
  const pages = (await readdir(dist, {recursive: true})).filter((file) => file.endsWith(".html")).sort();
  for (const page of pages) {
    const html = await readFile(join(dist, page), "utf8");
    const without = classesIn(html).find((name) => gone.has(name));
    if (without)
      throw new Error(
        `fonts: ${page} has the class ${without}, whose rule in KaTeX's style sheet was cut: write the formula as $…$ or a plain string, or give the class another name if it is ours`,
      );
    for (const [face, glyphs] of glyphsOf(html, rules)) {
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
  let formulas: Formulas = {glyphs: new Map(), classes: new Set()};
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
