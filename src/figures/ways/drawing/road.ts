/** The road of x through one block, and the part that is new on it. */
import {attributes, each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {put} from "../../../figure/plot/text/put.ts";

/** What is on the road. */
export type RoadPart = "prefix" | "lora" | "layers";
export const ROAD = 110;

/** Middles of the matrices in a drawing 204 wide, and half of a side. */
const [HALF, ACROSS] = [9, 46];
const ROWS = {k: 12, q: 36, v: 60} as const;
const [OUT, FLOOR, MIX, END] = [98, 84, 78, 122];
const MLP = [146, 160];
const LEAVES = 182;

const square = (x: number, y: number): string => `M${x - HALF} ${y - HALF}h${2 * HALF}v${2 * HALF}h${-2 * HALF}z`;
const tall = (x: number): string => `M${x - 5} 22h10v28h-10z`;
/** An adapter layer: narrow in the middle. */
const adapterLayer = (x: number): string => `M${x - 9} 52h18l-6 10l6 10h-18l6 -10z`;
const plus = (x: number): string => `M${x - 4} ${FLOOR}h8m-4 -4v8`;

export function drawRoad(g: Element, way: RoadPart, isMerged: boolean, width: number) {
  attributes(g, {"data-way": way, "data-merged": isMerged ? "" : null});
  const path = (name: string, d: string) => attributes(layer(g, "path", name), {d: d || null});
  path("stream", `M10 ${FLOOR}H${width - 6}`);
  path(
    "wires",
    [
      `M24 ${FLOOR}V${ROWS.k}H${MIX}V${ROWS.v}`,
      `M24 ${ROWS.q}H${OUT}`,
      `M24 ${ROWS.v}H${MIX}`,
      `M${OUT} ${ROWS.q}H${END}V${FLOOR}`,
      `M134 ${FLOOR}V36H${LEAVES}V${FLOOR}`,
    ].join(""),
  );
  path("head", `M${width} ${FLOOR}l-8 -5v10z`);
  const adapted = way === "lora" ? [ROWS.q, ROWS.v] : [];
  path("w0", [...Object.values(ROWS).map((y) => square(ACROSS, y)), square(OUT, ROWS.q), ...MLP.map(tall)].join(""));
  path("soaked", adapted.map((y) => square(ACROSS, y)).join(""));
  path("a", adapted.map((y) => `M${ACROSS - HALF} ${y - HALF - 5}h${2 * HALF}v3h${-2 * HALF}z`).join(""));
  path("b", adapted.map((y) => `M${ACROSS - HALF - 5} ${y - HALF}h3v${2 * HALF}h-3z`).join(""));
  const places = way === "prefix" ? [ROWS.k, ROWS.v] : [];
  path(
    "new",
    way === "layers"
      ? adapterLayer(END) + adapterLayer(LEAVES)
      : places
          .flatMap((y) => [0, 1, 2, 3].flatMap((n) => [-5, 1].map((up) => `M${58 + 4.5 * n} ${y + up}h3.5v4h-3.5z`)))
          .join(""),
  );
  each(layer(g, "g", "sums"), "circle", [END, LEAVES], (circle, cx) => attributes(circle, {cx, cy: FLOOR, r: 7}));
  path("plus", plus(END) + plus(LEAVES));
  each(layer(g, "g", "letters"), "text", [...Object.entries(ROWS), ["o", ROWS.q] as const], (text, [name, y], i) => {
    attributes(text, {x: i < 3 ? ACROSS : OUT, y: Number(y) + 4, "text-anchor": "middle"});
    put(text, String(name));
  });
  label(g, "x", "x", {x: 0, y: FLOOR + 4});
  label(g, "below-attention", "attention", {x: 72, y: 104, anchor: "middle"});
  label(g, "below-mlp", "MLP", {x: 154, y: 104, anchor: "middle"});
}
