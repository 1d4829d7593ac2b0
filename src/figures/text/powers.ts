import {select} from "d3";
import {put} from "./put.ts";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
const PLAIN = "0123456789−";

/** Writes a label into a drawing; an exponent at its end is raised, since no font of ours has all of the raised digits. */
export function putPower(element: Element, text: string) {
  const [, base, power] = /^(.*?)([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]*)$/.exec(text)!;
  if (!power) return put(element, text);
  select(element)
    .selectChildren<SVGTSpanElement, string>("tspan")
    .data([base, Array.from(power, (digit) => PLAIN[SUPERSCRIPTS.indexOf(digit)]).join("")])
    .join("tspan")
    .attr("class", (_, i) => (i ? "raised" : null))
    .attr("dy", (_, i) => (i ? "-0.35em" : null))
    .each(function (part) {
      put(this, part);
    });
}
