/**
 * Searches with Pagefind in a worker of the page. A worker has the policy of its own file, so pages on which readers run programs
 * go on connecting to nothing.
 */
import {beginnings, kindWeights, normalizedName, respell, type SearchKind} from "./query.ts";

/** A query of the page. `folder` is the address of Pagefind's files. */
export interface SearchRequest {
  id: number;
  folder: string;
  query: string;
}

/** A place that was found. `address` starts at the site's root, and `excerpt` has its matches between `<mark>` and `</mark>`. */
export interface Hit {
  address: string;
  title: string;
  place: string;
  names: string;
  excerpt: string;
}

/** The hits of a query. */
export interface SearchResults {
  /** Groups in the order of their best hit, and in each the hits from best to worst. */
  groups: readonly {kind: SearchKind; hits: readonly Hit[]}[];
  /** How many hits there are; `groups` holds only the best. */
  count: number;
}

/** The answer to a question; without `found` the index did not load. */
export interface SearchAnswer {
  id: number;
  found?: SearchResults;
}

/** The part of Pagefind's API used here. */
interface Pagefind {
  options(options: object): Promise<void>;
  search(query: string | null, options: {filters: object}): Promise<{results: readonly Result[]}>;
}
interface Result {
  id: string;
  score: number;
  data(): Promise<Data>;
}
interface Data {
  url: string;
  content: string;
  excerpt: string;
  plain_excerpt: string;
  meta: Readonly<Record<string, string>>;
}

/** How many hits of a group are shown. */
const MAX_HITS_SHOWN = 6;
/** Milliseconds without a further letter before a query is searched for. */
const PAUSE = 80;
/** Pagefind's weights: titles and symbols count most, a word that only begins like one of the query counts little. */
const ranking = {termSimilarity: 3, pageLength: 0.5, metaWeights: {title: 8, names: 8, place: 0.3}};
/** The score of a place whose name is the whole query is multiplied by this. */
const NAME_FACTOR = 3;
/** A best score below this means that no page has the word, and Pagefind found a much shorter one. */
const LEAST_SCORE = 2;

let pagefindLoading: Promise<Pagefind> | undefined;
let latestId = 0;

/** Loads Pagefind from its folder. */
async function loadPagefind(folder: string): Promise<Pagefind> {
  const address = `${folder}pagefind.js`;
  const pagefind: Pagefind = await import(/* @vite-ignore */ address);
  await pagefind.options({basePath: folder, baseUrl: "/", excerptLength: 24, ranking});
  return pagefind;
}

/** A record of Pagefind's as a hit, with dots where its excerpt leaves out text. */
function hitOf({url, content, excerpt, plain_excerpt: plain, meta}: Data): Hit {
  const [before, after] = [content.startsWith(plain) ? "" : "…", content.endsWith(plain) ? "" : "…"];
  const {title = "", place = "", names = ""} = meta;
  return {address: url.slice(1), title, place, names, excerpt: before + excerpt + after};
}

/** The hits for a query, in groups, both from best to worst. */
async function search(pagefind: Pagefind, words: string) {
  const name = normalizedName(words);
  const nameMatches = new Set((await pagefind.search(null, {filters: {name}})).results.map((result) => result.id));
  const groups = [];
  for (const [kind, weight] of Object.entries(kindWeights)) {
    const {results} = await pagefind.search(words, {filters: {kind}});
    const hits = results
      .map((result) => ({result, score: result.score * weight * (nameMatches.has(result.id) ? NAME_FACTOR : 1)}))
      .sort((a, b) => b.score - a.score);
    if (hits.length) groups.push({kind: kind as SearchKind, hits});
  }
  return groups.sort((a, b) => b.hits[0]!.score - a.hits[0]!.score);
}

/** What a query finds; undefined when another query has come meanwhile. */
async function find({id, folder, query}: SearchRequest): Promise<SearchResults | undefined> {
  pagefindLoading ??= loadPagefind(folder);
  const pagefind = await pagefindLoading;
  const words = respell(query);
  let groups = await search(pagefind, words);
  if (!groups[0] || groups[0].hits[0]!.score < LEAST_SCORE) groups = await search(pagefind, beginnings(words));
  if (id !== latestId) return undefined;
  const shownGroups = groups.map(async ({kind, hits}) => ({
    kind,
    hits: await Promise.all(hits.slice(0, MAX_HITS_SHOWN).map(async ({result}) => hitOf(await result.data()))),
  }));
  return {groups: await Promise.all(shownGroups), count: groups.reduce((sum, {hits}) => sum + hits.length, 0)};
}

addEventListener("message", async ({data}: MessageEvent<SearchRequest>) => {
  latestId = data.id;
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  if (data.id !== latestId) return;
  try {
    const found = await find(data);
    if (found) postMessage({id: data.id, found} satisfies SearchAnswer);
  } catch {
    postMessage({id: data.id} satisfies SearchAnswer);
  }
});
