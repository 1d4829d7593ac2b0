/** Words that the worker and the page of the inspector share. */

import {capital} from "./format.ts";

/** An error of the engine → a sentence for the page: without the name of the part that threw it, with a full stop. */
export function sentenceFrom(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/^[\w.]+: /, "");
  const whole = capital(text);
  return /[.?]$/.test(whole) ? whole : `${whole}.`;
}
