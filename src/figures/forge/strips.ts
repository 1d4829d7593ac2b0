/** Draws the chances of all tokens as a strip, for two models, and one random number as a needle across both. */
import {attributes, each, join} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {label} from "../../figure/plot/text/label.ts";
import {put} from "../../figure/plot/text/put.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";
import {tokenName} from "./reading.ts";

interface StripRow {
  name: string;
  chances: readonly number[];
  /** The token that the draw chooses. */
  token: number;
}

interface StripsOptions {
  title: string;
  /** The random number, from 0 to 1. */
  draw: number;
  /** The model that writes now, and below it the one that it is compared with. */
  rows: readonly StripRow[];
}

/** The x of the strips, the y of the title and of the strips, the height of a strip, and the distance from one to the next. */
const [LEFT, TITLE_Y, TOP, STRIP_HEIGHT, PITCH] = [46, 12, 26, 24, 32];
/** The height of title and strips. */
export const STRIPS_HEIGHT = TOP + 2 * PITCH;

/** Draws the chances of all tokens end to end, in the order in which the sampler adds them up. */
function drawStrip(g: Element, {chances, token}: StripRow, width: number) {
  let sum = 0;
  const pieces = chances.map((chance) => {
    const x = sum * width;
    sum += chance;
    return {x, width: chance * width};
  });
  const name = (_: unknown, i: number) => (i === token ? "piece chosen" : "piece");
  join(g, "g", pieces, {name, key: (_, i) => i}, (piece, {x, width}, i) => {
    attributes(piece, {transform: `translate(${rounded(x)} 0)`, "data-glides": ""});
    attributes(layer(piece, "rect", "share"), {width: rounded(width), height: STRIP_HEIGHT});
    const text = layer(piece, "text", "token");
    attributes(text, {x: rounded(width / 2), y: STRIP_HEIGHT / 2, dy: "0.33em", "text-anchor": "middle"});
    put(text, width > textWidth(tokenName(i), 12) + 4 ? tokenName(i) : "");
  });
}

/** Draws both strips with their title, and the needle. */
export function drawStrips(g: Element, {title, draw, rows}: StripsOptions, fullWidth: number) {
  const width = fullWidth - LEFT - 1;
  label(g, "title", title, {x: 0, y: TITLE_Y});
  each(group(g, "choices", 0, TOP), "g", rows, (one, row, i) => {
    attributes(one, {transform: `translate(0 ${i * PITCH})`, "data-row": row.name === "off" ? "off" : "on"});
    label(one, "row-name", row.name, {x: 0, y: STRIP_HEIGHT / 2, dy: "0.33em"});
    drawStrip(group(one, "strip", LEFT), row, width);
  });
  const x = rounded(LEFT + draw * width);
  attributes(layer(g, "path", "needle"), {d: `M${x} ${TOP - 3}V${TOP + PITCH + STRIP_HEIGHT + 3}`});
  attributes(layer(g, "path", "head"), {d: `M${x} ${TOP}l-5 -9h10z`});
}
