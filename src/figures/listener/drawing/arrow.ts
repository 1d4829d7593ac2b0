import {select} from "d3";
import {dragHandle} from "../../../figure/plot/dragHandle.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {write} from "../../../figure/plot/text/symbol.ts";
import type {Plane} from "./plane.ts";
import {LONGEST_ARROW, lengthOf, scaled, type Vector} from "./vector.ts";

export interface ArrowOptions {
  /** "a", "b₂" */
  name: string;
  symbol: "A" | "B";
  /** The second of two is dashed. */
  isSecond: boolean;
  onMove(to: Vector): void;
}

const KNOB = 8;
const HEAD = 11;
/** One press of an arrow key. */
const PRESS = 0.1;
const keys: Readonly<Record<string, Vector>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** On the grid of the keys, so that two arrows can be made parallel with them. */
const stepped = (v: Vector, by: Vector): Vector => [
  Math.round((v[0] + PRESS * by[0]) * 10) / 10,
  Math.round((v[1] + PRESS * by[1]) * 10) / 10,
];

/** The line with its head, from zero to the knob; none while it would be hidden by the knob. */
function shaft(plane: Plane, v: Vector): {line: string; head: string} {
  const far = lengthOf(v) * plane.unit - KNOB - 1;
  if (far < HEAD) return {line: "", head: ""};
  const u = scaled(1 / lengthOf(v), v);
  const [x0, y0] = plane.at([0, 0]);
  const place = (along: number, aside: number) =>
    `${rounded(x0 + along * u[0] - aside * u[1])},${rounded(y0 - along * u[1] - aside * u[0])}`;
  return {
    line: `M${x0},${y0}L${place(far - HEAD + 1, 0)}`,
    head: `M${place(far, 0)}L${place(far - HEAD, HEAD / 2)}L${place(far - HEAD, -HEAD / 2)}z`,
  };
}

/** From an arrow of no length to its handle: beside the place, so that what is there is seen. */
const [ASIDE, ABOVE] = [30, -24];

/** An arrow from zero whose tip can be dragged, or moved with the arrow keys. */
export function arrow(plane: Plane, v: Vector, {name, symbol, isSecond, onMove}: ArrowOptions) {
  const g = group(plane.g, `vector of-${name}`);
  select(g).attr("data-symbol", symbol);
  const {line, head} = shaft(plane, v);
  select(layer(g, "path", "halo")).attr("d", line);
  select(layer(g, "path", isSecond ? "shaft second" : "shaft")).attr("d", line);
  select(layer(g, "path", "head")).attr("d", head);
  const [x, y] = plane.at(v);
  const size = lengthOf(v);
  const out = size > 0.3 ? scaled(1 / size, v) : ([0.7, 0.7] as const);
  const isZero = size === 0;
  select(layer(g, "path", "stem")).attr("d", isZero ? `M${x},${y}l${0.75 * ASIDE},${0.75 * ABOVE}` : "");
  select(layer(g, "circle", "none"))
    .attr("cx", x)
    .attr("cy", y)
    .attr("r", isZero ? 3.5 : 0);
  const knob = group(g, "knob-and-name", x + (isZero ? ASIDE : 0), y + (isZero ? ABOVE : 0));
  select(knob)
    .attr("tabindex", 0)
    .attr("role", "slider")
    .attr("aria-label", `Tip of ${name}; the arrow keys move it by ${PRESS}`)
    .attr("aria-valuemin", -LONGEST_ARROW)
    .attr("aria-valuemax", LONGEST_ARROW)
    .attr("aria-valuenow", fixed(v[0], 2).replace("−", "-"))
    .attr("aria-valuetext", `${fixed(v[0], 2)} across, ${fixed(v[1], 2)} up`)
    .on("keydown", (event: KeyboardEvent) => {
      const by = keys[event.key];
      if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      onMove(stepped(v, by));
    });
  select(layer(knob, "circle", "tip")).attr("r", KNOB);
  const text = layer(knob, "text", "name");
  select(text)
    .attr("x", rounded(out[0] * 20))
    .attr("y", rounded(-out[1] * 20))
    .attr("dy", "0.32em")
    .attr("text-anchor", "middle");
  write(text, [{symbol, text: name}], "tspan");
  const field = layer(knob, "circle", "pull");
  select(field).attr("r", 18);
  dragHandle(field, plane.g, {
    from: () => v,
    onPull: (from, dx, dy) => onMove([from[0] + dx / plane.unit, from[1] - dy / plane.unit]),
    onCancel: onMove,
  });
}
