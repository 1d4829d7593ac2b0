/**
 * JSON as strict as RFC 8259, for files that nobody vouches for. It differs from `JSON.parse` where that is too kind:
 * objects become a Map, so no name reaches a prototype; a name given twice is refused; numbers keep their spelling,
 * so 1e3 or 2⁶⁴ − 2 can be refused by whoever needs a size; depth and the number of values are bounded.
 */
import {grouped, shown} from "./wording.ts";

/** A number as it was written. */
export interface Numeral {
  digits: string;
}

/** Any value that JSON can say. */
export type Json = null | boolean | string | Numeral | Json[] | JsonObject;

/** Names and values in the order of the text; no name is there twice. */
export type JsonObject = Map<string, Json>;

/** Whether a value was written as a number. */
export function isNumeral(value: Json | undefined): value is Numeral {
  return typeof value === "object" && value !== null && "digits" in value;
}

interface Cursor {
  /** What is read, to begin a sentence with: "safetensors: the header". */
  what: string;
  text: string;
  at: number;
  /** How many more values may come. */
  left: number;
}

const DEEPEST = 32;
const MOST_VALUES = 2_000_000;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS = [
  ["null", null],
  ["true", true],
  ["false", false],
] as const;

/**
 * Text → its value. Throws a sentence that begins with `what` when the text is not JSON, names something twice in
 * one object, is nested deeper than 32 or has more than 2,000,000 values.
 */
export function parseJson(what: string, text: string): Json {
  const cursor = {what, text, at: 0, left: MOST_VALUES};
  skipSpace(cursor);
  const value = parseValue(cursor, 0);
  skipSpace(cursor);
  if (cursor.at < text.length) throw unexpected(cursor, "the end");
  return value;
}

function unexpected({what, text, at}: Cursor, due: string): Error {
  const came = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) as number)) : "the end";
  return new Error(`${what} is not JSON: at character ${grouped(at)} it has ${came} where ${due} should be`);
}

function skipSpace(cursor: Cursor): void {
  SPACE.lastIndex = cursor.at;
  SPACE.test(cursor.text);
  cursor.at = SPACE.lastIndex;
}

/** Steps over one of the characters, and the space after it, when it is next. */
function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at++;
  skipSpace(cursor);
  return true;
}

function parseValue(cursor: Cursor, depth: number): Json {
  if (cursor.left-- === 0) throw new Error(`${cursor.what} has more than ${grouped(MOST_VALUES)} values`);
  if (depth > DEEPEST) throw new Error(`${cursor.what} is nested deeper than ${DEEPEST} levels`);
  if (take(cursor, "{")) return parseObject(cursor, depth);
  if (take(cursor, "[")) return parseArray(cursor, depth);
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

/** After the opening brace. */
function parseObject(cursor: Cursor, depth: number): JsonObject {
  const object: JsonObject = new Map();
  if (take(cursor, "}")) return object;
  while (true) {
    if (cursor.text[cursor.at] !== '"') throw unexpected(cursor, "a name in double quotes");
    const name = parseString(cursor);
    if (object.has(name)) throw new Error(`${cursor.what} names ${shown(name)} twice; every name must be given once`);
    skipSpace(cursor);
    if (!take(cursor, ":")) throw unexpected(cursor, "a colon");
    object.set(name, parseValue(cursor, depth + 1));
    skipSpace(cursor);
    if (take(cursor, "}")) return object;
    if (!take(cursor, ",")) throw unexpected(cursor, "a comma or }");
  }
}

/** After the opening bracket. */
function parseArray(cursor: Cursor, depth: number): Json[] {
  const array: Json[] = [];
  if (take(cursor, "]")) return array;
  while (true) {
    array.push(parseValue(cursor, depth + 1));
    skipSpace(cursor);
    if (take(cursor, "]")) return array;
    if (!take(cursor, ",")) throw unexpected(cursor, "a comma or ]");
  }
}

/** Printable ASCII without the backslash: a text that stands for itself. */
const PLAIN = /^[ -[\]-~]*$/;

/** From the opening quote. */
function parseString(cursor: Cursor): string {
  const {text, at} = cursor;
  let end = text.indexOf('"', at + 1);
  const plain = text.slice(at + 1, end);
  if (end >= 0 && PLAIN.test(plain)) {
    cursor.at = end + 1;
    return plain;
  }
  // Looking for the end is ours, since no regular expression is safe on 16 MB of escapes.
  end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  cursor.at = end + 1;
  const value = end < text.length ? textOf(text.slice(at, end + 1)) : undefined;
  if (value !== undefined) return value;
  throw new Error(`${cursor.what} is not JSON: the text that begins at character ${grouped(at)} is broken or unended`);
}

/** A literal with its quotes → its text; undefined for a bad escape, a bare control character or half a surrogate pair. */
function textOf(literal: string): string | undefined {
  try {
    const value: string = JSON.parse(literal);
    return /\p{Surrogate}/u.test(value) ? undefined : value;
  } catch {
    return undefined;
  }
}
