import {trustedUrl} from "../../shell/trustedUrl.ts";
import {type Packed, unpack} from "./entry.ts";
import {buildIndex, type Index} from "./find.ts";
import {fileUrl} from "./siteUrls.ts";

/** The global variable in which the index file leaves its entries (src/make/search/searchIndex.ts). */
interface Loaded {
  loraEntries?: readonly Packed[] | undefined;
}

let index: Promise<Index> | undefined;

/**
 * Loads the index of the site, once. It is a classic script and neither a module nor JSON, because pages on which readers run
 * programs may not connect anywhere, and a page opened from a disk may load nothing else. Rejects when it does not load; the
 * next call tries again.
 */
export function loadIndex(page: Document, version: string): Promise<Index> {
  index ??= load(page, version).catch((error: unknown) => {
    index = undefined;
    throw error;
  });
  return index;
}

async function load(page: Document, version: string): Promise<Index> {
  const script = page.createElement("script");
  script.src = trustedUrl(fileUrl(page, `search/entries.js?v=${version}`));
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    page.head.append(script);
  }).finally(() => script.remove());
  const loaded = globalThis as Loaded;
  const packed = loaded.loraEntries;
  loaded.loraEntries = undefined;
  // A host may answer with a page of its own instead of the file.
  if (!packed) throw new Error("search/entries.js left no entries");
  return buildIndex(unpack(packed));
}
