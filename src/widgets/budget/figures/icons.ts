import {select} from "d3";
import {group} from "../../../figures/panel.ts";

/** A square for each matrix, and the gap to the next. */
const [SIDE, GAP] = [9, 1];

/** Room for the squares of a row. */
export const ICONS = 4 * (SIDE + GAP) + 12;

/** Puts four squares, filled where a matrix is adapted, in the place of each row's name; no rows, no squares. */
export function icons(plot: Element, rows: readonly {on?: string}[], letters: string) {
  select(plot)
    .selectAll<SVGGElement, unknown>(".plot-row")
    .each(function (_, i) {
      if (!rows[i]) {
        select(this).selectChildren(".icon").remove();
        return;
      }
      const {on = ""} = rows[i];
      const field = select(this).select(".field");
      const [left, height] = [Number(field.attr("x")), Number(field.attr("height"))];
      select(group(this, "icon", left + 5, (height - SIDE) / 2))
        .selectChildren<SVGRectElement, string>("rect")
        .data([...letters])
        .join("rect")
        .attr("class", (letter) => (on.includes(letter) ? "on" : "off"))
        .attr("x", (_, at) => at * (SIDE + GAP))
        .attr("width", SIDE)
        .attr("height", SIDE);
    });
}
