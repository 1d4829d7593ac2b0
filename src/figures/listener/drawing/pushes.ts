import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {dots} from "./dots.ts";
import {pathIn} from "./marks.ts";
import type {Plane} from "./plane.ts";
import type {Vector} from "./vector.ts";

/** The side of the small window that shows every push from one place. */
const SMALL = 84;

/** All pushes from one place: on one line, or in all directions. */
export function pushes(g: Element, {width, height}: Plane, all: readonly Vector[]) {
  const box = group(g, "window", width - SMALL - 8, height - SMALL - 8);
  select(layer(box, "rect", "frame"))
    .attr("width", SMALL)
    .attr("height", SMALL)
    .attr("rx", 5);
  const scale = (SMALL / 2 - 6) / 3.2;
  const inside = (value: number) =>
    rounded(SMALL / 2 + Math.max(Math.min(value * scale, SMALL / 2 - 4), 4 - SMALL / 2));
  pathIn(box, "rays", all.map((push) => `M${SMALL / 2},${SMALL / 2}L${inside(push[0])},${inside(-push[1])}`).join(""));
  dots(
    group(box, "dots"),
    all.map((push) => ({x: inside(push[0]), y: inside(-push[1]), name: "end", isDiamond: false})),
    1.8,
  );
  label(box, "named", "all pushes", {x: SMALL / 2, y: -6, anchor: "middle"});
}
