import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {withText} from "../../../figure/plot/text/put.ts";
import {textWidth} from "../../../figure/plot/text/textWidth.ts";
import type {ForgeLayout} from "./frame.ts";

interface Row {
  name: string;
  chances: readonly number[];
  /** What the draw falls on. */
  token: number;
}

export interface StripOptions {
  title: string;
  /** From 0 to 1. */
  draw: number;
  rows: readonly Row[];
  /** Of all tokens. */
  names: readonly string[];
  /** In an empty second row: what has not been tried; empty if both rows are there. */
  open: string;
}

const LEFT = 46;
const [TITLE, TALL, PITCH] = [14, 24, 32];

/** One choice: the chances of all tokens end to end, in the order in which the sampler adds them up. */
function strip(g: Element, {chances, token}: Row, {width, names}: {width: number; names: readonly string[]}) {
  let sum = 0;
  const pieces = chances.map((chance, one) => {
    const from = sum;
    sum += chance;
    return {token: one, x: from * width, wide: chance * width};
  });
  const each = select(layer(g, "g", "pieces"))
    .selectChildren<SVGGElement, (typeof pieces)[number]>("g")
    .data(pieces)
    .join("g")
    .attr("class", (piece) => (piece.token === token ? "piece chosen" : "piece"))
    .attr("transform", ({x}) => `translate(${rounded(x)} 0)`);
  each.each(function ({token: one, wide}) {
    select(layer(this, "rect", "share"))
      .attr("width", rounded(Math.max(wide, 0)))
      .attr("height", TALL);
    const name = names[one]!;
    select(layer(this, "text", "name"))
      .attr("x", rounded(wide / 2))
      .attr("y", TALL / 2)
      .attr("dy", "0.33em")
      .attr("text-anchor", "middle")
      .each(withText(wide > textWidth(name) + 4 ? name : ""));
  });
}

/** Where the same random number falls with the adapter off, and now. */
export function strips(g: Element, {title, draw, rows, names, open}: StripOptions, frame: ForgeLayout) {
  const box = group(g, "strips", 0, frame.strips!);
  const width = frame.width - LEFT - 1;
  label(box, "title", title, {x: 0, y: TITLE});
  select(group(box, "rows", 0, TITLE + 14))
    .selectChildren<SVGGElement, Row>("g")
    .data(rows)
    .join("g")
    .attr("class", ({name}) => `row ${name === "off" ? "off" : "on"}`)
    .attr("transform", (_, i) => `translate(0 ${i * PITCH})`)
    .each(function (row) {
      label(this, "named", row.name, {x: 0, y: TALL / 2, dy: "0.33em"});
      strip(group(this, "strip", LEFT), row, {width, names});
    });
  const empty = group(box, "open", 0, TITLE + 14 + PITCH);
  label(empty, "named", open && "on", {x: 0, y: TALL / 2, dy: "0.33em"});
  select(layer(empty, "rect", "place"))
    .attr("x", LEFT)
    .attr("width", open ? rounded(width) : 0)
    .attr("height", TALL);
  label(empty, "asks", open, {x: LEFT + width / 2, y: TALL / 2, anchor: "middle", dy: "0.33em"});
  const x = rounded(LEFT + draw * width);
  const bottom = TITLE + 14 + (rows.length - 1) * PITCH + TALL;
  select(layer(box, "path", "draw")).attr("d", `M${x} ${TITLE + 11}V${bottom + 3}`);
  select(layer(box, "path", "head")).attr("d", `M${x} ${TITLE + 14}l-5 -9h10z`);
}
