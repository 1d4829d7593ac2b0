/** An arrow from zero whose tip is dragged, or moved with the arrow keys. */
import {attributes, listen} from "../../figure/plot/children.ts";
import {dragHandle} from "../../figure/plot/drags.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {LONGEST_ARROW, lengthOf, scaled, type Vector} from "./arrows.ts";
import type {Plane} from "./drawing/plane.ts";

interface ArrowOptions {
  /** "a" or "b₂". */
  name: string;
  symbol: "A" | "B";
  /** The second of two is dashed. */
  isSecond: boolean;
  onMove(to: Vector): void;
}

/** The radius of the knob at the tip, and the length of the head behind it. */
const [KNOB, HEAD] = [8, 11];
/** How far one press of an arrow key moves the tip. */
const PRESS = 0.1;
const keys: Readonly<Record<string, Vector>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Moved by a key, and rounded to tenths, so that two arrows can be made parallel with the keys. */
const stepped = (v: Vector, by: Vector): Vector => [
  Math.round((v[0] + PRESS * by[0]) * 10) / 10,
  Math.round((v[1] + PRESS * by[1]) * 10) / 10,
];

/** Line and head, from zero to the knob; empty while the knob would cover them. */
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

/** Draws the arrow v into `g`. */
export function drawArrow(g: Element, plane: Plane, v: Vector, {name, symbol, isSecond, onMove}: ArrowOptions) {
  attributes(g, {"data-symbol": symbol});
  const {line, head} = shaft(plane, v);
  attributes(layer(g, "path", "halo"), {d: line});
  attributes(layer(g, "path", isSecond ? "shaft second" : "shaft"), {d: line});
  attributes(layer(g, "path", "head"), {d: head});
  const [x, y] = plane.at(v);
  const size = lengthOf(v);
  const out = size > 0.3 ? scaled(1 / size, v) : ([0.7, 0.7] as const);
  const knob = layer(g, "g", "knob-and-name");
  attributes(knob, {
    transform: `translate(${x} ${y})`,
    tabindex: 0,
    role: "slider",
    "aria-label": `Tip of ${name}; the arrow keys move it by ${PRESS}`,
    "aria-valuemin": -LONGEST_ARROW,
    "aria-valuemax": LONGEST_ARROW,
    "aria-valuenow": fixed(v[0], 2).replace("−", "-"),
    "aria-valuetext": `${fixed(v[0], 2)} across, ${fixed(v[1], 2)} up`,
  });
  listen(knob, "keydown", (event) => {
    const {key, altKey, ctrlKey, metaKey} = event as KeyboardEvent;
    const by = keys[key];
    if (!by || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    onMove(stepped(v, by));
  });
  attributes(layer(knob, "circle", "tip"), {r: KNOB});
  const text = layer(knob, "text", "name");
  attributes(text, {x: rounded(out[0] * 20), y: rounded(-out[1] * 20), dy: "0.32em", "text-anchor": "middle"});
  write(text, [{symbol, text: name}], "tspan");
  const field = layer(knob, "circle", "pull");
  attributes(field, {r: 18});
  dragHandle(field, plane.g, {
    from: () => v,
    onMove: (from, dx, dy) => onMove([from[0] + dx / plane.unit, from[1] - dy / plane.unit]),
    onCancel: onMove,
  });
}
