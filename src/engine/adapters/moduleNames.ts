/** What the names of modules tell: their order, their layer, and what each matrix does in it. */

/** Sorts by names so that numbers in them count as numbers: layer 2 before layer 10. */
export function inOrder<T>(list: readonly T[], nameOf: (one: T) => string): T[] {
  const split = list.map((one) => ({one, words: nameOf(one).split(/(\d+)/)}));
  return split.sort((a, b) => compareWords(a.words, b.words)).map(({one}) => one);
}

/** Compares two names that are split at their numbers, so every second word is a number. */
function compareWords(left: readonly string[], right: readonly string[]): number {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] === right[i]) continue;
    const difference = i % 2 === 1 ? Number(left[i]) - Number(right[i]) : 0;
    return difference || (left[i] < right[i] ? -1 : 1);
  }
  return left.length - right.length;
}

/** The number of the layer a module is in, which is the first part of its name made of digits; undefined if it has none. */
export function layerOf(module: string): number | undefined {
  const digits = module.split(".").find((part) => /^\d+$/.test(part));
  return digits === undefined ? undefined : Number(digits);
}

/** The last part of a module's name, which says what it does in its layer: q_proj, for example; the expert's number is left out. */
export function kindOf(module: string): string {
  return module.slice(module.lastIndexOf(".") + 1).replace(/\[\d+\]$/, "");
}

/** The place of a module in a map of matrices by layers. */
export interface Spot {
  /** Which network: "model", "text encoder", "text encoder 2", "text encoder g". */
  network: string;
  /** The numbers in its name that say which block: "0", or "1.0.3" in a U-Net; "" for a module outside the layers. */
  layer: string;
  /** What comes before those numbers: `model.layers`, `unet_down_blocks`. */
  block: string;
  /** What the matrix does in its layer: `self_attn.q_proj`; an expert's number is left out. */
  matrix: string;
}

/** A number after one of these words belongs to a matrix's name and is no layer: `to_out.0`, `ff.net.2`. */
const BEFORE_OWN_NUMBER = /^(?:out|net|linear|proj|mlp|fc|mod)$/;

/** A module's name, dotted or with underscores → its spot. */
export function spotOf(module: string): Spot {
  const separator = module.includes(".") ? "." : "_";
  const words = module.replace(/\[\d+\]$/, "").split(separator);
  // A number at the end of a name with underscores belongs to its matrix.
  const end = separator === "." ? words.length : words.length - 1;
  const isLayer = (word: string, i: number) =>
    /^\d+$/.test(word) && i > 0 && i < end && !BEFORE_OWN_NUMBER.test(lastWord(words[i - 1]));
  const layers = words.flatMap((word, i) => (isLayer(word, i) ? [i] : []));
  const encoder = /^(?:lora_te(\d?)_|text_encoders?(?:_(\d))?\.|te(\d)?[._]|clip_([lg])\.)/.exec(module);
  const network = encoder ? `text encoder ${encoder.slice(1).find(Boolean) ?? ""}`.trim() : "model";
  const wordsBetween = (from: number, to: number) => words.slice(from, to).join(separator);
  if (layers.length === 0) return {network, layer: "", block: "", matrix: wordsBetween(0, words.length)};
  const last = layers.at(-1)!;
  return {
    network,
    layer: layers.map((i) => words[i]).join("."),
    block: wordsBetween(0, layers[0]),
    matrix: wordsBetween(last + 1, words.length) || words[last],
  };
}

const lastWord = (word: string) => word.slice(word.lastIndexOf("_") + 1);
