import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {withText} from "../../../figure/plot/text/put.ts";
import type {PaperSymbol, Rich} from "../../../figure/plot/text/symbol.ts";
import {light} from "./light.ts";

/** The computation in one language or library. */
export interface Listing {
  name: string;
  title: string;
  lines: readonly Rich[];
}

export interface ListingOptions {
  /** The state that the code depends on, in a word. */
  of: string;
  /** The listing that a narrow figure shows; a wide figure shows all. */
  shown: string;
  /** The highlighted symbol. */
  lit: string;
  onShow(name: string): void;
  onPick(symbol: string): void;
}

/** Listings side by side; the names in them that stand for a symbol are highlighted with it. */
export function listings(figure: Element, list: readonly Listing[], {of, shown, lit, onShow, onPick}: ListingOptions) {
  const box = layer(figure, "div", "listings");
  box.setAttribute("data-of", of);
  const tabs = layer(box, "div", "tabs");
  tabs.setAttribute("role", "group");
  tabs.setAttribute("aria-label", "Code");
  select(tabs)
    .selectChildren<HTMLButtonElement, Listing>("button")
    .data(list)
    .join("button")
    .attr("type", "button")
    .attr("aria-pressed", ({name}) => String(name === shown))
    .each(withText(({title}) => title))
    .on("click", (_, {name}) => onShow(name));
  select(box)
    .selectChildren<HTMLDivElement, Listing>("div.listing")
    .data(list)
    .join((enter) => enter.append(() => box.ownerDocument.createElement("div")))
    .attr("class", "listing")
    .attr("data-shown", ({name}) => (name === shown ? "" : null))
    .each(function ({title, lines}) {
      layer(this, "p", "name", title);
      select(layer(this, "pre", "lines"))
        .selectChildren<HTMLElement, Rich>("code")
        .data(lines)
        .join("code")
        .selectChildren<HTMLSpanElement, string | PaperSymbol>("span")
        .data((line) => line)
        .join("span")
        .attr("data-symbol", (piece) => (typeof piece === "string" ? null : piece.symbol))
        .each(withText((piece) => (typeof piece === "string" ? piece : piece.text)));
    });
  light(box, lit, onPick);
}
