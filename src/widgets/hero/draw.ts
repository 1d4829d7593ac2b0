import type {Matrix} from "../../engine/linalg/matrix.ts";
import {layer} from "../../figures/layer.ts";
import {heatmap} from "../../figures/matrices/heatmap.ts";
import {sheets} from "../../figures/matrices/sheets.ts";
import {group, panel} from "../../figures/panel.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {factorsOfHero, RANK, SEED, SIDE, sums} from "./model.ts";

const factors = factorsOfHero();
const all = sums(factors);
const terms = Array.from({length: RANK}, (_, l): Matrix => {
  const [before, after] = [all[l], all[l + 1]];
  return {...after, data: after.data.map((x, n) => x - before.data[n])};
});
const limit = Math.max(...[...terms, all[RANK]].map(largestEntry));

export const STEPS = RANK;

/** Draws the update as the sum of its first `step` outer products. */
export function drawHero(root: Element, step: number) {
  sheets(layer(root, "div", "sheets"), terms, {...factors, limit, summed: step, lit: 0});
  layer(root, "span", "equals", "=");
  const svg = panel(root, "total", {
    label: [{symbol: "dW", text: "ΔW"}, step ? ` rank ${step}` : " = 0"],
    width: 98,
    height: 112,
  });
  heatmap(group(svg, "map", 0, 14), all[step], {cellWidth: 98 / SIDE, cellHeight: 98 / SIDE, limit});
  // Screen readers read it as one image.
  for (const part of root.children) part.setAttribute("aria-hidden", "true");
  root.setAttribute("role", "img");
  root.setAttribute(
    "aria-label",
    `${step} of ${RANK} outer products of a column and a row, summed to an update of rank ${step}`,
  );
  const caption = layer(root.parentElement!, "p", "caption");
  layer(caption, "span", "mark").setAttribute("data-kind", "live");
  layer(caption, "span", "mark", `live · seed ${SEED}`);
  // The text is the same at every step. It is written once because the first toLocaleString takes 50 ms on a slow phone.
  layer(caption, "span", "text").textContent ||=
    ` A ${SIDE} × ${SIDE} update from four outer products: ${RANK} × (${SIDE} + ${SIDE}) = ${RANK * 2 * SIDE} numbers instead of ${(SIDE * SIDE).toLocaleString("en-US")}.`;
}
