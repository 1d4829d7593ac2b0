import {readdirSync, readFileSync} from "node:fs";
import {extname, join} from "node:path";

const written = new Set([".astro", ".css", ".json", ".md", ".mdx", ".ts"]);
const ascii = String.fromCharCode(...Array.from({length: 95}, (_, i) => 32 + i));
const typography = " ©°±²³·×½–—‐‘’“”•…′″−";
const greek = "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξπρστφχψω";
const mathematics = "₀₁₂ᵀ→←↑↓⇒∂∇∈∏∑√∝∞∥‖∼≈≠≤≥≪≫⊤⊥⟨⟩⋅⋯∘";

/** Characters cut into every face that has them, used or not: a formula or a number made at run time may need them. */
export const always = ascii + typography + greek + mathematics;

export interface SourceFile {
  path: string;
  text: string;
}

/** The written files of these folders, in one order on every machine. A folder that is not there is empty. */
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
    .filter((path) => written.has(extname(path)))
    .sort()
    .map((path) => ({path, text: readFileSync(path, "utf8")}));
}

const escapes = /\\u\{?([0-9a-fA-F]{4,6})\}?|&#x([0-9a-fA-F]+);|&#(\d+);/g;

/** Every character these texts show, once, sorted; `\u2192` and `&#8594;` count as the arrow they write. */
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
 * What may be a formula in a file: `$…$` and `$$…$$` of Markdown, and every string with a backslash in it, as written
 * and unescaped. Too many is harmless: what KaTeX refuses is left out.
 */
export function formulasIn({path, text}: SourceFile): string[] {
  const prose = /\.mdx?$/.test(path) ? [...text.replace(code, "").matchAll(dollars)] : [];
  const strings = literals
    .flatMap((literal) => [...text.matchAll(literal)].map(([, inner = ""]) => inner))
    .filter((inner) => inner.includes("\\"));
  return [...prose.map(([, display, inline]) => display ?? inline ?? ""), ...strings, ...strings.map(unescaped)];
}
