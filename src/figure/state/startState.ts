import type {PageContext} from "../pageContext.ts";
import {differences, parse} from "../parse.ts";
import type {AnyWidget, StartState} from "../widget.ts";
import {attributesOf, unpackedParams} from "./rawParams.ts";

/** The state with which a figure starts: its element's attributes, and the page's address on top of them. */
export function startState(
  host: HTMLElement,
  {controls, bounds: boundsOf}: Pick<AnyWidget, "controls" | "bounds">,
  {isAddressed, isFramed}: Pick<PageContext, "isAddressed" | "isFramed">,
): StartState {
  const hostAttributes = attributesOf(host);
  const attributeValues = unpackedParams(hostAttributes);
  const addressValues = unpackedParams(Object.fromEntries(new URLSearchParams(isAddressed ? location.search : "")));
  const fromAttributes = parse(controls, attributeValues.raw, {boundsOf});
  const fromAddress = parse(controls, addressValues.raw, {base: fromAttributes.params, boundsOf});
  return {
    hostAttributes,
    raw: {...attributeValues.raw, ...addressValues.raw},
    initial: (isFramed ? fromAddress : fromAttributes).params,
    addressState:
      isAddressed && Object.keys(differences(controls, fromAddress.params)).length ? fromAddress.params : undefined,
    notes: [attributeValues, fromAttributes, addressValues, fromAddress].flatMap(({notes}) => notes),
  };
}
