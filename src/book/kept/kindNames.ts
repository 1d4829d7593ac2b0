import {START} from "../quiz/guessStart.ts";
import type {KeptEntry} from "./entries.ts";

/** The names of a kind of entry, and how to write one of its values for the reader. */
interface KindNames {
  title: string;
  one: string;
  many: string;
  text(value: unknown): string;
}

/** A day counted from 1 January 1970, written in the reader's own language. */
const date = (day: number): string =>
  new Date(day * 86_400_000).toLocaleDateString(undefined, {dateStyle: "medium", timeZone: "UTC"});

/** What the reader gave as an answer or a prediction. */
const givenText = (value: unknown): string => showInvisible((value as {given: string}).given);

/** The methods of the figure `predict`, in the words of its form. */
const methods = new Map(
  Object.entries({
    last: "the last layer",
    random: "a random share",
    biases: "only the biases",
    layers: "new small layers",
    prompt: "extra prompt vectors",
    lowrank: "a low-rank change to attention",
  }),
);

/** A guess of the figure `predict` (figureGuess.ts) in words: "lowrank 7.3 25" → the method, the count of parameters, given as a power of ten, and the added time. */
function guessText(value: unknown): string {
  const [method, power, percent] = givenText(value).split(" ");
  if (percent === undefined) return givenText(value);
  return [
    methods.get(method!) ?? (method === "unsure" ? "not sure" : method),
    ...(power === START.count
      ? []
      : [`${Number((10 ** Number(power)).toPrecision(2)).toLocaleString()} trained parameters`]),
    ...(percent === START.latency ? [] : [`${percent}% added time`]),
  ].join(", ");
}

/** The kinds in the order of the progress page. */
const names: Readonly<Record<string, KindNames>> = {
  prediction: {
    title: "Predictions",
    one: "prediction",
    many: "predictions",
    text: (value) => (/^[a-z]+ [\d.]+ \d+$/.test(givenText(value)) ? guessText(value) : givenText(value)),
  },
  answer: {
    title: "Answers",
    one: "answer",
    many: "answers",
    text: (value) => `${givenText(value)} (${(value as {right: boolean}).right ? "right" : "not right yet"})`,
  },
  words: {title: "In your own words", one: "text", many: "texts", text: String},
  draft: {title: "Drafts of exercises", one: "draft", many: "drafts", text: String},
  review: {
    title: "Cards and their grades",
    one: "grade",
    many: "grades",
    text(value) {
      const {on, gap} = value as {on: number; gap: number};
      return `graded on ${date(on)}, again on ${date(on + gap)}`;
    },
  },
  chapter: {title: "Chapters", one: "chapter mark", many: "chapter marks", text: String},
};

/** The names of a kind. A kind without any, from a later version of the site, goes by its key. */
export const namesOfKind = (kind: string): KindNames =>
  names[kind] ?? {title: kind, one: `${kind} entry`, many: `${kind} entries`, text: (value) => JSON.stringify(value)};

/** "1 answer", "12 answers". */
export const countedEntries = (kind: string, n: number): string => {
  const {one, many} = namesOfKind(kind);
  return `${n} ${n === 1 ? one : many}`;
};

/** "3 chapter marks, 1 prediction and 12 answers", in the order of the progress page; "nothing" for no entries. */
export function countedAll(entries: readonly KeptEntry[]): string {
  const parts = kindsOf(entries).map((kind) =>
    countedEntries(kind, entries.filter((entry) => entry.kind === kind).length),
  );
  if (parts.length < 2) return parts[0] ?? "nothing";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** The kinds among these entries: chapters first, then in the order of the names above, then unknown ones. */
export function kindsOf(entries: readonly KeptEntry[]): KeptEntry["kind"][] {
  const order = ["chapter", ...Object.keys(names)];
  const place = (kind: string) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return [...new Set(entries.map(({kind}) => kind))].sort((a, b) => place(a) - place(b));
}

/** Replaces characters that are invisible, look like a space or reverse the order of others by their code points: "⟨U+200B⟩". */
export const showInvisible = (text: string): string =>
  text.replace(
    /(?![\t ])[\p{Cc}\p{Cf}\p{Zs}\p{Default_Ignorable_Code_Point}\u2800]/gu,
    (sign) => `⟨U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
