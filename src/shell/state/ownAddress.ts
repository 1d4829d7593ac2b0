import type {AnyParams, Controls} from "../controls.ts";
import {differences} from "../parse.ts";

/** Keeps the page's address equal to the state, without a history entry a step. */
export function keepAddress(controls: Controls, params: AnyParams) {
  const url = new URL(location.href);
  // A packed state would hold what is at its default again.
  for (const name of [...Object.keys(controls), "s"]) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(differences(controls, params))) url.searchParams.set(name, value);
  try {
    history.replaceState(history.state, "", url);
  } catch {
    // A page opened from a file may not change its address; the state stays in the form.
  }
}
