/** Draws lines of equal a·x, one for each whole number, the tinted bands between them, and their numbers. */
import {attributes, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import {lengthOf, scaled, sumOf, type Vector} from "./arrows.ts";
import {lineTo, type Plane} from "./plane.ts";

/** Lines are drawn up to this a·x: a long arrow would have more of them than can be told apart. */
const MAX_VALUE = 14;
/** The distance of a number from the panel's edge, in units. */
const MARGIN = 13;
/** Bands narrower than this, in units, are numbered only at even values. */
const NARROW_BAND = 40;

/** The lines on which a·x is a whole number, each across the whole panel. */
function linesOf(plane: Plane, a: Vector) {
  const size = lengthOf(a);
  if (size === 0) return [];
  const u = scaled(1 / size, a);
  // Along the lines, upward.
  const along: Vector = u[0] < 0 ? [u[1], -u[0]] : [-u[1], u[0]];
  const halfDiagonal = Math.hypot(plane.width, plane.height) / plane.unit / 2;
  const maxValue = Math.min(Math.floor(halfDiagonal * size), MAX_VALUE);
  return Array.from({length: 2 * maxValue + 1}, (_, i) => {
    const value = i - maxValue;
    const middle = scaled(value / size, u);
    const end = (distance: number) => plane.at(sumOf(middle, scaled(distance, along)));
    return {value, u, middle, d: lineTo(end(-halfDiagonal), end(halfDiagonal)), end};
  });
}

type Line = ReturnType<typeof linesOf>[number];

/** Where a line's number is: on the upper half of the largest circle in the panel; undefined if the line misses the circle. */
function numberAt({width, height, unit}: Plane, {middle, end}: Line) {
  const radius = (Math.min(width, height) / 2 - MARGIN) / unit;
  const distance = Math.sqrt(radius ** 2 - lengthOf(middle) ** 2);
  return Number.isNaN(distance) ? undefined : end(distance);
}

const classOf = ({value}: Line) => (value === 0 ? "none" : "");

/**
 * Draws the bands behind the points, darker where |a·x| is 2 or more, so that a·x can be read off. `isPlain` leaves out the tint,
 * because the bands of two arrows cross.
 */
export function drawBands(g: Element, plane: Plane, a: Vector, name: string, isPlain: boolean) {
  const lines = linesOf(plane, a);
  const box = layer(g, "g", `bands of-${name}`);
  const width = plane.unit / lengthOf(a);
  const tinted = isPlain ? [] : lines.filter(({value}) => value !== 0);
  each(layer(box, "g", "tint"), "path", tinted, (tint, {value, d, u}) => {
    // The band beyond the line, away from zero.
    const [x, y] = scaled((Math.sign(value) * width) / 2, u);
    attributes(tint, {
      d,
      transform: `translate(${rounded(x)} ${rounded(-y)})`,
      "stroke-width": rounded(width, 2),
      "stroke-opacity": Math.abs(value) < 2 ? 0.08 : 0.18,
    });
  });
  join(layer(box, "g", "lines"), "path", lines, {name: classOf}, (line, {d}) => attributes(line, {d}));
}

/** Draws the numbers of the lines, above the points. With `isPlain` only zero has one. */
export function drawBandNumbers(g: Element, plane: Plane, a: Vector, name: string, isPlain: boolean) {
  const spacing = plane.unit / lengthOf(a) < NARROW_BAND ? 2 : 1;
  const numbered = linesOf(plane, a).filter(({value}) => value === 0 || (!isPlain && value % spacing === 0));
  texts(
    layer(layer(g, "g", `bands of-${name}`), "g", "values"),
    numbered.flatMap((line): Text[] => {
      const at = numberAt(plane, line);
      const text = line.value === 0 ? `${name}·x = 0` : whole(line.value);
      return at ? [{at, text, kind: classOf(line), anchor: "middle"}] : [];
    }),
  );
}
