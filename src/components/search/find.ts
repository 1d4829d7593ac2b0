import MiniSearch, {type Query, type SearchResult} from "minisearch";
import {type Entry, type Group, groups} from "./entry.ts";
import {type QueryWord, queryWords, rawWords, stemmed, stemOf, wordsOf} from "./normalize.ts";

/** A place that was found, and the words of the index that matched. */
export interface Hit {
  entry: Entry;
  words: ReadonlySet<string>;
}

export interface Found {
  /** Groups in the order of their best hit, and in each the hits from best to worst. */
  groups: readonly {group: Group; hits: readonly Hit[]}[];
  /** How many hits there are; `groups` holds only the `shown` best. */
  count: number;
  shown: number;
}

export interface Index {
  find(query: string): Found;
  /** Words of the site with nearly the same spelling as those of a query, nearest first. */
  suggest(query: string): string[];
}

const boost = {title: 5, names: 6, place: 0.7, text: 1};

/** How much the entries of a group count. Otherwise short texts would come before the chapters they belong to. */
const weight: Readonly<Record<Group, number>> = {
  Chapters: 1,
  Widgets: 0.9,
  Glossary: 1,
  Paper: 0.7,
  Engine: 0.15,
  Pages: 0.5,
};
/** Lists of works or numbers say little about what they name, and a summary says less than its section: these count half. */
const weightOf = ({group, address}: Entry) =>
  weight[group] * (/#((ref|work|number|slip)-|can-you$|takeaway$)/.test(address) ? 0.5 : 1);

/** How many hits of a group are shown. */
const MOST = 6;

/** How many typing errors a word may have: none in short words and numbers, two from eight letters on. */
const edits = (word: string) => (/\d/.test(word) || word.length < 4 ? false : word.length < 8 ? 1 : 2);

/** Finds a word, one of its other forms, or another expression for it. */
function anyOf({word, stem, also}: QueryWord, isNear: boolean): Query {
  // A single letter or a number does not match as the beginning of a longer one.
  const leaf = {queries: [word], prefix: word.length > 1 && !/^\d+$/.test(word), fuzzy: isNear && edits(word)};
  const others = [
    stemmed(stem),
    ...(stem === word ? [] : [{queries: [stem], prefix: false}]),
    ...(also.length ? [{combineWith: "AND" as const, queries: [...also]}] : []),
  ];
  return {combineWith: "OR", queries: [leaf, ...others]};
}

/** How much more an entry counts when its title, or another of its names, is the whole query. */
function nameBoost(entries: readonly Entry[]) {
  const titles = entries.map(({title}) => spell(queryWords(title)));
  const names = entries.map((entry) =>
    [entry.names, ...entry.names.split(/,? /)].map((name) => spell(queryWords(name))),
  );
  return (id: number, query: string) => {
    if (titles[id] === query) return entries[id]!.group === "Engine" ? 2 : 6;
    return names[id]!.includes(query) ? 3 : 1;
  };
}

/**
 * Builds the index of these entries, in short turns so that the page stays responsive. A ready-made index would double the
 * download.
 */
export async function buildIndex(entries: readonly Entry[]): Promise<Index> {
  const index = new MiniSearch<Entry & {id: number}>({
    fields: Object.keys(boost),
    tokenize: (text) => rawWords(text).flatMap(({text}) => wordsOf(text)),
    processTerm: (word) => word,
    searchOptions: {
      boost,
      tokenize: (word) => [word],
      weights: {prefix: 0.5, fuzzy: 0.3},
      boostDocument: (id) => weightOf(entries[id as number]!),
    },
  });
  const boostOf = nameBoost(entries);
  await index.addAllAsync(
    entries.map((entry, id) => ({...entry, id})),
    {chunkSize: 30},
  );

  const search = (words: readonly QueryWord[], combineWith: "AND" | "OR", isNear = false) =>
    index.search({combineWith, queries: words.map((word) => anyOf(word, isNear))});

  /** Exact matches of all words; failing that, near matches; failing that, near matches of any word. */
  function results(words: readonly QueryWord[]): SearchResult[] {
    const exact = search(words, "AND");
    if (exact.length) return exact;
    const near = search(words, "AND", true);
    return near.length || words.length === 1 ? near : search(words, "OR", true);
  }

  function find(query: string): Found {
    const words = queryWords(query);
    if (!words.length) return {groups: [], count: 0, shown: 0};
    const whole = spell(words);
    const hits = results(words)
      .map((result) => ({...result, score: result.score * boostOf(result.id, whole)}))
      .sort((a, b) => b.score - a.score)
      .map(({id, terms}) => ({entry: entries[id]!, words: marking(terms)}));
    const inGroups = groups
      .map((group) => ({group, hits: hits.filter(({entry}) => entry.group === group)}))
      .filter(({hits}) => hits.length)
      .sort((a, b) => hits.indexOf(a.hits[0]!) - hits.indexOf(b.hits[0]!))
      .map(({group, hits}) => ({group, hits: hits.slice(0, MOST)}));
    return {groups: inGroups, count: hits.length, shown: inGroups.reduce((sum, {hits}) => sum + hits.length, 0)};
  }

  function suggest(query: string): string[] {
    const words = queryWords(query).filter(({word}) => !/\d/.test(word) && word.length > 2);
    const found = words.flatMap(({word}) => index.search(word, {fuzzy: 0.4}).slice(0, 20));
    return [...new Set(found.flatMap(({terms}) => terms))].filter((word) => /^\p{L}+$/u.test(word)).slice(0, 4);
  }

  return {find, suggest};
}

/** Leaves out single digits next to a word: they match almost everywhere. */
const marking = (terms: readonly string[]) =>
  new Set(terms.some((term) => term.length > 1) ? terms.filter((term) => !/^\d$/.test(term)) : terms);

const spell = (words: readonly QueryWord[]): string => stemOf(words.map(({word}) => word).join(""));
