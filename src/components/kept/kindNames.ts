import type {Entry} from "./entries.ts";

/** How a kind of what is kept is called, and how one of it reads. */
interface Called {
  title: string;
  one: string;
  many: string;
  text(value: unknown): string;
}

/** A day counted from 1 January 1970, as the reader's own language writes it. */
const date = (day: number): string =>
  new Date(day * 86_400_000).toLocaleDateString(undefined, {dateStyle: "medium", timeZone: "UTC"});

const given = (value: unknown): string => (value as {given: string}).given;

/** The ways of the figure `predict`, as its form names them. */
const ways: Readonly<Record<string, string>> = {
  last: "the last layer",
  random: "a random share",
  biases: "only the biases",
  layers: "new small layers",
  prompt: "extra prompt vectors",
  lowrank: "a low-rank change to attention",
};

/** "skipped", or "lowrank 7.3 25": the way, the power of ten of the count, and the percent of added time (figureGuess.ts). */
function guess(value: unknown): string {
  const [way, power, percent] = given(value).split(" ");
  if (percent === undefined) return given(value);
  return `${ways[way!] ?? way}, ${Number((10 ** Number(power)).toPrecision(2)).toLocaleString()} trained numbers, ${percent}% added time`;
}

const called: Readonly<Record<string, Called>> = {
  prediction: {
    title: "Predictions",
    one: "prediction",
    many: "predictions",
    text: (value) => (/^[a-z]+ [\d.]+ \d+$/.test(given(value)) ? guess(value) : given(value)),
  },
  answer: {
    title: "Answers",
    one: "answer",
    many: "answers",
    text: (value) => `${given(value)} (${(value as {right: boolean}).right ? "right" : "not right yet"})`,
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

/** What a kind is called. One that a later part of the site keeps goes by its own name. */
export const calledOf = (kind: string): Called =>
  called[kind] ?? {title: kind, one: `${kind} entry`, many: `${kind} entries`, text: (value) => JSON.stringify(value)};

/** "1 answer", "12 answers". */
export const counted = (kind: string, n: number): string => {
  const {one, many} = calledOf(kind);
  return `${n} ${n === 1 ? one : many}`;
};

/** "3 chapters, 1 prediction and 12 answers", in the order of the page; "nothing" where there is none. */
export function countedAll(entries: readonly Entry[]): string {
  const parts = kindsOf(entries).map((kind) => counted(kind, entries.filter((entry) => entry.kind === kind).length));
  if (parts.length < 2) return parts[0] ?? "nothing";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** The kinds that are there: chapters first, then as they are named above, then others. */
export function kindsOf(entries: readonly Entry[]): Entry["kind"][] {
  const order = ["chapter", ...Object.keys(called)];
  const place = (kind: string) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return [...new Set(entries.map(({kind}) => kind))].sort((a, b) => place(a) - place(b));
}
