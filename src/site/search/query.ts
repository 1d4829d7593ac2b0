/** The kinds of places that can be found, each a group of results, and how much a hit of each counts. */
export const kindWeights = {
  Chapters: 1,
  Widgets: 0.5,
  Glossary: 1.2,
  Paper: 0.3,
  Works: 0.4,
  Engine: 0.08,
  Pages: 0.6,
} as const;
export type SearchKind = keyof typeof kindWeights;

/** A title or a symbol as the index compares it with a whole query, one or many: "Low-rank" → "lowrank", "Adapter layers" → "adapterlayer". */
export const normalizedName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/(?<=\p{L}{3})s$/u, "");

/** Words that are in most places. As capitals, A and I are names. */
const stopWords =
  /\b(an|and|are|as|at|be|by|can|do|does|for|from|has|have|how|in|is|it|its|of|on|or|than|that|the|their|them|then|there|these|they|this|to|was|what|when|where|which|who|why|will|with|you|your)\b/gi;

/**
 * A query in the spelling of the pages: symbols as they are printed, American endings, and no stop words unless there are no
 * others. Pagefind looks for places that have every word.
 */
export function respell(query: string): string {
  const spelled = query
    .trim()
    .replace(/(?:\bdelta|Δ)[\s_-]*w\b/gi, "ΔW")
    .replace(/\bW[\s_]*(?:0|zero|nought)(?!\w)/gi, "W₀")
    .replace(/\balpha[\s_-]+r\b/gi, "α/r")
    .replace(/is(e[ds]?|ing|ations?)\b/g, "iz$1")
    .replace(/(\d)x(?!\w)/g, "$1");
  const others = spelled
    .replace(stopWords, " ")
    .replace(/\b[ai]\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return normalizedName(others) ? others : spelled;
}

/** Words without their last letters, where a typing error does most harm: "lo rank matrx" → "lo rank mat". */
export const beginnings = (words: string): string => words.replace(/(\p{L}{3,})\p{L}{2}(?!\p{L})/gu, "$1");
