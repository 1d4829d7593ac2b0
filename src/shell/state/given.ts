import type {AnyParams, Controls} from "../controls.ts";
import {differences, type Parsed} from "../parse.ts";
import type {Place} from "../place.ts";
import {type Attributes, attributesOf, type Raw, unpacked} from "./asked.ts";

export interface Given {
  known: Attributes;
  /** All that was said, of parameters and of what every widget may be asked. */
  raw: Raw;
  /** Where Reset leads: to what the page wrote, and in a frame to what its address says. */
  initial: AnyParams;
  /** The state that the address asks for; undefined where it asks for none. */
  opening?: AnyParams;
  /** What could not be taken, one sentence each. */
  notes: readonly string[];
}

/** What an element's attributes say of its figure, and the page's address on top of them. */
export async function given(
  host: Element,
  controls: Controls,
  {addressed, framed}: Pick<Place, "addressed" | "framed">,
  gate: (raw: Raw, base?: AnyParams) => Parsed,
): Promise<Given> {
  const known = attributesOf(host);
  const written = await unpacked(known);
  const search = await unpacked(Object.fromEntries(new URLSearchParams(addressed ? location.search : "")));
  const attributes = gate(written.raw);
  const query = gate(search.raw, attributes.params);
  return {
    known,
    raw: {...written.raw, ...search.raw},
    initial: (framed ? query : attributes).params,
    opening: addressed && Object.keys(differences(controls, query.params)).length ? query.params : undefined,
    notes: [written, attributes, search, query].flatMap(({notes}) => notes),
  };
}
