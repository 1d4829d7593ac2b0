import {requestIdOf} from "./said.ts";

/** What a host may ask of a frame. */
export const asks = ["set", "get", "reset", "play", "pause", "step", "export", "focus"] as const;
export const formats = ["svg", "png", "csv", "json"] as const;

export type Ask = (typeof asks)[number];
export type Format = (typeof formats)[number];
export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;
/** A list of names may come as a list. */
export type Options = Readonly<Record<string, Value | readonly string[]>>;

interface Named {
  /** Given back in the reply, so that the host knows which one it is. */
  requestId?: string | number;
}
export interface Order extends Named {
  type: Ask;
  state: Values;
  options: Options;
  format: Format;
}
/** What was meant for us and cannot be done, in a sentence. */
export interface Refusal extends Named {
  refused: string;
}

const MOST_NAMES = 64;
/** Characters of one value: the longest that any control takes is half of it. */
const MOST_TEXT = 8192;
const name = /^[A-Za-z][\w-]{0,63}$/;

const isPlain = (it: unknown): it is Readonly<Record<string, unknown>> => {
  if (typeof it !== "object" || it === null) return false;
  const prototype = Object.getPrototypeOf(it);
  return prototype === null || prototype === Object.prototype;
};
const own = (it: Readonly<Record<string, unknown>>, key: string) => (Object.hasOwn(it, key) ? it[key] : undefined);
const oneOf = <T extends string>(list: readonly T[], it: unknown) => list.find((one) => one === it);
const isValue = (it: unknown): it is Value =>
  typeof it === "number" || typeof it === "boolean" || (typeof it === "string" && it.length <= MOST_TEXT);

const isList = (it: unknown): it is readonly string[] =>
  Array.isArray(it) && it.length <= MOST_NAMES && it.every((one) => typeof one === "string" && one.length <= 64);

/** Names with values, each of which passes; undefined for anything else. */
function named<T>(raw: unknown, passes: (it: unknown) => it is T): Readonly<Record<string, T>> | undefined {
  if (raw === undefined) return {};
  if (!isPlain(raw)) return undefined;
  const entries = Object.entries(raw);
  if (entries.length > MOST_NAMES || !entries.every(([, value]) => passes(value))) return undefined;
  // A name that no control could have is one of those that are ignored.
  return Object.fromEntries(entries.filter(([key]) => name.test(key))) as Record<string, T>;
}

/**
 * Reads what came to this window. Undefined when it was for someone else, or is nothing that could be read; what is for
 * us and cannot be done is refused. What it gives is a copy and holds no text that anyone runs or shows as HTML. Never
 * throws.
 */
export function orderOf(data: unknown): Order | Refusal | undefined {
  try {
    if (!isPlain(data) || own(data, "target") !== "lora-widget") return undefined;
    const requestId = requestIdOf(data);
    const caller: Named = requestId === undefined ? {} : {requestId};
    const refuse = (refused: string): Refusal => ({...caller, refused});
    if (own(data, "v") !== 1) return refuse("v should be 1.");
    const type = oneOf(asks, own(data, "type"));
    if (!type) return refuse(`type should be one of ${asks.join(", ")}.`);
    const state = named(own(data, "state"), isValue);
    const options = named(own(data, "options"), (it) => isValue(it) || isList(it));
    if (!state || !options)
      return refuse(
        `state and options should hold at most ${MOST_NAMES} numbers and texts, each of at most ${MOST_TEXT} characters.`,
      );
    const format = oneOf(formats, own(data, "format"));
    if (type === "export" && !format) return refuse(`format should be one of ${formats.join(", ")}.`);
    return {...caller, type, state, options, format: format ?? "json"};
  } catch {
    // A getter of a page's own object may throw; a message has none.
    return undefined;
  }
}
