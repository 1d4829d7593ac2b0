import MiniSearch, {type Query, type SearchResult} from "minisearch";
import {type Entry, type Group, groups} from "./entry.ts";
import {type Asked, asked, rawWords, stemmed, stemOf, wordsOf} from "./normalize.ts";

/** A place that was found, and which of the index's words led to it. */
export interface Hit {
  entry: Entry;
  words: ReadonlySet<string>;
}

export interface Found {
  /** Groups in the order of their best hit, the hits of each from the best. */
  groups: readonly {group: Group; hits: readonly Hit[]}[];
  /** How many there are in all; `groups` has the best of them. */
  count: number;
  shown: number;
}

export interface Index {
  find(query: string): Found;
  /** Words of the site that are spelled nearly like those of a query that found nothing, the nearest first. */
  near(query: string): string[];
}

const boost = {title: 5, names: 6, place: 0.7, text: 1};

/** How much a group's entries count: short texts would otherwise stand before the chapters they belong to. */
const weight: Readonly<Record<Group, number>> = {
  Chapters: 1,
  Widgets: 0.9,
  Glossary: 1,
  Paper: 0.7,
  Engine: 0.15,
  Pages: 0.5,
};
/** A list of works or numbers says little of what it names, and a summary less than what it sums up. */
const weightOf = ({group, address}: Entry) =>
  weight[group] * (/#((ref|work|number|slip)-|can-you$|takeaway$)/.test(address) ? 0.5 : 1);

/** How many of a group are shown. */
const MOST = 6;

/** Edits that a word may be away: none for short ones and numbers, two from eight letters on. */
const edits = (word: string) => (/\d/.test(word) || word.length < 4 ? false : word.length < 8 ? 1 : 2);

/** A word, its other forms and what else stands for it: any of them will do. */
function anyOf({word, stem, also}: Asked, isNear: boolean): Query {
  // A letter or a number is itself, and no beginning of another.
  const leaf = {queries: [word], prefix: word.length > 1 && !/^\d+$/.test(word), fuzzy: isNear && edits(word)};
  const others = [
    stemmed(stem),
    ...(stem === word ? [] : [{queries: [stem], prefix: false}]),
    ...(also.length ? [{combineWith: "AND" as const, queries: [...also]}] : []),
  ];
  return {combineWith: "OR", queries: [leaf, ...others]};
}

/**
 * An index of these entries, made here and in short turns: the entries alone are half of what they and a ready index would
 * weigh on the way.
 */
export async function indexOf(entries: readonly Entry[]): Promise<Index> {
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
  /** Titles, and each of the other names, as a query would say them. */
  const titles = entries.map(({title}) => spell(asked(title)));
  const called = entries.map(({names}) => [names, ...names.split(/,? /)].map((name) => spell(asked(name))));
  const likeness = (id: number, whole: string) => {
    if (titles[id] === whole) return entries[id]!.group === "Engine" ? 2 : 6;
    return called[id]!.includes(whole) ? 3 : 1;
  };
  await index.addAllAsync(
    entries.map((entry, id) => ({...entry, id})),
    {chunkSize: 30},
  );

  const search = (words: readonly Asked[], combineWith: "AND" | "OR", isNear = false) =>
    index.search({combineWith, queries: words.map((word) => anyOf(word, isNear))});

  /** As it is spelled; or else nearly so; or else any of the words. */
  function results(words: readonly Asked[]): SearchResult[] {
    const exact = search(words, "AND");
    if (exact.length) return exact;
    const near = search(words, "AND", true);
    return near.length || words.length === 1 ? near : search(words, "OR", true);
  }

  function find(query: string): Found {
    const words = asked(query);
    if (!words.length) return {groups: [], count: 0, shown: 0};
    const whole = spell(words);
    const hits = results(words)
      .map((result) => ({...result, score: result.score * likeness(result.id, whole)}))
      .sort((a, b) => b.score - a.score)
      .map(({id, terms}) => ({entry: entries[id]!, words: telling(terms)}));
    const inGroups = groups
      .map((group) => ({group, hits: hits.filter(({entry}) => entry.group === group)}))
      .filter(({hits}) => hits.length)
      .sort((a, b) => hits.indexOf(a.hits[0]!) - hits.indexOf(b.hits[0]!))
      .map(({group, hits}) => ({group, hits: hits.slice(0, MOST)}));
    return {groups: inGroups, count: hits.length, shown: inGroups.reduce((sum, {hits}) => sum + hits.length, 0)};
  }

  function near(query: string): string[] {
    const words = asked(query).filter(({word}) => !/\d/.test(word) && word.length > 2);
    const found = words.flatMap(({word}) => index.search(word, {fuzzy: 0.4}).slice(0, 20));
    return [...new Set(found.flatMap(({terms}) => terms))].filter((word) => /^\p{L}+$/u.test(word)).slice(0, 4);
  }

  return {find, near};
}

/** A digit beside a word is everywhere, and marks nothing. */
const telling = (terms: readonly string[]) =>
  new Set(terms.some((term) => term.length > 1) ? terms.filter((term) => !/^\d$/.test(term)) : terms);

const spell = (words: readonly Asked[]): string => stemOf(words.map(({word}) => word).join(""));
