import {select} from "d3";

/** Lights the names of a symbol in listings that stand there, whoever drew them, and picks a name that is pointed at. */
export function light(listings: Element, lit: string, onPick: (symbol: string) => void) {
  const symbolOf = (piece: Element) => piece.getAttribute("data-symbol");
  select(listings)
    .selectAll<Element, unknown>("code > span")
    .attr("data-on", function () {
      return symbolOf(this) === lit ? "" : null;
    })
    .on("pointerenter click", function () {
      const symbol = symbolOf(this);
      if (symbol) onPick(symbol);
    });
}
