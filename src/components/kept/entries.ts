/** What the reader did, by kind. Everything is kept as text and read through a check. */
export interface Kept {
  /** What was answered last, and whether it was right. */
  answer: {given: string; right: boolean};
  /** What was predicted; it is never scored. */
  prediction: {given: string};
  chapter: "visited" | "finished";
  /** A chapter in the reader's own words. */
  words: string;
  /** What was written so far in an exercise: sentences, or a program. */
  draft: string;
  /** The day an item of the review was graded last (schedule.ts counts them), and the days until it comes again. */
  review: {on: number; gap: number};
}
export type Kind = keyof Kept;

/** One thing that is kept: of a kind, under the id of its question, chapter or card. */
export interface Entry {
  kind: Kind;
  id: string;
  value: Kept[Kind];
}

/** All keys begin so: the pages of one account share an origin. */
export const PREFIX = "lora-live:v1:";
const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;
const WORDS = 10_000;

const isText = (x: unknown, most: number): x is string => typeof x === "string" && x.length <= most;
const isCount = (x: unknown, most: number): x is number =>
  Number.isInteger(x) && (x as number) >= 0 && (x as number) <= most;
export const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null;

const checks: {[K in Kind]: (x: unknown) => Kept[K] | undefined} = {
  answer: (x) =>
    isRecord(x) && isText(x.given, 500) && typeof x.right === "boolean" ? {given: x.given, right: x.right} : undefined,
  prediction: (x) => (isRecord(x) && isText(x.given, 500) ? {given: x.given} : undefined),
  chapter: (x) => (x === "visited" || x === "finished" ? x : undefined),
  words: (x) => (isText(x, WORDS) ? x : undefined),
  draft: (x) => (isText(x, WORDS) ? x : undefined),
  review: (x) => (isRecord(x) && isCount(x.on, 1e6) && isCount(x.gap, 365) ? {on: x.on, gap: x.gap} : undefined),
};

/** What of a kind was not kept, for a sentence. */
export const last: Readonly<Record<Kind, string>> = {
  answer: "your last answer",
  prediction: "your prediction",
  chapter: "a chapter’s mark",
  words: "your text",
  draft: "your draft",
  review: "your last grade",
};

/** Every kind there is. */
export const kinds = Object.keys(checks) as Kind[];

const isKind = (kind: unknown): kind is Kind => typeof kind === "string" && Object.hasOwn(checks, kind);

/** The kind, id and value of one stored item, or undefined where it is none. */
export function readItem(key: string, json: string): Entry | undefined {
  const [kind, id, more] = key.slice(PREFIX.length).split(":");
  if (!isKind(kind) || id === undefined || more !== undefined || !ID.test(id)) return undefined;
  try {
    const value = checks[kind](JSON.parse(json));
    return value === undefined ? undefined : {kind, id, value};
  } catch {
    return undefined;
  }
}

export const noRoom = (what: readonly string[]): string =>
  `This device has no room left for ${what.join(" and ")}, which you have until you leave this page.`;

/** That entries could not be read, by their names; as many as a sentence holds. */
export const unread = (names: readonly string[]): string =>
  `What was kept earlier under these names could not be read and was left out: ${names.join(", ").slice(0, 200)}.`;
