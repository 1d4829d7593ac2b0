import {make} from "../figure/makeElement.ts";
import {href} from "../site/marks/href.ts";
import {type Claim, printedSource} from "./claims.ts";

/** Fills an element with a claim: the statement, the quote behind it, its scope and its source. */
export function drawClaim(item: Element, one: Claim): void {
  const {name, address, at, version} = printedSource(one);
  make(item, "span", "claim-says", one.statement);
  make(item, "q", "claim-quote", one.quote);
  make(item, "span", "claim-scope", `Based on: ${one.scope}.`);
  const from = make(item, "span", "claim-from");
  const link = make(from, "a", "", name);
  link.setAttribute("href", href(address));
  if (at) from.append(`, ${at}`);
  if (version) from.append(` (${version})`);
}
