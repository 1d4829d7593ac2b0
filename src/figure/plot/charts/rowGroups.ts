import {select} from "d3";
import {rounded} from "../rounded.ts";

/** A group for each row of a picture, `step` below the one before; `name` gives each its class. */
export const rowGroups = <Row>(
  g: Element,
  rows: readonly Row[],
  step: number,
  name: string | ((row: Row, i: number) => string),
) =>
  select(g)
    .selectChildren<SVGGElement, Row>("g")
    .data(rows)
    .join("g")
    .attr("class", (row, i) => (typeof name === "string" ? name : name(row, i)))
    .attr("transform", (_, i) => `translate(0 ${rounded(i * step, 2)})`);
