/**
 * A JSON parser for untrusted files, as strict as RFC 8259. Unlike `JSON.parse`, it reads objects as Maps, so a name
 * cannot reach a prototype; it refuses a name that occurs twice; it keeps numbers as they are written, so a caller that
 * needs a size can refuse 1e3 or 2⁶⁴ − 2; and it limits depth and the number of values.
 */
import {grouped, shown} from "../wording.ts";

/** A number as it was written. */
export interface Numeral {
  digits: string;
}

/** Any value that JSON can say. */
export type Json = null | boolean | string | Numeral | Json[] | JsonObject;

/** Names and values in the order of the text; every name occurs once. */
export type JsonObject = Map<string, Json>;

/** Whether a value is a number. */
export function isNumeral(value: Json | undefined): value is Numeral {
  return typeof value === "object" && value !== null && "digits" in value;
}

/** A value as an error message shows it: a list and an object by their kind, any other as it was written, but short. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return "missing";
  if (isNumeral(value)) return shown(value.digits);
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (value instanceof Map) return "an object";
  return Array.isArray(value) ? "a list" : String(value);
}

interface Cursor {
  /** The subject of error messages: "safetensors: the header". */
  what: string;
  text: string;
  at: number;
  /** How many more values are allowed. */
  valuesLeft: number;
}

const MAX_DEPTH = 32;
const MAX_VALUES = 2_000_000;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS = [
  ["null", null],
  ["true", true],
  ["false", false],
] as const;

/**
 * Text → its value. Throws when the text is not JSON, uses a name twice in one object, is nested deeper than 32 levels
 * or has more than 2,000,000 values; the message begins with `what`.
 */
export function parseJson(what: string, text: string): Json {
  const cursor = {what, text, at: 0, valuesLeft: MAX_VALUES};
  skipSpace(cursor);
  const value = parseValue(cursor, 0);
  skipSpace(cursor);
  if (cursor.at < text.length) throw unexpected(cursor, "the end");
  return value;
}

function unexpected({what, text, at}: Cursor, expected: string): Error {
  const actual = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) as number)) : "the end";
  return new Error(`${what} is not JSON: at character ${grouped(at)} it has ${actual} where ${expected} should be`);
}

function skipSpace(cursor: Cursor): void {
  SPACE.lastIndex = cursor.at;
  SPACE.test(cursor.text);
  cursor.at = SPACE.lastIndex;
}

/** Skips a character and the space after it, if it is next → whether it was. */
function skip(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at++;
  skipSpace(cursor);
  return true;
}

function parseValue(cursor: Cursor, depth: number): Json {
  if (cursor.valuesLeft-- === 0) throw new Error(`${cursor.what} has more than ${grouped(MAX_VALUES)} values`);
  if (depth > MAX_DEPTH) throw new Error(`${cursor.what} is nested deeper than ${MAX_DEPTH} levels`);
  if (skip(cursor, "{")) return parseObject(cursor, depth);
  if (skip(cursor, "[")) return parseArray(cursor, depth);
  if (cursor.text[cursor.at] === '"') return parseString(cursor);
  NUMBER.lastIndex = cursor.at;
  if (NUMBER.test(cursor.text)) {
    const digits = cursor.text.slice(cursor.at, NUMBER.lastIndex);
    cursor.at = NUMBER.lastIndex;
    return {digits};
  }
  for (const [word, value] of LITERALS) {
    if (cursor.text.startsWith(word, cursor.at)) {
      cursor.at += word.length;
      return value;
    }
  }
  throw unexpected(cursor, "a value");
}

/** Parses an object, from after the opening brace. */
function parseObject(cursor: Cursor, depth: number): JsonObject {
  const object: JsonObject = new Map();
  if (skip(cursor, "}")) return object;
  while (true) {
    if (cursor.text[cursor.at] !== '"') throw unexpected(cursor, "a name in double quotes");
    const name = parseString(cursor);
    if (object.has(name)) throw new Error(`${cursor.what} names ${shown(name)} twice; every name must be given once`);
    skipSpace(cursor);
    if (!skip(cursor, ":")) throw unexpected(cursor, "a colon");
    object.set(name, parseValue(cursor, depth + 1));
    skipSpace(cursor);
    if (skip(cursor, "}")) return object;
    if (!skip(cursor, ",")) throw unexpected(cursor, "a comma or }");
  }
}

/** Parses an array, from after the opening bracket. */
function parseArray(cursor: Cursor, depth: number): Json[] {
  const array: Json[] = [];
  if (skip(cursor, "]")) return array;
  while (true) {
    array.push(parseValue(cursor, depth + 1));
    skipSpace(cursor);
    if (skip(cursor, "]")) return array;
    if (!skip(cursor, ",")) throw unexpected(cursor, "a comma or ]");
  }
}

/** Printable ASCII without the backslash: text without escapes. */
const PLAIN = /^[ -[\]-~]*$/;

/** Parses a string, from its opening quote. */
function parseString(cursor: Cursor): string {
  const {text, at} = cursor;
  let end = text.indexOf('"', at + 1);
  const content = text.slice(at + 1, end);
  if (end >= 0 && PLAIN.test(content)) {
    cursor.at = end + 1;
    return content;
  }
  // A loop finds the end, because no regular expression is safe on 16 MB of escapes.
  end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  cursor.at = end + 1;
  const value = end < text.length ? unescaped(text.slice(at, end + 1)) : undefined;
  if (value !== undefined) return value;
  throw new Error(`${cursor.what} is not JSON: the text that begins at character ${grouped(at)} is broken or unended`);
}

/** A literal with its quotes → its text; undefined for a bad escape, a bare control character or half a surrogate pair. */
function unescaped(literal: string): string | undefined {
  try {
    const value: string = JSON.parse(literal);
    return /\p{Surrogate}/u.test(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/**
 * A value → its text, laid out like `JSON.stringify(value, null, 2)`, with every number in the digits it was read with.
 */
export function writeJson(value: Json, indent = ""): string {
  if (isNumeral(value)) return value.digits;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const lines = isList
    ? value.map((one) => inner + writeJson(one, inner))
    : Array.from(value, ([name, one]) => `${inner}${JSON.stringify(name)}: ${writeJson(one, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  return lines.length === 0 ? open + close : `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}
