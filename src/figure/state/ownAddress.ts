import type {AnyParams, Controls} from "../controls.ts";
import {differences} from "../parse.ts";

/** Keeps the page's address equal to the state, without adding to the history. */
export function keepAddress(controls: Controls, params: AnyParams) {
  const url = new URL(location.href);
  // `s` too: a packed state may hold values that are at their defaults again.
  for (const name of [...Object.keys(controls), "s"]) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(differences(controls, params))) url.searchParams.set(name, value);
  try {
    history.replaceState(history.state, "", url);
  } catch {
    // A page opened from a disk cannot change its address. The state stays in the form.
  }
}
