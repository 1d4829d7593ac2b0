/** Kept entries in words: the names of their kinds, and their values. */
import {SLIDER_STARTS} from "../quiz/figureGuess.ts";
import type {KeptEntry, KeptKind, KeptValues} from "./entries.ts";

/** The names of a kind of entry, and how to write one of its values for the reader. */
interface KindNames<Value> {
  title: string;
  one: string;
  many: string;
  text(value: Value): string;
}

/** A day counted from 1 January 1970, written in the reader's own language. */
const dateText = (day: number): string =>
  new Date(day * 86_400_000).toLocaleDateString(undefined, {dateStyle: "medium", timeZone: "UTC"});

/** The strategies of the figure `predict`, in words like those of its form. */
const strategies = new Map(
  Object.entries({
    last: "the last layer",
    random: "a random share",
    biases: "only the biases",
    layers: "new small layers",
    prompt: "extra prompt vectors",
    lowrank: "a low-rank change to attention",
    unsure: "not sure",
  }),
);

/**
 * A prediction in words. A guess of the figure `predict`, "lowrank 7.3 25", is a strategy, a count as a power of ten and a
 * percentage. A slider that was not moved is no guess.
 */
function predictionText(given: string): string {
  const [, strategy, power, percent] = /^([a-z]+) ([\d.]+) (\d+)$/.exec(given) ?? [];
  if (strategy === undefined) return showInvisible(given);
  return [
    strategies.get(strategy) ?? strategy,
    ...(power === SLIDER_STARTS.count
      ? []
      : [`${Number((10 ** Number(power)).toPrecision(2)).toLocaleString()} trained parameters`]),
    ...(percent === SLIDER_STARTS.latency ? [] : [`${percent}% added time`]),
  ].join(", ");
}

/** The names of each kind, in the order of the progress page. */
export const kindNames: {readonly [K in KeptKind]: KindNames<KeptValues[K]>} = {
  chapter: {title: "Chapters", one: "chapter mark", many: "chapter marks", text: String},
  prediction: {title: "Predictions", one: "prediction", many: "predictions", text: ({given}) => predictionText(given)},
  answer: {
    title: "Answers",
    one: "answer",
    many: "answers",
    text: ({given, right}) => `${showInvisible(given)} (${right ? "right" : "not right yet"})`,
  },
  words: {title: "In your own words", one: "text", many: "texts", text: String},
  draft: {title: "Drafts of exercises", one: "draft", many: "drafts", text: String},
  review: {
    title: "Cards and their grades",
    one: "grade",
    many: "grades",
    text: ({on, gap}) => `graded on ${dateText(on)}, again on ${dateText(on + gap)}`,
  },
};

/** The value of an entry in words. */
export const valueText = ({kind, value}: KeptEntry): string =>
  (kindNames[kind] as KindNames<KeptEntry["value"]>).text(value);

/** "1 answer", "12 answers". */
export const countedEntries = (kind: KeptKind, n: number): string =>
  `${n} ${n === 1 ? kindNames[kind].one : kindNames[kind].many}`;

/** The kinds among these entries, in the order of the progress page. */
export const kindsOf = (entries: readonly KeptEntry[]): KeptKind[] =>
  (Object.keys(kindNames) as KeptKind[]).filter((kind) => entries.some((entry) => entry.kind === kind));

/** "3 chapter marks, 1 prediction and 12 answers", in the order of the progress page; "nothing" for no entries. */
export function countedAll(entries: readonly KeptEntry[]): string {
  const counts = kindsOf(entries).map((kind) =>
    countedEntries(kind, entries.filter((entry) => entry.kind === kind).length),
  );
  return new Intl.ListFormat("en-GB").format(counts) || "nothing";
}

/** Replaces characters that are invisible, look like a space (other than a tab and the plain space) or reverse the order of others by their code points: "⟨U+200B⟩". */
export const showInvisible = (text: string): string =>
  text.replace(
    /(?![\t ])[\p{Cc}\p{Cf}\p{Zs}\p{Default_Ignorable_Code_Point}\u2800]/gu,
    (sign) => `⟨U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
