/** Three columns of words, each over its adapter, and one base below them all. */
import {attributes, children, each, listen} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {texts} from "../../../figure/plot/text/texts.ts";

export interface CustomerColumn {
  name: string;
  /** Letters in doubt: "15.1 → 8.6". */
  doubts: string;
  words: readonly string[];
  /** The one whose adapter is on the base. */
  isChosen: boolean;
}

interface Customers {
  columns: readonly CustomerColumn[];
  /** Parameters of the base and of each adapter: their areas are to scale. */
  base: number;
  adapter: number;
  /** No adapter is on the base, and all columns have its words. */
  isOff: boolean;
  onPick(column: number): void;
}

/** Heights: of the names, of an adapter, of the space above and below it, and of the base. */
const heights = {head: 46, plug: 30, air: 8, base: 34};
/** The gap between columns, and the width from which on a column has room for the word "adapter". */
const [GAP, BROAD] = [8, 150];

/** A customer's name, their letters in doubt, and words. */
function column(g: Element, {name, doubts, words}: CustomerColumn, wide: number, high: number) {
  attributes(layer(g, "rect", "ground"), {width: rounded(wide), height: rounded(high), rx: 4});
  label(g, "customer", name, {x: 8, y: 19});
  label(g, "unit", doubts, {x: 8, y: 37});
  const room = high - heights.head;
  texts(
    layer(g, "g", "written"),
    words.map((word, i) => ({
      at: [8, heights.head + ((i + 0.62) * room) / words.length],
      text: word || "·",
      kind: "letter",
    })),
  );
}

export function drawCustomers(g: Element, customers: Customers, {width, height}: Sheet) {
  const {columns, base, adapter, isOff, onPick} = customers;
  const box = group(g, "customers");
  const wide = (width - GAP * (columns.length - 1)) / columns.length;
  const floor = height - heights.base;
  const high = floor - heights.plug - 2 * heights.air;
  const plug = Math.floor(((adapter / base) * width * heights.base) / heights.plug);
  const names = columns.map(({isChosen}) => `column${isOff ? " off" : isChosen ? " chosen" : ""}`);
  for (const [i, one] of children(group(box, "columns"), "g", names).entries()) {
    attributes(one, {transform: `translate(${rounded(i * (wide + GAP))} 0)`});
    column(one, columns[i]!, wide, high);
    const isOn = columns[i]!.isChosen && !isOff;
    const top = isOn ? floor - heights.plug : high + 3;
    each(layer(one, "g", "wires"), "path", isOn ? [0] : [], (wire) =>
      attributes(wire, {d: `M${8 + plug / 2} ${rounded(high)}V${rounded(top)}`}),
    );
    // The adapter drops onto the base.
    const part = layer(one, "g", "adapter");
    attributes(part, {transform: `translate(8 ${rounded(top)})`, "data-glides": ""});
    attributes(layer(part, "rect", "plug"), {width: plug, height: heights.plug});
    label(part, "count", wide < BROAD ? whole(adapter) : `adapter, ${whole(adapter)}`, {
      x: plug + 6,
      y: heights.plug / 2,
      dy: "0.35em",
    });
    const cells = layer(one, "rect", "cells");
    attributes(cells, {width: rounded(wide), height: rounded(floor)});
    listen(cells, "click", () => onPick(i));
  }
  attributes(layer(box, "rect", "base"), {y: rounded(floor), width, height: heights.base});
  label(box, "stays", `one base, ${whole(base)} parameters, stays`, {
    ...{x: width / 2, y: floor + heights.base / 2, anchor: "middle", dy: "0.35em"},
  });
}
