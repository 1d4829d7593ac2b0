import {type Loader, loader} from "./loader.ts";
import type {AnyWidget, Complete} from "./widget.ts";

const loaders = new WeakMap<AnyWidget, Loader<{default: Partial<Complete>}>>();

export const isComplete = (w: AnyWidget): w is Complete => !w.full;

/**
 * Adds to a widget what only its full size shows, for all figures of that widget on a page. There is nothing to wait for where
 * it has it already; `again` as in `Loader`.
 */
export async function complete(w: AnyWidget, again?: boolean): Promise<Complete> {
  if (isComplete(w)) return w;
  const load = loaders.get(w) ?? loader(w.full!);
  loaders.set(w, load);
  const rest = (await load(again)).default;
  return Object.assign(w, rest, {full: undefined}) as Complete;
}
