<<<<<<< HEAD
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
=======
import {put} from "./put.ts";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const raised = /([⁻⁰¹²³⁴-⁹]+)/;

const lowered = (text: string): string =>
  Array.from(text, (one) => (one === "⁻" ? "−" : String(RAISED.indexOf(one)))).join("");

/**
 * Writes a number whose power is in raised digits, "10⁻¹⁶", with a real `<sup>`: few fonts have all of the raised digits, and
 * those of two fonts differ in size and height. Writes nothing if the element says it already.
 */
export function withPowers(element: Element, text: string) {
  const parts = text.split(raised);
  if (parts.length === 1) return put(element, text);
  const pieces = parts.map((part, i) => (i % 2 ? lowered(part) : part));
  if (element.querySelector("sup") && element.textContent === pieces.join("")) return;
  const document = element.ownerDocument;
  element.replaceChildren(
    ...pieces.map((piece, i) => {
      if (i % 2 === 0) return document.createTextNode(piece);
      const sup = document.createElement("sup");
      sup.textContent = piece;
      return sup;
    }),
  );
>>>>>>> s3-w4
}
