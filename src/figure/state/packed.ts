/** A state packed into one word for an address, and read back. */
import {fromBase64Url, toBase64Url} from "./base64Url.ts";

/** The most characters of a packed state. */
export const MAX_PACKED_LENGTH = 2048;

/** A state as one word for an address, base64url of its JSON in UTF-8: `{r: 8}` → `eyJ2IjoxLCJzdGF0ZSI6eyJyIjo4fX0`. */
export function pack(state: Readonly<Record<string, unknown>>): string {
  const bytes = new TextEncoder().encode(JSON.stringify({v: 1, state}));
  return toBase64Url(bytes);
}

/** Whether a value is an object and no array. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Why a text cannot be a packed state, as part of a sentence; undefined if it can. */
function problemOf(text: string): string | undefined {
  if (text.length > MAX_PACKED_LENGTH)
    return `it has ${text.length.toLocaleString("en-US")} characters, and at most ${MAX_PACKED_LENGTH.toLocaleString("en-US")} were due`;
  return /^[\w-]*$/.test(text) ? undefined : "it has characters that base64url has not";
}

/** The reverse of `pack`, for text from anywhere. The widget still has to check the values in it. */
export function unpack(text: string): {state: Readonly<Record<string, unknown>>; notes: readonly string[]} {
  const refuse = (why: string) => ({
    state: {},
    notes: [`The state in s could not be read: ${why}. The figure starts without it.`],
  });
  const problem = problemOf(text);
  if (problem) return refuse(problem);
  try {
    const packed: unknown = JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(fromBase64Url(text)));
    if (!isRecord(packed) || !isRecord(packed.state)) return refuse("no state is in it");
    if (packed.v !== 1) return refuse("it is of another version");
    return {state: packed.state, notes: []};
  } catch {
    return refuse("it is cut off or damaged");
  }
}
