import {type Generation, isGeneration, LIST} from "../hosting/generation.ts";
import {integrityOf, isVersionFiles, pinnedFile, pinnedList, type VersionFiles} from "../hosting/pinned.ts";
import type {Ask} from "./fetchSite.ts";

/** A version that pages may pin, as the host has it. */
export interface Pinned {
  version: string;
  /** How many files its module loads. */
  needs: number;
  /** Files that are not there, and those whose bytes are not the ones that the list promises; paths below the root. */
  missing: string[];
  changed: string[];
}

/** What a site says it keeps, compared with what the host has. */
export interface Kept {
  /** How many files the version on the host lists as its own, and how many of the version before. */
  listed: number;
  former: number;
  /** Those that the host does not have. */
  missing: string[];
  pinned: Pinned[];
}

/** Requests at the same time: enough for some hundred files in seconds, and few enough for any host. */
const AT_ONCE = 8;

/** Those of the paths below `home` that the host does not have. */
async function missingOf(home: string, paths: readonly string[], request: Ask): Promise<string[]> {
  const missing: string[] = [];
  const waiting = [...paths];
  const work = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const head = await request(home + path, "HEAD");
      // Some hosts know no HEAD.
      const {status} = [405, 501].includes(head.status) ? await request(home + path) : head;
      if (status !== 200) missing.push(path);
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, work));
  return missing.sort();
}

function parsed<T>(text: string, isOf: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isOf(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function fetchPinned(home: string, version: string, request: Ask): Promise<Pinned> {
  const list = await request(home + pinnedList(version));
  const files: VersionFiles | undefined = list.status === 200 ? parsed(list.text, isVersionFiles) : undefined;
  if (!files) return {version, needs: 0, missing: [pinnedList(version)], changed: []};
  const missing = await missingOf(home, files.needs, request);
  const changed: string[] = [];
  for (const [name, integrity] of Object.entries(files.integrity)) {
    const path = pinnedFile(version, name);
    const {status, text} = await request(home + path);
    if (status !== 200) missing.push(path);
    else if (integrityOf(text) !== integrity) changed.push(path);
  }
  return {version, needs: files.needs.length, missing, changed};
}

/** Asks for every file that the site's list names; undefined if the site has no list. */
export async function fetchKept(home: string, request: Ask): Promise<Kept | undefined> {
  const answer = await request(home + LIST);
  const list: Generation | undefined = answer.status === 200 ? parsed(answer.text, isGeneration) : undefined;
  if (!list) return undefined;
  const {files, kept = [], versions = []} = list;
  const missing = await missingOf(home, [...files, ...kept], request);
  const pinned: Pinned[] = [];
  for (const version of versions) pinned.push(await fetchPinned(home, version, request));
  return {listed: files.length, former: kept.length, missing, pinned};
}
