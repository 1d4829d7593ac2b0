import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {withText} from "../../../figure/plot/text/put.ts";
import type {ForgeLayout} from "./frame.ts";

export interface CustomerColumn {
  name: string;
  /** "15.1 → 8.6" */
  doubts: string;
  words: readonly string[];
  /** The one whose adapter is on the base. */
  isChosen: boolean;
}

export interface CustomersOptions {
  /** Parameters of the base and of each adapter: their areas are to scale. */
  base: number;
  adapter: number;
  /** No adapter is on the base, and all columns have its words. */
  isOff: boolean;
  /** With as many words as fit, or half of them. */
  isTold: boolean;
  onPick(column: number): void;
}

/** Heights: of the names, of the adapters with the air above and below them, and of the base. */
const heights = {head: 46, plug: 30, air: 8, base: 34};
const [BROAD, GAP] = [150, 8];

/** A customer's name, how unsure the forge is of their words, and words. */
function column(g: Element, {name, doubts, words}: CustomerColumn, wide: number, high: number) {
  select(layer(g, "rect", "ground"))
    .attr("width", rounded(wide))
    .attr("height", rounded(high))
    .attr("rx", 6);
  label(g, "customer", name, {x: 8, y: 19});
  label(g, "unit", wide < BROAD ? doubts : `${doubts} letters in doubt`, {x: 8, y: 37});
  const pitch = (high - heights.head) / words.length;
  select(layer(g, "g", "written"))
    .selectChildren<SVGTextElement, string>("text")
    .data(words)
    .join("text")
    .attr("class", "letter")
    .attr("x", 8)
    .attr("y", (_, i) => rounded(heights.head + (i + 0.62) * pitch))
    .each(withText((word) => word || "·"));
}

/** Three customers side by side, each with words of their own; under them their adapters, and one base for all. */
export function customers(
  g: Element,
  list: readonly CustomerColumn[],
  frame: ForgeLayout,
  {base, adapter, isOff, isTold, onPick}: CustomersOptions,
) {
  const {width, height} = frame;
  const box = group(g, "customers");
  box.setAttribute("data-letters", frame.letters);
  const wide = (width - GAP * (list.length - 1)) / list.length;
  const floor = height - heights.base;
  const high = floor - heights.plug - 2 * heights.air;
  // The areas of an adapter and of the base are to scale.
  const plug = (((adapter / base) * width * heights.base) / heights.plug) | 0;
  select(group(box, "columns"))
    .selectChildren<SVGGElement, CustomerColumn>("g")
    .data(list)
    .join("g")
    .attr("class", ({isChosen}) => `column${isOff ? " off" : isChosen ? " chosen" : ""}`)
    .attr("transform", (_, i) => `translate(${rounded(i * (wide + GAP))} 0)`)
    .each(function (one, i) {
      const shown = isTold ? one.words : one.words.slice(0, one.words.length / 2);
      column(this, {...one, words: shown}, wide, high);
      const isOn = one.isChosen && !isOff;
      const top = isOn ? floor - heights.plug : high + 3;
      select(layer(this, "path", "wire")).attr("d", isOn ? `M${8 + plug / 2} ${rounded(high)}V${rounded(top)}` : null);
      select(layer(this, "rect", "plug"))
        .attr("x", 8)
        .attr("y", rounded(top))
        .attr("width", plug)
        .attr("height", heights.plug);
      label(this, "count", wide < BROAD ? whole(adapter) : `adapter, ${whole(adapter)}`, {
        x: 8 + plug + 6,
        y: top + heights.plug / 2,
        dy: "0.35em",
      });
      select(layer(this, "rect", "cells"))
        .attr("width", rounded(wide))
        .attr("height", rounded(floor))
        .on("click", () => onPick(i));
    });
  select(layer(box, "rect", "base"))
    .attr("y", rounded(floor))
    .attr("width", width)
    .attr("height", heights.base);
  label(box, "stays", `one base, ${whole(base)} parameters, stays`, {
    ...{x: width / 2, y: floor + heights.base / 2, anchor: "middle", dy: "0.35em"},
  });
}
