import {type Packed, unpack} from "./entry.ts";
import {type Index, indexOf} from "./find.ts";
import {fileOn} from "./siteUrls.ts";

/** Where the file of the index leaves what it holds (searchIndex.ts). */
interface Left {
  loraEntries?: readonly Packed[] | undefined;
}

let index: Promise<Index> | undefined;

/**
 * The index of the site, loaded once. A classic script, no module and no JSON: pages on which readers run programs may connect
 * to nothing, and a page on a disk may load nothing else. Rejects where it did not come; asked again, it is loaded again.
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
  script.src = fileOn(page, `search/entries.js?v=${version}`);
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    page.head.append(script);
  }).finally(() => script.remove());
  const left = globalThis as Left;
  const packed = left.loraEntries;
  left.loraEntries = undefined;
  // A host may answer with a page of its own in place of a file.
  if (!packed) throw new Error("search/entries.js left no entries");
  return indexOf(packed.map(unpack));
}
