const greek: Readonly<Record<string, string>> = {
  ...{α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", η: "eta", θ: "theta", κ: "kappa", λ: "lambda"},
  ...{μ: "mu", ξ: "xi", π: "pi", ρ: "rho", σ: "sigma", ς: "sigma", τ: "tau", φ: "phi", χ: "chi", ψ: "psi", ω: "omega"},
};

/**
 * A number with separators and unit ("150,994,944", "8.39 M"), or a word with everything joined to it ("low-rank", "ΔW",
 * "lora_A", "layer’s").
 */
const RAW =
  /\d+(?:[.,]\d+)*\s?[kKMBGT]B?(?![\p{L}\p{N}])|\d+(?:[.,]\d+)+|\d+(?=[x×])|[\p{L}\p{N}\p{M}]+(?:[-‐‑–_.'’][\p{L}\p{N}\p{M}]+)*/gu;

/** A word of a text, and its position. */
export interface Raw {
  text: string;
  start: number;
  end: number;
}

export const rawWords = (text: string): Raw[] =>
  Array.from(text.matchAll(RAW), ({0: found, index}) => ({text: found, start: index, end: index + found.length}));

/** A word without accents, capitals and subscripts, with Greek letters by name: "W₀" → "w0", "ΔW" → "deltaw". */
const plain = (word: string): string =>
  word
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\p{Script=Greek}/gu, (letter) => greek[letter] ?? "");

/** "fine-tuning" → fine, tuning; "deltaWeight" → delta, Weight; "ΔW" → Δ, W; "LoRA" stays one. */
const partsOf = (raw: string): string[] =>
  raw
    .replace(/['’]s$/, "")
    .replace(/(\p{Ll})(?=\p{Lu}\p{Ll})/gu, "$1 ")
    .replace(/(\p{Script=Greek})(?=\p{Script=Latin})/gu, "$1 ")
    .split(/[-‐‑–_.'’ ]+/u)
    .map(plain)
    .filter((part) => part !== "");

const isNumber = (raw: string) => /^\d[\d.,]*(\s?[kKMBGT]B?)?$/.test(raw);

/** Computed once for each word: the index asks for most of them many times. */
const known = new Map<string, readonly string[]>();

/** The words under which the index lists a word of a text: joined, each of its parts, and their stems. */
export function wordsOf(raw: string): readonly string[] {
  const words = known.get(raw) ?? [...new Set(read(raw))];
  known.set(raw, words);
  return words;
}

function read(raw: string): string[] {
  if (isNumber(raw)) {
    const whole = plain(raw).replace(/[,\s]/g, "");
    return [whole, whole.replace(/[a-z]+$/, "")];
  }
  const parts = partsOf(raw);
  const last = /^\p{Script=Greek}/u.test(raw) ? parts.slice(0, 1) : parts;
  const words = parts.length > 1 ? [parts.join(""), ...last] : parts;
  return [...words, ...words.flatMap((word) => (stemOf(word) === word ? [] : stemmed(stemOf(word))))];
}

/** A stem in the index, marked so that it never matches as the beginning or the near spelling of a word. */
export const stemmed = (stem: string): string => `~${stem}`;

/** The common part of a word's forms, British or American: "merging", "merged" → "merg"; "matrices" → "matrix". */
export function stemOf(word: string): string {
  const stem = word
    .replace(/is(e[ds]?|ing|ations?)$/, "iz$1")
    .replace(/ices$/, "ix")
    .replace(/(?:ations?|ing|ed|es|s|e)$/, "");
  return stem.length >= 4 ? stem : word;
}

/** Words that are ignored in a query. As capitals, A and I are names. */
const stopWords = new Set(
  "a an and are as at be by can did do does for from has have how i in is it its of on or than that the their them then there these they this to was what when where which who why will with you your".split(
    " ",
  ),
);

/** Words that readers type, by stem, for the words used here. */
const synonyms = new Map<string, readonly string[]>([
  ["lr", ["learning", "rate"]],
  ["param", ["parameter"]],
  ["finetun", ["fine", "tuning"]],
  ["initializ", ["start"]],
  ["vram", ["memory"]],
  ["speed", ["latency"]],
  ["slow", ["latency"]],
]);

/** A word of a query, and another expression for it. */
export interface QueryWord {
  word: string;
  stem: string;
  /** Words that together match as well. */
  also: readonly string[];
}

const isStopWord = (raw: string) => stopWords.has(raw) || (raw.length > 1 && stopWords.has(raw.toLowerCase()));

/** The words of a query as the index spells them. Stop words count only when there are no others. */
export function queryWords(query: string): QueryWord[] {
  const raws = rawWords(
    query
      .replace(/(\d)x(?!\w)/g, "$1")
      .replace(/\b(delta|alpha|sigma)[\s_-]+(w|r|phi)\b/gi, "$1$2")
      .replace(/\bW[\s_]*(?:0|zero|nought)(?!\w)/gi, "W0")
      .replace(/Δ\s*W/g, "ΔW"),
  ).map(({text}) => text);
  const others = raws.filter((raw) => !isStopWord(raw));
  return (others.length ? others : raws).flatMap((raw) => (isNumber(raw) ? numberOf(raw) : nameOf(raw)));
}

/** A number with a unit also matches without it, because in a table the unit is in the heading. */
function numberOf(raw: string): QueryWord {
  const [whole = raw, ...bare] = wordsOf(raw);
  return {word: whole, stem: whole, also: bare};
}

/** A word with a hyphen also matches as separate words. */
function nameOf(raw: string): QueryWord | [] {
  const parts = partsOf(raw);
  const word = parts.join("");
  const stem = stemOf(word);
  if (word === "") return [];
  return {word, stem, also: synonyms.get(stem) ?? (/[-‐‑–]/u.test(raw) && parts.length > 1 ? parts : [])};
}
