import {select} from "d3";
import {group} from "../../../figure/plot/panel.ts";
import {withText} from "../../../figure/plot/text/put.ts";

/** A square for each matrix, and the gap to the next. */
const [SIDE, GAP] = [9, 1];

/** Room for the squares of a row, and to keep their letters off the scale. */
export const ICONS = 4 * (SIDE + GAP) + 22;

/** Puts four squares, filled where a matrix is adapted, in the place of each row's name, and their letters below all; no rows, no squares. */
export function icons(plot: Element, rows: readonly {on?: string}[], letters: string, height: number) {
  select(group(plot, "letters", -1 - ICONS, height + 16))
    .selectChildren<SVGTextElement, string>("text")
    .data(rows.length ? [...letters] : [])
    .join("text")
    .attr("x", (_, at) => at * (SIDE + GAP) + SIDE / 2)
    .attr("text-anchor", "middle")
    .each(withText((letter) => letter));
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
