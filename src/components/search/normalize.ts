const greek: Readonly<Record<string, string>> = {
  ...{α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", η: "eta", θ: "theta", κ: "kappa", λ: "lambda"},
  ...{μ: "mu", ξ: "xi", π: "pi", ρ: "rho", σ: "sigma", ς: "sigma", τ: "tau", φ: "phi", χ: "chi", ψ: "psi", ω: "omega"},
};

/**
 * A number with its separators and its unit ("150,994,944", "8.39 M"), or a word with what is joined to it
 * ("low-rank", "ΔW", "lora_A", "layer’s").
 */
const RAW =
  /\d+(?:[.,]\d+)*\s?[kKMBGT]B?(?![\p{L}\p{N}])|\d+(?:[.,]\d+)+|\d+(?=[x×])|[\p{L}\p{N}\p{M}]+(?:[-‐‑–_.'’][\p{L}\p{N}\p{M}]+)*/gu;

/** A piece of a text that counts as one word, and where it stands. */
export interface Raw {
  text: string;
  start: number;
  end: number;
}

export const rawWords = (text: string): Raw[] =>
  Array.from(text.matchAll(RAW), ({0: found, index}) => ({text: found, start: index, end: index + found.length}));

/** One word without accents, case and small digits; Greek letters by their names: "W₀" → "w0", "ΔW" → "deltaw". */
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

const known = new Map<string, readonly string[]>();

/**
 * Under which words the index has a piece of text: joined, each of its parts, and what its forms have in common. Asked of
 * every word of the site, most of them many times: each is worked out once.
 */
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

/** A stem as the index has it: no word begins so, and none is near it. */
export const stemmed = (stem: string): string => `~${stem}`;

/** What the forms of a word share, British or American: "merging", "merged" → "merg"; "matrices" → "matrix". */
export function stemOf(word: string): string {
  const stem = word
    .replace(/is(e[ds]?|ing|ations?)$/, "iz$1")
    .replace(/ices$/, "ix")
    .replace(/(?:ations?|ing|ed|es|s|e)$/, "");
  return stem.length >= 4 ? stem : word;
}

/** Words that say nothing alone. As capitals, A and I are names. */
const idle = new Set(
  "a an and are as at be by can did do does for from has have how i in is it its of on or than that the their them then there these they this to was what when where which who why will with you your".split(
    " ",
  ),
);

/** What readers type, by its stem, for what is written here. */
const same = new Map<string, readonly string[]>([
  ["lr", ["learning", "rate"]],
  ["param", ["parameter"]],
  ["finetun", ["fine", "tuning"]],
  ["initializ", ["start"]],
  ["vram", ["memory"]],
  ["speed", ["latency"]],
  ["slow", ["latency"]],
]);

/** A word of a query with what else may stand for it. */
export interface Asked {
  word: string;
  stem: string;
  /** All of them together. */
  also: readonly string[];
}

const isIdle = (raw: string) => idle.has(raw) || (raw.length > 1 && idle.has(raw.toLowerCase()));

/** The words of a query, in the forms the index has. Idle ones count only where nothing else is asked for. */
export function asked(query: string): Asked[] {
  const raws = rawWords(
    query
      .replace(/(\d)x(?!\w)/g, "$1")
      .replace(/\b(delta|alpha|sigma)[\s_-]+(w|r|phi)\b/gi, "$1$2")
      .replace(/\bW[\s_]*(?:0|zero|nought)(?!\w)/gi, "W0")
      .replace(/Δ\s*W/g, "ΔW"),
  ).map(({text}) => text);
  const telling = raws.filter((raw) => !isIdle(raw));
  return (telling.length ? telling : raws).flatMap((raw) => (isNumber(raw) ? numberOf(raw) : nameOf(raw)));
}

/** Of a number with its unit, the unit may stand elsewhere: in the head of a table. */
function numberOf(raw: string): Asked {
  const [whole = raw, ...bare] = wordsOf(raw);
  return {word: whole, stem: whole, also: bare};
}

/** A word; one with a hyphen may be written apart as well. */
function nameOf(raw: string): Asked | [] {
  const parts = partsOf(raw);
  const word = parts.join("");
  const stem = stemOf(word);
  if (word === "") return [];
  return {word, stem, also: same.get(stem) ?? (/[-‐‑–]/u.test(raw) && parts.length > 1 ? parts : [])};
}
