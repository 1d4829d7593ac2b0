/** Lines of equal a·x, one for each whole number, with tinted bands between them and their numbers. */
import {attributes, each, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {type Text, texts} from "../../../figure/plot/text/texts.ts";
import type {Plane} from "./plane.ts";
import {lengthOf, plus, scaled, type Vector} from "./vector.ts";

/** Lines are drawn up to this a·x: a long arrow has more of them than can be told apart. */
const MOST = 14;

interface Band {
  value: number;
  d: string;
  /** Where its number is written. */
  at: readonly [number, number];
}

/** The lines on which a·x is a whole number, across the whole panel. */
function linesOf(plane: Plane, a: Vector): Band[] {
  const size = lengthOf(a);
  if (size === 0) return [];
  const u = scaled(1 / size, a);
  const along: Vector = [-u[1], u[0]];
  const far = Math.hypot(plane.width, plane.height) / plane.unit / 2;
  const last = Math.min(Math.floor(far * size), MOST);
  return Array.from({length: 2 * last + 1}, (_, i) => {
    const value = i - last;
    const middle = scaled(value / size, u);
    const [from, to] = [plane.at(plus(middle, scaled(-far, along))), plane.at(plus(middle, scaled(far, along)))];
    return {value, d: `M${from.join()}L${to.join()}`, at: numberAt(plane, middle, along, value === 0)};
  });
}

/**
 * Just inside the panel's upper edge, or at its side where lines are rather level. Outside the panel, and so unseen, if the line
 * meets another edge; the line at 0 always has its number.
 */
function numberAt(
  {width, height, unit, at}: Plane,
  middle: Vector,
  along: Vector,
  isZero: boolean,
): readonly [number, number] {
  const up: Vector = along[1] < 0 || (along[1] === 0 && along[0] < 0) ? scaled(-1, along) : along;
  const [x, y] = at(middle);
  const above = up[1] > 0.01 ? (y - 13) / (up[1] * unit) : Number.POSITIVE_INFINITY;
  // "a₂·x = 0" is wider than a number.
  const edge = isZero ? 32 : 16;
  const side = up[0] > 0 ? width - edge - x : x - edge;
  const beside = Math.abs(up[0]) > 0.01 ? side / (Math.abs(up[0]) * unit) : Number.POSITIVE_INFINITY;
  const isSteep = up[1] >= Math.abs(up[0]);
  const far = isZero ? Math.min(above, beside) : isSteep ? above : beside;
  const there = at(plus(middle, scaled(far, up)));
  const isInside = there[0] >= 8 && there[0] <= width - 8 && there[1] >= 8 && there[1] <= height - 8;
  return isInside ? there : [-99, -99];
}

/**
 * The bands behind the points, darker where |a·x| is 2 or more, so that a·x can be read off. `isPlain` leaves out the tint: two
 * arrows have bands that cross.
 */
export function responseBands(plane: Plane, a: Vector, name: string, isPlain: boolean) {
  const lines = linesOf(plane, a);
  const box = layer(plane.g, "g", `bands of-${name}`);
  const size = lengthOf(a);
  const width = size ? rounded(plane.unit / size, 2) : 0;
  const half = size ? scaled(0.5 / (size * size), a) : ([0, 0] as const);
  const filled = isPlain ? [] : lines.flatMap(({value, d}) => (value === 0 ? [] : [{value, d}]));
  const shift = (value: number): string => {
    const [x, y] = plane.at(scaled(Math.sign(value), half));
    const [x0, y0] = plane.at([0, 0]);
    return `translate(${rounded(x - x0)} ${rounded(y - y0)})`;
  };
  each(layer(box, "g", "tint"), "path", filled, (tint, {value, d}) =>
    attributes(tint, {
      d,
      transform: shift(value),
      "stroke-width": width,
      "stroke-opacity": Math.abs(value) < 2 ? 0.08 : 0.18,
    }),
  );
  join(layer(box, "g", "lines"), "path", lines, {name: nameOf}, (line, {d}) => attributes(line, {d}));
}

const nameOf = ({value}: Band) => (value === 0 ? "none" : "");

/** The numbers of the lines, drawn above the points. */
export function bandNumbers(plane: Plane, a: Vector, name: string, isPlain: boolean) {
  const lines = linesOf(plane, a);
  const box = layer(plane.g, "g", `bands of-${name}`);
  const size = lengthOf(a);
  // Where bands are narrow, every second one has its number.
  const every = size && plane.unit / size < 40 ? 2 : 1;
  const numbered = lines.filter(({value}) => value === 0 || (!isPlain && Math.abs(value) < 5 && value % every === 0));
  texts(
    layer(box, "g", "values"),
    numbered.map((band): Text => {
      const {value, at} = band;
      return {at, text: value === 0 ? `${name}·x = 0` : whole(value), kind: nameOf(band), anchor: "middle"};
    }),
  );
}
