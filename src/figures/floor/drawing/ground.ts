import {select} from "d3";
import type {Scale} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

/** Fills what lies below the floors, one for each rank from 0, evenly spaced over the width. */
export function belowFloors(
  g: Element,
  floors: ArrayLike<number>,
  y: Scale,
  {width, height}: {width: number; height: number},
) {
  const last = floors.length - 1;
  const edge = Array.from(floors, (floor, i) => `${rounded((i / last) * width)} ${rounded(y(floor))}`);
  select(layer(g, "path", "ground")).attr("d", `M0 ${rounded(height)}L${edge.join("L")}L${width} ${rounded(height)}Z`);
}
