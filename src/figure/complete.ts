import type {AnyWidget, Complete} from "./widget.ts";

export const isComplete = (w: AnyWidget): w is Complete => !w.full;

/**
 * Loads what only the full size of a widget shows and adds it to the widget, for all its figures on a page. Loads nothing
 * the second time.
 */
export async function complete(w: AnyWidget): Promise<Complete> {
  if (isComplete(w)) return w;
  const rest = (await w.full!()).default;
  return Object.assign(w, rest, {full: undefined}) as Complete;
}
