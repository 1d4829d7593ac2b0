/** Draws three columns of words, each over its adapter, and one base below them all. */
import {attributes, children, each, listen} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {texts} from "../../figure/plot/text/texts.ts";

/** What a customer's column shows. */
export interface CustomerColumn {
  name: string;
  /** Letters in doubt: "15.1 → 8.6". */
  doubts: string;
  words: readonly string[];
  /** Whether this customer's adapter is on the base. */
  isChosen: boolean;
}

interface CustomerOptions {
  columns: readonly CustomerColumn[];
  /** How many parameters the base and each adapter have: their areas are to scale. */
  baseCount: number;
  adapterCount: number;
  /** No adapter is on the base, and all columns have its words. */
  isOff: boolean;
  onPick(column: number): void;
}

/** Heights: of the names, of an adapter, of the space above and below it, and of the base. */
const heights = {names: 46, adapter: 30, space: 8, base: 34};
/** The gap between columns, and the width from which on a column has room for the word "adapter". */
const [GAP, BROAD_COLUMN] = [8, 150];

/** Draws a customer's name, their letters in doubt, and words. */
function drawColumn(g: Element, {name, doubts, words}: CustomerColumn, width: number, height: number) {
  attributes(layer(g, "rect", "ground"), {width: rounded(width), height: rounded(height), rx: 4});
  label(g, "customer", name, {x: 8, y: 19});
  label(g, "unit", doubts, {x: 8, y: 37});
  const wordsHeight = height - heights.names;
  texts(
    layer(g, "g", "written"),
    words.map((word, i) => ({
      at: [8, heights.names + ((i + 0.62) * wordsHeight) / words.length],
      text: word || "·",
      kind: "letter",
    })),
  );
}

/** Draws the columns, the adapters and the base. `onPick` is called with the column that a reader presses. */
export function drawCustomers(g: Element, options: CustomerOptions, {width, height}: Sheet) {
  const {columns, baseCount, adapterCount, isOff, onPick} = options;
  const box = group(g, "customers");
  const columnWidth = (width - GAP * (columns.length - 1)) / columns.length;
  const floor = height - heights.base;
  const columnHeight = floor - heights.adapter - 2 * heights.space;
  const adapterWidth = Math.floor(((adapterCount / baseCount) * width * heights.base) / heights.adapter);
  const names = columns.map(({isChosen}) => `column${isOff ? " off" : isChosen ? " chosen" : ""}`);
  for (const [i, one] of children(group(box, "columns"), "g", names).entries()) {
    attributes(one, {transform: `translate(${rounded(i * (columnWidth + GAP))} 0)`});
    drawColumn(one, columns[i]!, columnWidth, columnHeight);
    const isOn = columns[i]!.isChosen && !isOff;
    const top = isOn ? floor - heights.adapter : columnHeight + 3;
    each(layer(one, "g", "wires"), "path", isOn ? [0] : [], (wire) =>
      attributes(wire, {d: `M${8 + adapterWidth / 2} ${rounded(columnHeight)}V${rounded(top)}`}),
    );
    // An adapter moves down onto the base when it is switched on.
    const part = layer(one, "g", "adapter");
    attributes(part, {transform: `translate(8 ${rounded(top)})`, "data-glides": ""});
    attributes(layer(part, "rect", "plug"), {width: adapterWidth, height: heights.adapter});
    label(part, "count", columnWidth < BROAD_COLUMN ? whole(adapterCount) : `adapter, ${whole(adapterCount)}`, {
      x: adapterWidth + 6,
      y: heights.adapter / 2,
      dy: "0.35em",
    });
    const cells = layer(one, "rect", "cells");
    attributes(cells, {width: rounded(columnWidth), height: rounded(floor)});
    listen(cells, "click", () => onPick(i));
  }
  attributes(layer(box, "rect", "base"), {y: rounded(floor), width, height: heights.base});
  label(box, "base-text", `one base, ${whole(baseCount)} parameters, stays`, {
    x: width / 2,
    y: floor + heights.base / 2,
    anchor: "middle",
    dy: "0.35em",
  });
}
