/** The path of x through one Transformer block, and what a way adds to it. */
import {attributes, each} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {label} from "../../figure/plot/text/label.ts";
import {put} from "../../figure/plot/text/put.ts";
import type {Way} from "./model.ts";

export const [BLOCK_WIDTH, BLOCK_HEIGHT] = [204, 102];

/** Half a side of a matrix, and the middle of Wq, Wk and Wv: across, and in height. */
const [HALF, QKV_X] = [9, 46];
const QKV_YS = {q: 40, k: 64, v: 88} as const;
/** Across: the middle of Wo, where the values are mixed, and where attention is added to the residual stream. */
const [WO_X, MIX_X, ATTENTION_SUM] = [98, 78, 122];
/** The height of the residual stream. */
const STREAM_Y = 12;
/** Across: the matrices of the MLP, and where it is added to the stream. */
const [MLP_XS, MLP_SUM] = [[146, 160], 182];

const square = (x: number, y: number): string => `M${x - HALF} ${y - HALF}h${2 * HALF}v${2 * HALF}h${-2 * HALF}z`;
/** A matrix of the MLP. */
const tall = (x: number): string => `M${x - 5} 50h10v28h-10z`;
/** An adapter layer: narrow in the middle. */
const adapterLayer = (x: number): string => `M${x - 9} 28h18l-6 10l6 10h-18l6 -10z`;
const plus = (x: number): string => `M${x - 4} ${STREAM_Y}h8m-4 -4v8`;

/** Draws the block with what the way adds. Once LoRA `isMerged`, the matrices take its color. */
export function drawBlock(g: Element, way: Way, isMerged: boolean, hasLetters: boolean) {
  attributes(g, {"data-way": way, "data-merged": isMerged ? "" : null});
  const path = (name: string, d: string) => attributes(layer(g, "path", name), {d: d || null});
  path("stream", `M10 ${STREAM_Y}H${BLOCK_WIDTH - 6}`);
  path(
    "wires",
    [
      `M24 ${STREAM_Y}V${QKV_YS.v}H${MIX_X}V${QKV_YS.q}`,
      `M24 ${QKV_YS.q}H${MIX_X}`,
      `M24 ${QKV_YS.k}H${WO_X}`,
      `M${WO_X} ${QKV_YS.k}H${ATTENTION_SUM}V${STREAM_Y}`,
      `M134 ${STREAM_Y}V${QKV_YS.k}H${MLP_SUM}V${STREAM_Y}`,
    ].join(""),
  );
  path("head", `M${BLOCK_WIDTH} ${STREAM_Y}l-8 -5v10z`);
  // The heights of the matrices with LoRA, and of the places where a prefix adds keys and values.
  const adaptedRows = way === "lora" ? [QKV_YS.q, QKV_YS.v] : [];
  path(
    "w0",
    [...Object.values(QKV_YS).map((y) => square(QKV_X, y)), square(WO_X, QKV_YS.k), ...MLP_XS.map(tall)].join(""),
  );
  path("soaked", adaptedRows.map((y) => square(QKV_X, y)).join(""));
  path("a", adaptedRows.map((y) => `M${QKV_X - HALF} ${y - HALF - 5}h${2 * HALF}v3h${-2 * HALF}z`).join(""));
  path("b", adaptedRows.map((y) => `M${QKV_X - HALF - 5} ${y - HALF}h3v${2 * HALF}h-3z`).join(""));
  const prefixRows = way === "prefix" ? [QKV_YS.k, QKV_YS.v] : [];
  path(
    "new",
    way === "layers"
      ? adapterLayer(ATTENTION_SUM) + adapterLayer(MLP_SUM)
      : prefixRows
          .flatMap((y) => [0, 1, 2, 3].flatMap((n) => [-5, 1].map((up) => `M${58 + 4.5 * n} ${y + up}h3.5v4h-3.5z`)))
          .join(""),
  );
  each(layer(g, "g", "sums"), "circle", [ATTENTION_SUM, MLP_SUM], (circle, cx) =>
    attributes(circle, {cx, cy: STREAM_Y, r: 7}),
  );
  path("plus", plus(ATTENTION_SUM) + plus(MLP_SUM));
  const letters = hasLetters ? [...Object.entries(QKV_YS), ["o", QKV_YS.k] as const] : [];
  each(layer(g, "g", "letters"), "text", letters, (text, [name, y], i) => {
    attributes(text, {x: i < 3 ? QKV_X : WO_X, y: Number(y) + 4, "text-anchor": "middle"});
    put(text, String(name));
  });
  const named = (name: string) => (hasLetters ? name : "");
  label(g, "x", named("x"), {x: 0, y: STREAM_Y + 4});
  label(g, "below-attention", named("attention"), {x: 110, y: 96, anchor: "middle"});
  label(g, "below-mlp", named("MLP"), {x: 160, y: 96, anchor: "middle"});
}
