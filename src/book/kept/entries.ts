import {isRecord} from "../../figure/state/packed.ts";

/** What the reader did, by kind. Every value is stored as JSON and checked when it is read back. */
export interface KeptValues {
  /** The last answer to a question, and whether it was right. */
  answer: {given: string; right: boolean};
  /** A prediction, which is never scored. */
  prediction: {given: string};
  chapter: "visited" | "finished";
  /** A chapter in the reader's own words, which earlier editions asked for. */
  words: string;
  /** The text of an exercise so far: sentences, or a program. */
  draft: string;
  /** The day on which a review item was last graded (counted as in schedule.ts), and the days until it comes again. */
  review: {on: number; gap: number};
}
export type KeptKind = keyof KeptValues;

/** One kept thing, under the id of its question, chapter or card. */
export interface KeptEntry {
  kind: KeptKind;
  id: string;
  value: KeptValues[KeptKind];
}

/** All our keys begin with this, because the sites of one host account may share an origin. */
export const KEY_PREFIX = "lora-live:v1:";
const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;
/** The most characters that a text or a program may have. */
const MAX_TEXT_LENGTH = 10_000;

const isText = (x: unknown, maxLength: number): x is string => typeof x === "string" && x.length <= maxLength;
const isCount = (x: unknown, max: number): x is number =>
  Number.isInteger(x) && (x as number) >= 0 && (x as number) <= max;

/** Reads a value of each kind, with nothing but what belongs to it; undefined if it is broken. */
const readers: {[K in KeptKind]: (x: unknown) => KeptValues[K] | undefined} = {
  answer: (x) =>
    isRecord(x) && isText(x.given, 500) && typeof x.right === "boolean" ? {given: x.given, right: x.right} : undefined,
  prediction: (x) => (isRecord(x) && isText(x.given, 500) ? {given: x.given} : undefined),
  chapter: (x) => (x === "visited" || x === "finished" ? x : undefined),
  words: (x) => (isText(x, MAX_TEXT_LENGTH) ? x : undefined),
  draft: (x) => (isText(x, MAX_TEXT_LENGTH) ? x : undefined),
  review: (x) => (isRecord(x) && isCount(x.on, 1e6) && isCount(x.gap, 365) ? {on: x.on, gap: x.gap} : undefined),
};

const isKind = (kind: unknown): kind is KeptKind => typeof kind === "string" && Object.hasOwn(readers, kind);

/** The key of an entry in storage. */
export const storageKey = (kind: string, id: string): string => `${KEY_PREFIX}${kind}:${id}`;

/** Reads one stored item; undefined when it is not an entry, or a broken one. */
export function readEntry(key: string, json: string): KeptEntry | undefined {
  const [kind, id, more] = key.slice(KEY_PREFIX.length).split(":");
  if (!isKind(kind) || id === undefined || more !== undefined || !ID.test(id)) return undefined;
  try {
    const value = readers[kind](JSON.parse(json));
    return value === undefined ? undefined : {kind, id, value};
  } catch {
    return undefined;
  }
}

/** All entries in the order of their keys; an unsaved one replaces the stored one of its key. */
export const mergeEntries = (stored: ReadonlyMap<string, string>, unsaved: ReadonlyMap<string, string>): KeptEntry[] =>
  [...new Map([...stored, ...unsaved])]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, json]) => readEntry(key, json) ?? []);
