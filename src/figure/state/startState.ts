import type {PageContext} from "../pageContext.ts";
import {differences, parse} from "../parse.ts";
import type {AnyWidget, StartState} from "../widget.ts";
import {attributesOf, unpackedParams} from "./rawParams.ts";

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
