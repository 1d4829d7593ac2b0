/** Words that the worker and the page of the inspector share. */

/** An error of the engine → a sentence for the page: without the name of the part that threw it, with a full stop. */
export function sentenceFrom(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/^[\w.]+: /, "");
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?]$/.test(whole) ? whole : `${whole}.`;
}
