/** Addresses of a figure's page and of its embed, with a state. */
import type {AnyParams, Control, Controls} from "../controls.ts";
import {differences} from "../parse.ts";
import type {AnyWidget} from "../widget.ts";
import {MAX_PACKED_LENGTH, pack} from "./packed.ts";

/** A figure in a state: all that a link or an embed code needs. */
export interface LinkedState {
  name: string;
  w: AnyWidget;
  params: AnyParams;
  /** Address of the site's root, with a slash at its end. */
  home: string;
  /** Common options (`theme`, `lock`, …) that differ from their defaults. */
  options?: Readonly<Record<string, string>>;
}

/** Parameters and options that differ from the defaults, as text. */
export const differingValues = ({w, params, options}: LinkedState): Record<string, string> => ({
  ...linkParams(w.controls, params),
  ...options,
});

/** The query of an address, with its "?", that carries a state; "" at the defaults. Commas in lists stay readable. */
export function stateQuery(linked: LinkedState): string {
  const text = new URLSearchParams(differingValues(linked)).toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

const addressIn = (linked: LinkedState, folder: "widgets" | "embed"): string =>
  `${linked.home}${folder}/${linked.name}/${stateQuery(linked)}`;

/** The address of the figure's page in this state, which has the whole figure: `hide` is left out. */
export function pageAddress(linked: LinkedState): string {
  const {hide: _, ...options} = linked.options ?? {};
  return addressIn({...linked, options}, "widgets");
}

/** The address of the figure alone in this state, for a frame. */
export const frameAddress = (linked: LinkedState): string => addressIn(linked, "embed");

/** A query longer than this many characters is cut off by some pages, and nobody reads it. */
const MAX_QUERY_LENGTH = 200;

const lengthOf = (query: Readonly<Record<string, string>>): number => new URLSearchParams(query).toString().length;

/** The parameters that differ from the defaults, as text. If the query would be long, hidden texts are packed into one, `s`. */
export function linkParams(controls: Controls, params: AnyParams): Record<string, string> {
  const values = differences(controls, params);
  if (lengthOf(values) <= MAX_QUERY_LENGTH) return values;
  const isText = ([name]: [string, string]) => (controls[name] as Control).kind === "hidden";
  const entries = Object.entries(values);
  const s = pack(Object.fromEntries(entries.filter(isText)));
  const packed = {...Object.fromEntries(entries.filter((entry) => !isText(entry))), s};
  return s.length <= MAX_PACKED_LENGTH && lengthOf(packed) < lengthOf(values) ? packed : values;
}
