/** What people, programs and attackers make of a good text: it stays near enough to get past the first check. */

import {mulberry32} from "../../src/engine/linalg/random.ts";

export type Random = () => number;

/** The random numbers of the nth case: a case can be repeated without those before it. */
export const randomOf = (seed: number, n: number): Random => mulberry32(seed + Math.imul(n + 1, 0x9e3779b1));

export const below = (random: Random, n: number): number => Math.floor(random() * n);
export const oneOf = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;

const numbers =
  "0 -0 1 -1 0.1 00 1e3 1e-9 1e100 1e101 1e308 1e309 -1e999 5e-324 1e-400 .5 5. 0x10 1_000 1,000 4294967296 9007199254740993 NaN Infinity -Infinity ٤ ４ −3 ½ 1e 1e+ --1 +1";
const signs = ", ; . : ~ _ - + = & # ? % / \\ | ( ) [ ] { } < > \" ' ` * ^ @ ! $ \n \t \r × − ’ …".split(" ");
const words = [
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "null", "undefined", "true", "false"],
  ...["<img src=x onerror=globalThis.pwned=1>", "</script>", "javascript:1", "%00", "%ff", "%F0%9F", "\\u0000"],
  ...["\u0000", "\ud800", "\udc00", "\ufeff", "\u2028", "\u202e", "👩‍🔬", "é", "e\u0301", "ﬃ", "İ", "\u00a0", "K"],
  ...["custom", "own", "auto", "skipped", "all", "none", ""],
];

/** Characters of a text that is blown up: more than any reader takes. */
const LONG = 200_000;

/** One to four changes to a text; in about one of thirty a piece of it is repeated until it is very long. */
export function mutateText(text: string, random: Random, strange: readonly string[] = []): string {
  let mutant = text;
  for (let i = 1 + below(random, 4); i > 0; i--) mutant = change(mutant, random, strange);
  return random() < 1 / 30 ? blownUp(mutant, random) : mutant;
}

const splice = (text: string, at: number, removed: number, inserted: string): string =>
  text.slice(0, at) + inserted + text.slice(at + removed);

function change(text: string, random: Random, strange: readonly string[]): string {
  const at = below(random, text.length + 1);
  const insert = () =>
    oneOf(random, [numbers.split(" "), signs, words, strange.length ? strange : words][below(random, 4)]!);
  const kind = below(random, 8);
  if (kind === 0) return splice(text, at, below(random, 2), insert());
  if (kind === 1) return splice(text, at, 1 + below(random, 6), "");
  if (kind === 2) return splice(text, below(random, text.length + 1), 0, text.slice(at, at + 1 + below(random, 40)));
  if (kind === 3) return splice(text, at, 1, String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << below(random, 7))));
  const tokens = [...text.matchAll(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\p{L}+|[^\s\p{L}\d]/gu)];
  const token = tokens[below(random, tokens.length)];
  if (!token) return insert();
  const [whole] = token;
  if (kind === 4 && /\d/.test(whole)) return splice(text, token.index, whole.length, oneOf(random, numbers.split(" ")));
  if (kind === 5) {
    const [other] = tokens[below(random, tokens.length)]!;
    return splice(text, token.index, whole.length, other);
  }
  if (kind === 6) return splice(text, token.index, whole.length, random() < 0.5 ? whole.toUpperCase() : whole + whole);
  return splice(text, token.index, whole.length, insert());
}

/** A short piece, repeated in its place: what is slow or deep is found by much of the same. */
function blownUp(text: string, random: Random): string {
  const at = below(random, text.length);
  const piece = text.slice(at, at + 1 + below(random, 4)) || oneOf(random, [...signs, "9", " "]);
  const length = LONG ** (0.5 + random() / 2);
  return splice(text, at, 0, piece.repeat(Math.ceil(length / piece.length)));
}

const oddValues = (random: Random): unknown =>
  oneOf<() => unknown>(random, [
    () => null,
    () => true,
    () => oneOf(random, [0, -0, -1, 0.5, 1e21, 1e308, 2 ** 53, -(2 ** 31)]),
    () => oneOf(random, words),
    () => "x".repeat(below(random, 20_000)),
    () => [],
    () => ({}),
    () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    () => Array(below(random, 300)).fill(oneOf(random, words)),
    () => Object.fromEntries(Array.from({length: below(random, 200)}, (_, i) => [`k${i}`, i])),
    () =>
      Array(below(random, 200))
        .fill(0)
        .reduce<unknown>((inner) => [inner], 1),
  ])();

/** A value with one to three of its parts replaced, dropped, doubled or moved elsewhere; what came is left as it is. */
export function mutateValue<T>(value: T, random: Random): unknown {
  const root = {value: structuredClone(value) as unknown};
  for (let i = 1 + below(random, 3); i > 0; i--) {
    const places = placesOf(root);
    const [holder, key] = oneOf(random, places);
    const kind = below(random, 5);
    if (kind === 0 && holder !== root) {
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    } else if (kind === 1) holder[key] = structuredClone(Reflect.get(...oneOf(random, places)));
    else if (kind === 2 && Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
    else if (kind === 3 && typeof holder[key] === "string") holder[key] = mutateText(holder[key], random);
    else holder[key] = oddValues(random);
  }
  return root.value;
}

type Holder = Record<string, unknown>;

/** Every place of a value where another could stand, a few levels deep. */
function placesOf(holder: Holder, depth = 0): [Holder, string][] {
  return Object.keys(holder)
    .slice(0, 100)
    .flatMap((key): [Holder, string][] => {
      const inner = holder[key];
      const isDeeper = typeof inner === "object" && inner !== null && depth < 6;
      return [[holder, key], ...(isDeeper ? placesOf(inner as Holder, depth + 1) : [])];
    });
}
