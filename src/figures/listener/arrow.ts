/** Draws an arrow from zero whose tip can be dragged, or moved with the arrow keys. */
import {attributes, listen} from "../../figure/plot/children.ts";
import {makeDraggable} from "../../figure/plot/drags.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {lengthOf, MAX_ARROW_LENGTH, scaled, type Vector} from "./arrows.ts";
import type {Plane} from "./plane.ts";

interface ArrowOptions {
  /** "a" or "b₂". */
  name: string;
  symbol: "A" | "B";
  /** The second of two is dashed. */
  isSecond: boolean;
  onMove(to: Vector): void;
}

/** The radius of the knob at the tip, and the length of the head behind it. */
const [KNOB_RADIUS, HEAD_LENGTH] = [8, 11];
/** How far one press of an arrow key moves the tip. */
const KEY_STEP = 0.1;
/** The direction in which each arrow key moves the tip. */
const keyDirections: Readonly<Record<string, Vector>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** An arrow moved by a key, rounded to tenths so that two arrows can be made parallel with the keys. */
const movedByKey = (v: Vector, direction: Vector): Vector => [
  Math.round((v[0] + KEY_STEP * direction[0]) * 10) / 10,
  Math.round((v[1] + KEY_STEP * direction[1]) * 10) / 10,
];

/** The paths of an arrow's line and head, from zero to the knob; empty if the knob would cover them. */
function arrowPaths(plane: Plane, v: Vector): {line: string; head: string} {
  const length = lengthOf(v) * plane.unit - KNOB_RADIUS - 1;
  if (length < HEAD_LENGTH) return {line: "", head: ""};
  const u = scaled(1 / lengthOf(v), v);
  const [x0, y0] = plane.at([0, 0]);
  const place = (along: number, aside: number) =>
    `${rounded(x0 + along * u[0] - aside * u[1])},${rounded(y0 - along * u[1] - aside * u[0])}`;
  return {
    line: `M${x0},${y0}L${place(length - HEAD_LENGTH + 1, 0)}`,
    head: `M${place(length, 0)}L${place(length - HEAD_LENGTH, HEAD_LENGTH / 2)}L${place(length - HEAD_LENGTH, -HEAD_LENGTH / 2)}z`,
  };
}

/** Draws the arrow v into `g`. */
export function drawArrow(g: Element, plane: Plane, v: Vector, {name, symbol, isSecond, onMove}: ArrowOptions) {
  attributes(g, {"data-symbol": symbol});
  const {line, head} = arrowPaths(plane, v);
  attributes(layer(g, "path", "halo"), {d: line});
  attributes(layer(g, "path", isSecond ? "shaft second" : "shaft"), {d: line});
  attributes(layer(g, "path", "head"), {d: head});
  const [x, y] = plane.at(v);
  const size = lengthOf(v);
  // The name is beyond the tip; of a very short arrow it is at the upper right.
  const nameDirection = size > 0.3 ? scaled(1 / size, v) : ([0.7, 0.7] as const);
  const knob = layer(g, "g", "knob-and-name");
  attributes(knob, {
    transform: `translate(${x} ${y})`,
    tabindex: 0,
    role: "slider",
    "aria-label": `Tip of ${name}; the arrow keys move it by ${KEY_STEP}`,
    "aria-valuemin": -MAX_ARROW_LENGTH,
    "aria-valuemax": MAX_ARROW_LENGTH,
    "aria-valuenow": fixed(v[0], 2).replace("−", "-"),
    "aria-valuetext": `${fixed(v[0], 2)} across, ${fixed(v[1], 2)} up`,
  });
  listen(knob, "keydown", (event) => {
    const {key, altKey, ctrlKey, metaKey} = event as KeyboardEvent;
    const direction = keyDirections[key];
    if (!direction || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    onMove(movedByKey(v, direction));
  });
  attributes(layer(knob, "circle", "tip"), {r: KNOB_RADIUS});
  const text = layer(knob, "text", "name");
  attributes(text, {
    x: rounded(nameDirection[0] * 20),
    y: rounded(-nameDirection[1] * 20),
    dy: "0.32em",
    "text-anchor": "middle",
  });
  write(text, [{symbol, text: name}], "tspan");
  const field = layer(knob, "circle", "pull");
  attributes(field, {r: 18});
  makeDraggable(field, plane.g, {
    from: () => v,
    onMove: (from, dx, dy) => onMove([from[0] + dx / plane.unit, from[1] - dy / plane.unit]),
    onCancel: onMove,
  });
}
