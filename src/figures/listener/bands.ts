/** Lines of equal a·x, one for each whole number, with tinted bands between them and their numbers. */
import {attributes, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import {lengthOf, plus, scaled, type Vector} from "./arrows.ts";
import {lineTo, type Plane} from "./drawing/plane.ts";

/** Lines are drawn up to this a·x: a long arrow has more of them than can be told apart. */
const MOST = 14;
/** The distance of a number from the panel's edge, in units. */
const MARGIN = 13;
/** Bands narrower than this, in units, are numbered only at even values. */
const NARROW = 40;

/** The lines on which a·x is a whole number, across the whole panel. */
function linesOf(plane: Plane, a: Vector) {
  const size = lengthOf(a);
  if (size === 0) return [];
  const u = scaled(1 / size, a);
  // Along the lines, upward.
  const along: Vector = u[0] < 0 ? [u[1], -u[0]] : [-u[1], u[0]];
  const far = Math.hypot(plane.width, plane.height) / plane.unit / 2;
  const last = Math.min(Math.floor(far * size), MOST);
  return Array.from({length: 2 * last + 1}, (_, i) => {
    const value = i - last;
    const middle = scaled(value / size, u);
    const end = (distance: number) => plane.at(plus(middle, scaled(distance, along)));
    return {value, u, middle, d: lineTo(end(-far), end(far)), end};
  });
}

type Line = ReturnType<typeof linesOf>[number];

/** Where a line's number is: on the upper half of the largest circle in the panel. Beyond the circle a line has none. */
function numberAt({width, height, unit}: Plane, {middle, end}: Line) {
  const radius = (Math.min(width, height) / 2 - MARGIN) / unit;
  const distance = Math.sqrt(radius ** 2 - lengthOf(middle) ** 2);
  return Number.isNaN(distance) ? undefined : end(distance);
}

const nameOf = ({value}: Line) => (value === 0 ? "none" : "");

/**
 * The bands behind the points, darker where |a·x| is 2 or more, so that a·x can be read off. `isPlain` leaves out the tint: two
 * arrows have bands that cross.
 */
export function responseBands(plane: Plane, a: Vector, name: string, isPlain: boolean) {
  const lines = linesOf(plane, a);
  const box = layer(plane.g, "g", `bands of-${name}`);
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
  join(layer(box, "g", "lines"), "path", lines, {name: nameOf}, (line, {d}) => attributes(line, {d}));
}

/** The numbers of the lines, drawn above the points. */
export function bandNumbers(plane: Plane, a: Vector, name: string, isPlain: boolean) {
  const every = plane.unit / lengthOf(a) < NARROW ? 2 : 1;
  const numbered = linesOf(plane, a).filter(({value}) => value === 0 || (!isPlain && value % every === 0));
  texts(
    layer(layer(plane.g, "g", `bands of-${name}`), "g", "values"),
    numbered.flatMap((line): Text[] => {
      const at = numberAt(plane, line);
      const text = line.value === 0 ? `${name}·x = 0` : whole(line.value);
      return at ? [{at, text, kind: nameOf(line), anchor: "middle"}] : [];
    }),
  );
}
