import {select} from "d3";

/** Lights the names of a symbol in listings that stand there, whoever drew them, and picks a name that is pointed at. */
export function light(listings: Element, lit: string, onPick: (symbol: string) => void) {
  const symbolOf = (name: Element) => name.getAttribute("data-symbol")!;
  select(listings)
    .selectAll<Element, unknown>("[data-symbol]")
    .attr("data-on", function () {
      return symbolOf(this) === lit ? "" : null;
    })
    .on("pointerenter click", function () {
      onPick(symbolOf(this));
    });
}
