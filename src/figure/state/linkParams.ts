/** The parameters of a link to a state. */
import type {AnyParams, Control, Controls} from "../controls.ts";
import {differences} from "../parse.ts";
import {MAX_PACKED_LENGTH, pack} from "./packed.ts";

/** A query longer than this many characters is cut off by some pages, and nobody reads it. */
const MAX_QUERY_LENGTH = 200;

const lengthOf = (query: Readonly<Record<string, string>>): number => new URLSearchParams(query).toString().length;

/** The parameters that differ from the defaults, as text. If the query would be long, hidden texts are packed into one, `s`. */
export function linkParams(controls: Controls, params: AnyParams): Record<string, string> {
  const all = differences(controls, params);
  if (lengthOf(all) <= MAX_QUERY_LENGTH) return all;
  const isText = ([name]: [string, string]) => (controls[name] as Control).kind === "hidden";
  const entries = Object.entries(all);
  const s = pack(Object.fromEntries(entries.filter(isText)));
  const packed = {...Object.fromEntries(entries.filter((entry) => !isText(entry))), s};
  return s.length <= MAX_PACKED_LENGTH && lengthOf(packed) < lengthOf(all) ? packed : all;
}
