/** The chances of all tokens as a strip, for two models, and one random number as a needle across both. */
import {attributes, each, join} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {textWidth} from "../../../figure/plot/text/textWidth.ts";

interface StripRow {
  name: string;
  chances: readonly number[];
  /** The one that the draw falls on. */
  token: number;
}

export interface Strips {
  title: string;
  /** The random number, from 0 to 1. */
  draw: number;
  /** The model that writes now, and below it the one that it is compared with. */
  rows: readonly StripRow[];
  /** The name of each token. */
  names: readonly string[];
}

/** Room for the names of the rows; heights of the title, of a strip, and from strip to strip. */
const [LEFT, TITLE, TALL, PITCH] = [46, 12, 24, 32];
/** The height of title and strips. */
export const STRIPS = TITLE + 14 + 2 * PITCH;

/** The chances of all tokens end to end, in the order in which the sampler adds them up. */
function strip(g: Element, {chances, token}: StripRow, width: number, names: readonly string[]) {
  let sum = 0;
  const pieces = chances.map((chance) => {
    const from = sum;
    sum += chance;
    return {x: from * width, wide: Math.max(chance * width, 0)};
  });
  join(
    g,
    "g",
    pieces,
    {name: (_, one) => (one === token ? "piece chosen" : "piece"), key: (_, one) => one},
    (piece, {x, wide}, one) => {
      attributes(piece, {transform: `translate(${rounded(x)} 0)`});
      attributes(layer(piece, "rect", "share"), {width: rounded(wide), height: TALL});
      const text = layer(piece, "text", "token");
      attributes(text, {x: rounded(wide / 2), y: TALL / 2, dy: "0.33em", "text-anchor": "middle"});
      put(text, wide > textWidth(names[one]!, 12) + 4 ? names[one]! : "");
    },
  );
}

export function drawStrips(g: Element, {title, draw, rows, names}: Strips, all: number, top: number) {
  const box = group(g, "strips", 0, top);
  const width = all - LEFT - 1;
  label(box, "title", title, {x: 0, y: TITLE});
  each(group(box, "choices", 0, TITLE + 14), "g", rows, (one, row, i) => {
    attributes(one, {transform: `translate(0 ${i * PITCH})`, "data-row": row.name === "off" ? "off" : "on"});
    label(one, "named", row.name, {x: 0, y: TALL / 2, dy: "0.33em"});
    strip(group(one, "strip", LEFT), row, width, names);
  });
  const x = rounded(LEFT + draw * width);
  const bottom = TITLE + 14 + (rows.length - 1) * PITCH + TALL;
  attributes(layer(box, "path", "needle"), {d: `M${x} ${TITLE + 11}V${bottom + 3}`});
  attributes(layer(box, "path", "head"), {d: `M${x} ${TITLE + 14}l-5 -9h10z`});
}
