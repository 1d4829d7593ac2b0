import type {Matrix} from "../../engine/linalg/matrix.ts";
import {layer} from "../../figures/layer.ts";
import {heatmap} from "../../figures/matrices/heatmap.ts";
import {sheets} from "../../figures/matrices/sheets.ts";
import {group, panel} from "../../figures/panel.ts";
import {factorsOfHero, RANK, SEED, SIDE, sums} from "./model.ts";

const factors = factorsOfHero();
const all = sums(factors);
const most = (m: Matrix) => m.data.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
const terms = Array.from({length: RANK}, (_, l): Matrix => {
  const [before, after] = [all[l], all[l + 1]];
  return {...after, data: after.data.map((x, n) => x - before.data[n])};
});
const limit = Math.max(...[...terms, all[RANK]].map(most));

export const STEPS = RANK;

/** The update after `step` of its outer products have been laid down. Idempotent, like every figure. */
export function drawHero(root: Element, step: number) {
  sheets(layer(root, "div", "sheets"), terms, {...factors, limit, summed: step, lit: 0});
  layer(root, "span", "equals", "=");
  const svg = panel(root, "total", {
    label: [{symbol: "dW", text: "ΔW"}, step ? ` rank ${step}` : " = 0"],
    width: 98,
    height: 112,
  });
  heatmap(group(svg, "map", 0, 14), all[step], {cellWidth: 98 / SIDE, cellHeight: 98 / SIDE, limit});
  // One image: its parts are not read one by one.
  for (const part of root.children) part.setAttribute("aria-hidden", "true");
  root.setAttribute("role", "img");
  root.setAttribute(
    "aria-label",
    `${step} of ${RANK} outer products of a column and a row, summed to an update of rank ${step}`,
  );
  const caption = layer(root.parentElement!, "p", "caption");
  layer(caption, "span", "mark").setAttribute("data-kind", "live");
  layer(caption, "span", "mark", `live · seed ${SEED}`);
  // The same at every step: written once, as the first number in a locale's way costs a slow phone 50 ms.
  layer(caption, "span", "text").textContent ||=
    ` A ${SIDE} × ${SIDE} update from four outer products: ${RANK} × (${SIDE} + ${SIDE}) = ${RANK * 2 * SIDE} numbers instead of ${(SIDE * SIDE).toLocaleString("en-US")}.`;
}
