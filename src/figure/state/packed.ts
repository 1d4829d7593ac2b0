/** The most characters of a packed state. */
export const MOST_PACKED = 2048;

/** Bytes as text that needs no escapes in an address. */
export const toBase64Url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

/** The reverse. Throws for other text. */
export const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

/** A state as one word for an address, base64url of its JSON in UTF-8: `{r: 8}` → `eyJ2IjoxLCJzdGF0ZSI6eyJyIjo4fX0`. */
export const pack = (state: Readonly<Record<string, unknown>>): string =>
  toBase64Url(new TextEncoder().encode(JSON.stringify({v: 1, state})));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function problemOf(text: string): string | undefined {
  if (text.length > MOST_PACKED)
    return `it has ${text.length.toLocaleString("en-US")} characters, and at most 2,048 were due`;
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
