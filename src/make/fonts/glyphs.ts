import {readdirSync, readFileSync} from "node:fs";
import {extname, join} from "node:path";

const textFiles = new Set([".astro", ".css", ".json", ".md", ".mdx", ".ts"]);
const ascii = String.fromCharCode(...Array.from({length: 95}, (_, i) => 32 + i));
const typography = " ©°±²³·×½–—‐‘’“”•…′″−";
const greek = "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξπρστφχψω";
const mathematics = "₀₁₂ᵀ→←↑↓⇒∂∇∈∏∑√∝∞∥‖∼≈≠≤≥≪≫⊤⊥⟨⟩⋅⋯∘";

/** Characters cut into every face that has them, because formulas and numbers made at run time may need them. */
export const always = ascii + typography + greek + mathematics;

export interface SourceFile {
  path: string;
  text: string;
}

/** The text files of these folders, sorted. A missing folder counts as empty. */
export function sources(folders: readonly string[]): SourceFile[] {
  const inside = (folder: string): string[] => {
    try {
      return readdirSync(folder, {recursive: true, encoding: "utf8"}).map((path) => join(folder, path));
    } catch {
      return [];
    }
  };
  return folders
    .flatMap(inside)
    .filter((path) => textFiles.has(extname(path)))
    .sort()
    .map((path) => ({path, text: readFileSync(path, "utf8")}));
}

const escapes = /\\u\{?([0-9a-fA-F]{4,6})\}?|&#x([0-9a-fA-F]+);|&#(\d+);/g;

/** Comments that have lines of their own, in code and style sheets: what they say is on no page. */
const comments = /^[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/.*)/gm;

/** What a file may put on a page. */
export const shownBy = ({path, text}: SourceFile): string =>
  /\.(ts|css)$/.test(path) ? text.replace(comments, "") : text;

/** Every character in these texts, once, sorted. Escapes such as `\u2192` and `&#8594;` count as the character they mean. */
export function charactersOf(texts: readonly string[]): string {
  const found = new Set(always);
  for (const text of texts) {
    for (const character of text) if (character > "~") found.add(character);
    for (const [, unicode, hex, decimal] of text.matchAll(escapes)) {
      const code = Number.parseInt(unicode ?? hex ?? decimal ?? "", decimal ? 10 : 16);
      if (code > 0x7e && code <= 0x10ffff) found.add(String.fromCodePoint(code));
    }
  }
  return [...found].sort().join("");
}

const code = /^(```|~~~)[\s\S]*?^\1|`[^`\n]*`/gm;
const dollars = /(?<!\\)\$\$([\s\S]+?)\$\$|(?<![\\$])\$((?:[^$\n]|\n(?!\n))+?)(?<!\\)\$/g;
const literals = [/"((?:\\.|[^"\\\n]){1,400})"/g, /'((?:\\.|[^'\\\n]){1,400})'/g, /`((?:\\.|[^`\\]){1,400})`/g];

const unescaped = (literal: string) => literal.replaceAll("\\\\", "\\");

/**
 * Everything in a file that may be a formula: `$…$` and `$$…$$` of Markdown, and every string with a backslash, both as written
 * and unescaped. It may find too many, since those that KaTeX refuses are left out later.
 */
export function formulasIn({path, text}: SourceFile): string[] {
  const prose = /\.mdx?$/.test(path) ? [...text.replace(code, "").matchAll(dollars)] : [];
  const strings = literals
    .flatMap((literal) => [...text.matchAll(literal)].map(([, inner = ""]) => inner))
    .filter((inner) => inner.includes("\\"));
  return [...prose.map(([, display, inline]) => display ?? inline ?? ""), ...strings, ...strings.map(unescaped)];
}
