/** A small window in a corner that shows ΔWx of all inputs as rays from one place: on one line, or in all directions. */
import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {dots, pathIn} from "./marks.ts";
import type {Plane} from "./plane.ts";
import type {Vector} from "./vector.ts";

/** The side of the window. */
const SMALL = 84;

export function drawPushes(g: Element, {width, height}: Plane, all: readonly Vector[]) {
  const box = layer(g, "g", "window");
  attributes(box, {transform: `translate(${width - SMALL - 8} ${height - SMALL - 8})`});
  attributes(layer(box, "rect", "frame"), {width: SMALL, height: SMALL, rx: 4});
  const scale = (SMALL / 2 - 6) / 3.2;
  const inside = (value: number) =>
    rounded(SMALL / 2 + Math.max(Math.min(value * scale, SMALL / 2 - 4), 4 - SMALL / 2));
  pathIn(box, "rays", all.map((push) => `M${SMALL / 2},${SMALL / 2}L${inside(push[0])},${inside(-push[1])}`).join(""));
  dots(
    layer(box, "g", "dots"),
    all.map((push) => ({x: inside(push[0]), y: inside(-push[1]), name: "end"})),
    1.8,
  );
  label(box, "named", "all pushes", {x: SMALL / 2, y: -6, anchor: "middle"});
}
