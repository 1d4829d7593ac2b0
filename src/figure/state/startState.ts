import type {AnyParams} from "../controls.ts";
import {differences, parse} from "../parse.ts";
import type {PageContext} from "../place.ts";
import type {AnyWidget} from "../widget.ts";
import {type Attributes, attributesOf, type RawParams, unpackedParams} from "./rawParams.ts";

export interface StartState {
  /** The element's attributes at that time. */
  known: Attributes;
  /** All raw values, parameters and common options alike. */
  raw: RawParams;
  /** Where Reset leads: to what the page's author wrote, and in a frame to what its address says. */
  initial: AnyParams;
  /** The state that the page's address asks for; undefined where it asks for none. */
  opening?: AnyParams;
  /** What could not be taken, one sentence each. */
  notes: readonly string[];
}

/** Where a figure starts: its element's attributes, and the page's address on top of them. */
export async function startState(
  host: HTMLElement,
  {controls, bounds: boundsOf}: Pick<AnyWidget, "controls" | "bounds">,
  {addressed, framed}: Pick<PageContext, "addressed" | "framed">,
): Promise<StartState> {
  const known = attributesOf(host);
  const written = await unpackedParams(known);
  const search = await unpackedParams(Object.fromEntries(new URLSearchParams(addressed ? location.search : "")));
  const attributes = parse(controls, written.raw, {boundsOf});
  const query = parse(controls, search.raw, {base: attributes.params, boundsOf});
  return {
    known,
    raw: {...written.raw, ...search.raw},
    initial: (framed ? query : attributes).params,
    opening: addressed && Object.keys(differences(controls, query.params)).length ? query.params : undefined,
    notes: [written, attributes, search, query].flatMap(({notes}) => notes),
  };
}
