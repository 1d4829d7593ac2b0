import type {AnyWidget, Complete} from "./widget.ts";

export const isComplete = (w: AnyWidget): w is Complete => !w.full;

/**
 * Adds to a widget what only its full size shows, for all figures of that widget on a page. There is nothing to wait for where
 * it has it already.
 */
export async function complete(w: AnyWidget): Promise<Complete> {
  if (isComplete(w)) return w;
  const rest = (await w.full!()).default;
  return Object.assign(w, rest, {full: undefined}) as Complete;
}
