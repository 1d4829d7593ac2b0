/** What a host may ask of a frame. */
export const orderTypes = ["set", "get", "reset", "play", "pause", "step", "export", "focus"] as const;
/** The formats in which a host may ask for a file. */
export const formats = ["svg", "png", "csv", "json"] as const;

/** The name of an order. */
export type OrderType = (typeof orderTypes)[number];
/** The name of a file format to export. */
export type Format = (typeof formats)[number];
type Value = string | number | boolean;
/** Parameters by their names. */
export type Values = Readonly<Record<string, Value>>;
/** Common options by their names. A list of names may be an array. */
export type FrameOptions = Readonly<Record<string, Value | readonly string[]>>;

/** What every message for us may have. */
interface Request {
  /** Repeated in the reply, so that the host can match the two. */
  requestId?: string | number;
}
/** An order that can be carried out. */
export interface FrameOrder extends Request {
  type: OrderType;
  state: Values;
  options: FrameOptions;
  format: Format;
}
/** A message for us that cannot be carried out, with the reason in a sentence. */
export interface RefusedOrder extends Request {
  refused: string;
}

/** The most parameters or options of an order. */
const MAX_NAMES = 64;
/** The most characters of one value: twice the longest value that any control takes. */
const MAX_TEXT_LENGTH = 8192;
/** The most characters of a name in a list, and of an order's id. */
const MAX_NAME_LENGTH = 64;
/** The names that a parameter can have. */
const PARAMETER_NAME = /^[A-Za-z][\w-]{0,63}$/;

/** Whether a value is an object without a class. */
const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};
/** A property of the object itself; undefined if only its prototype has it. */
const ownValue = (object: Readonly<Record<string, unknown>>, key: string) =>
  Object.hasOwn(object, key) ? object[key] : undefined;
const oneOf = <T extends string>(list: readonly T[], value: unknown) => list.find((one) => one === value);
const isValue = (value: unknown): value is Value =>
  typeof value === "number" ||
  typeof value === "boolean" ||
  (typeof value === "string" && value.length <= MAX_TEXT_LENGTH);

const isList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length <= MAX_NAMES &&
  value.every((one) => typeof one === "string" && one.length <= MAX_NAME_LENGTH);

/** The names and values of an object whose every value passes; undefined for anything else. */
function namedValues<T>(raw: unknown, passes: (value: unknown) => value is T): Readonly<Record<string, T>> | undefined {
  if (raw === undefined) return {};
  if (!isPlainObject(raw)) return undefined;
  const entries = Object.entries(raw);
  if (entries.length > MAX_NAMES || !entries.every(([, value]) => passes(value))) return undefined;
  // A name that no parameter can have is ignored like any other unknown name.
  return Object.fromEntries(entries.filter(([key]) => PARAMETER_NAME.test(key))) as Record<string, T>;
}

/** The id a host gave to its order, which the reply repeats; undefined for what cannot be one. */
function requestIdOf(data: object): string | number | undefined {
  const id = Object.hasOwn(data, "requestId") && (data as {requestId?: unknown}).requestId;
  if (typeof id === "string") return id.length <= MAX_NAME_LENGTH ? id : undefined;
  return typeof id === "number" && Number.isFinite(id) ? id : undefined;
}

/**
 * Reads a message that came to this window. Undefined when it is for someone else or cannot be read at all; a refusal
 * when it is for us but cannot be carried out. The order is a copy, and nothing in it is ever run or shown as HTML.
 * Never throws.
 */
export function readOrder(data: unknown): FrameOrder | RefusedOrder | undefined {
  try {
    if (!isPlainObject(data) || ownValue(data, "target") !== "lora-widget") return undefined;
    const requestId = requestIdOf(data);
    const request: Request = requestId === undefined ? {} : {requestId};
    const refuse = (refused: string): RefusedOrder => ({...request, refused});
    if (ownValue(data, "v") !== 1) return refuse("v should be 1.");
    const type = oneOf(orderTypes, ownValue(data, "type"));
    if (!type) return refuse(`type should be one of ${orderTypes.join(", ")}.`);
    const state = namedValues(ownValue(data, "state"), isValue);
    const options = namedValues(ownValue(data, "options"), (value) => isValue(value) || isList(value));
    if (!state || !options)
      return refuse(
        `state and options should hold at most ${MAX_NAMES} numbers and texts, each of at most ${MAX_TEXT_LENGTH} characters.`,
      );
    const format = oneOf(formats, ownValue(data, "format"));
    if (type === "export" && !format) return refuse(`format should be one of ${formats.join(", ")}.`);
    return {...request, type, state, options, format: format ?? "json"};
  } catch {
    // Only an object of the page itself can have a getter that throws; a message from another window has none.
    return undefined;
  }
}
