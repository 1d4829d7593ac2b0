import {fileOn} from "./addressOn.ts";
import {type Packed, unpack} from "./entry.ts";
import {type Index, indexOf} from "./find.ts";

let index: Promise<Index> | undefined;
let tries = 0;

/**
 * The index of the site, loaded once. A module and no JSON: pages on which readers run programs may connect to nothing,
 * but they load scripts of their own site. Rejects where it did not come; asked again, it is loaded again.
 */
export function loadIndex(page: Document, version: string): Promise<Index> {
  index ??= load(page, version).catch((error: unknown) => {
    index = undefined;
    throw error;
  });
  return index;
}

async function load(page: Document, version: string): Promise<Index> {
  // A browser may remember that a module failed, by its whole address.
  const again = tries++ ? `&try=${tries}` : "";
  const url = fileOn(page, `search/entries.js?v=${version}${again}`);
  const {default: packed} = (await import(/* @vite-ignore */ url)) as {default: readonly Packed[]};
  return indexOf(packed.map(unpack));
}
