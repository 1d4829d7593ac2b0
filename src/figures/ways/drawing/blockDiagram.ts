/** The path of x through one Transformer block, and what a way adds to it. */
import {attributes, each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {put} from "../../../figure/plot/text/put.ts";

/** What is added: a prefix, LoRA, or adapter layers. */
export type NewPart = "prefix" | "lora" | "layers";
export const BLOCK_HEIGHT = 110;

/** In a drawing 204 wide: half a side of a matrix, and the middle of Wq, Wk and Wv across. */
const [HALF, ACROSS] = [9, 46];
const ROWS = {k: 12, q: 36, v: 60} as const;
/** The middle of Wo, the height of the residual stream, where the values are mixed, and where attention is added to the stream. */
const [OUT, STREAM, MIX, ATTENTION_SUM] = [98, 84, 78, 122];
/** The matrices of the MLP, and where it is added to the stream. */
const MLP = [146, 160];
const MLP_SUM = 182;

const square = (x: number, y: number): string => `M${x - HALF} ${y - HALF}h${2 * HALF}v${2 * HALF}h${-2 * HALF}z`;
const tall = (x: number): string => `M${x - 5} 22h10v28h-10z`;
/** An adapter layer: narrow in the middle. */
const adapterLayer = (x: number): string => `M${x - 9} 52h18l-6 10l6 10h-18l6 -10z`;
const plus = (x: number): string => `M${x - 4} ${STREAM}h8m-4 -4v8`;

/** Draws the block `width` wide with the new part; `isMerged`, LoRA has become part of its matrices. Where it is made smaller, its letters would be too small to read. */
export function drawBlock(g: Element, way: NewPart, isMerged: boolean, width: number, hasLetters = true) {
  attributes(g, {"data-way": way, "data-merged": isMerged ? "" : null});
  const path = (name: string, d: string) => attributes(layer(g, "path", name), {d: d || null});
  path("stream", `M10 ${STREAM}H${width - 6}`);
  path(
    "wires",
    [
      `M24 ${STREAM}V${ROWS.k}H${MIX}V${ROWS.v}`,
      `M24 ${ROWS.q}H${OUT}`,
      `M24 ${ROWS.v}H${MIX}`,
      `M${OUT} ${ROWS.q}H${ATTENTION_SUM}V${STREAM}`,
      `M134 ${STREAM}V36H${MLP_SUM}V${STREAM}`,
    ].join(""),
  );
  path("head", `M${width} ${STREAM}l-8 -5v10z`);
  const adaptedRows = way === "lora" ? [ROWS.q, ROWS.v] : [];
  path("w0", [...Object.values(ROWS).map((y) => square(ACROSS, y)), square(OUT, ROWS.q), ...MLP.map(tall)].join(""));
  path("soaked", adaptedRows.map((y) => square(ACROSS, y)).join(""));
  path("a", adaptedRows.map((y) => `M${ACROSS - HALF} ${y - HALF - 5}h${2 * HALF}v3h${-2 * HALF}z`).join(""));
  path("b", adaptedRows.map((y) => `M${ACROSS - HALF - 5} ${y - HALF}h3v${2 * HALF}h-3z`).join(""));
  const places = way === "prefix" ? [ROWS.k, ROWS.v] : [];
  path(
    "new",
    way === "layers"
      ? adapterLayer(ATTENTION_SUM) + adapterLayer(MLP_SUM)
      : places
          .flatMap((y) => [0, 1, 2, 3].flatMap((n) => [-5, 1].map((up) => `M${58 + 4.5 * n} ${y + up}h3.5v4h-3.5z`)))
          .join(""),
  );
  each(layer(g, "g", "sums"), "circle", [ATTENTION_SUM, MLP_SUM], (circle, cx) =>
    attributes(circle, {cx, cy: STREAM, r: 7}),
  );
  path("plus", plus(ATTENTION_SUM) + plus(MLP_SUM));
  const letters = hasLetters ? [...Object.entries(ROWS), ["o", ROWS.q] as const] : [];
  each(layer(g, "g", "letters"), "text", letters, (text, [name, y], i) => {
    attributes(text, {x: i < 3 ? ACROSS : OUT, y: Number(y) + 4, "text-anchor": "middle"});
    put(text, String(name));
  });
  const named = (name: string) => (hasLetters ? name : "");
  label(g, "x", named("x"), {x: 0, y: STREAM + 4});
  label(g, "below-attention", named("attention"), {x: 72, y: 104, anchor: "middle"});
  label(g, "below-mlp", named("MLP"), {x: 154, y: 104, anchor: "middle"});
}
