/** Draws directions as arrows over the subspace onto which they are projected. */
import {attributes, each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {type Look, paint} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import type {Place} from "../../../figure/plot/shapes.ts";
import {type Text, texts} from "../../../figure/plot/text/texts.ts";

interface ShadowOptions {
  /** For each direction, the squared length of its projection onto the subspace. */
  shares: readonly number[];
  /** The mean of these. */
  phi: number;
  /** φ and its mean by chance, as text. */
  phiText: string;
  chanceText: string;
  /** The names of the arrows and of the ground, which stands for the subspace. */
  names: readonly [arrow: string, ground: string];
  /** The formula of φ. Without it there is no square below the ground. */
  formula?: string;
  /** The subspace has more than one direction, and is drawn as a plane. */
  isPlane: boolean;
}

/** The x at which the arrows begin, and the y at which the highest may end. */
const [LEFT, TOP] = [12, 22];
/** Room for a name. */
const NAME_WIDTH = 150;
/** Length of an arrow's head. */
const HEAD_LENGTH = 11;

/**
 * Draws directions as arrows of length 1 over a ground that stands for the subspace, each at its angle to it, with a line down to
 * where its projection ends. The thick line on the ground, the shadow, has the length √φ: for one direction it is the projection.
 * The square under it has the area φ.
 */
export function drawShadow(g: Element, shadow: ShadowOptions, {width, height}: Sheet) {
  const {shares, phi, names, formula, isPlane} = shadow;
  const unit = Math.round(
    formula ? Math.min((height - TOP - 14) / 2, 0.37 * width) : Math.min(height - TOP - 44, 0.54 * width),
  );
  const ground = TOP + unit;
  const side = unit * Math.sqrt(phi);
  const tips = shares.map(
    (share): Place => [LEFT + unit * Math.sqrt(share), ground - unit * Math.sqrt(Math.max(1 - share, 0))],
  );
  const [first] = tips;
  const drawPaths = (name: string, all: readonly {d: string; look: Look}[]) =>
    each(layer(g, "g", name), "path", all, (path, {d, look}) => {
      paint(path, look);
      attributes(path, {d});
    });
  const plane = `M${LEFT - 10} ${ground + 16}h${unit + 10}l34 -32h${-unit - 10}Z`;
  drawPaths("mark-rect plane", isPlane ? [{d: plane, look: {tone: "soft"}}] : []);
  const square = `M${LEFT} ${ground}h${rounded(side)}v${rounded(side)}h${rounded(-side)}Z`;
  drawPaths("mark-rect squares", formula ? [{d: square, look: {tone: "a"}}] : []);
  drawPaths("mark-rule frame", [
    ...(formula ? [{d: `M${LEFT} ${ground}v${unit}h${unit}v${-unit}`, look: {tone: "soft" as const}}] : []),
    ...(isPlane
      ? []
      : [{d: `M${LEFT - 6} ${ground}H${LEFT + unit + 26}m-8 -4l8 4l-8 4`, look: {tone: "ink" as const}}]),
    ...tips.map(([x, y]) => ({d: `M${rounded(x)} ${rounded(y)}V${ground}`, look: {tone: "a"}})),
  ]);
  const isOne = tips.length === 1;
  const strength = isOne ? "3" : "2";
  drawPaths("mark-lineY arrows", [
    {d: `M${LEFT} ${ground}H${rounded(LEFT + side)}`, look: {tone: "a", strength: "3"}},
    ...tips.map((tip) => ({
      d: shaftPath(tip, [LEFT, ground], isOne ? HEAD_LENGTH - 2 : 0),
      look: {tone: "a", strength},
    })),
  ]);
  drawPaths("mark-dot heads", isOne ? [{d: headPath(first!, [LEFT, ground]), look: {tone: "a"}}] : []);
  const angle = Math.acos(Math.sqrt(Math.min(phi, 1)));
  drawPaths("mark-rule angle", isOne ? [{d: arcPath(angle, [LEFT, ground], 0.4 * unit), look: {tone: "soft"}}] : []);
  const highest = tips.reduce((top, tip) => (tip[1] < top[1] ? tip : top), first!);
  const degrees = isOne ? `${Math.round((180 * angle) / Math.PI)}°` : "";
  const [dx, dy] = [Math.cos(angle / 2), Math.sin(angle / 2)];
  texts(layer(g, "g", "mark-text words"), [
    {at: [highest[0] + 10, Math.min(highest[1] + 2, ground - 26)], text: names[0], tone: "a"},
    {at: [LEFT + 0.52 * unit * dx, ground - 0.52 * unit * dy + 4], text: degrees, kind: "plain", anchor: "middle"},
    ...(formula ? textsBesideSquare(shadow, {unit, ground, width}) : textsWithoutSquare(shadow, {unit, ground})),
  ]);
  // A line from the formula to the square.
  const leader = leaderPath({unit, ground, side});
  drawPaths("mark-rule leader", formula ? [{d: leader, look: {tone: "a"}}] : []);
}

interface ShadowPlaces {
  /** Length of an arrow in units, and the height of the ground. */
  unit: number;
  ground: number;
}
/** The x of the words beside the square. */
const wordsX = (unit: number): number => LEFT + unit + 18;
/** The y of the formula, below φ and its mean by chance. */
const formulaY = ({unit, ground}: ShadowPlaces): number => ground + Math.max(unit - 4, 70);
const leaderPath = ({unit, ground, side}: ShadowPlaces & {side: number}): string =>
  `M${wordsX(unit) - 4} ${formulaY({unit, ground}) - 4}L${rounded(LEFT + 0.7 * side)} ${rounded(ground + 0.7 * side)}`;

/** The words if the square is drawn: the ground's name after its arrow; φ and the formula at the right of the square. */
function textsBesideSquare(
  {phiText, chanceText, names, formula = ""}: ShadowOptions,
  {unit, ground, width}: ShadowPlaces & {width: number},
): Text[] {
  const right = wordsX(unit);
  return [
    // After the ground's arrow, or above it if there is no room.
    width - right > NAME_WIDTH
      ? {at: [right + 14, ground + 4], text: names[1]}
      : {at: [width - 2, ground - 7], text: names[1], anchor: "end"},
    {at: [right, ground + 34], text: phiText, tone: "a", kind: "answer"},
    {at: [right, ground + 52], text: chanceText, kind: "plain"},
    {at: [right, formulaY({unit, ground})], text: formula, tone: "a"},
  ];
}

/** The words if it is not: the ground's name under the ground, and φ at the right of the arrows. */
function textsWithoutSquare({phiText, chanceText, names}: ShadowOptions, {unit, ground}: ShadowPlaces): Text[] {
  const right = LEFT + unit + 40;
  return [
    {at: [LEFT, ground + 34], text: names[1]},
    {at: [right, ground - 34], text: phiText, tone: "a", kind: "answer"},
    {at: [right, ground - 14], text: chanceText, kind: "plain"},
  ];
}

/** The path of an arrow from the origin to its tip, shortened for its head. */
function shaftPath([x, y]: Place, [left, ground]: Place, headLength: number): string {
  const length = Math.hypot(x - left, y - ground);
  const share = Math.max(length - headLength, 0) / (length || 1);
  return `M${left} ${ground}L${rounded(left + share * (x - left))} ${rounded(ground + share * (y - ground))}`;
}

/** The path of an arrow's head. */
function headPath([x, y]: Place, [left, ground]: Place): string {
  const length = Math.hypot(x - left, y - ground) || 1;
  const [along, across] = [(x - left) / length, (y - ground) / length];
  const at = (back: number, side: number) =>
    `${rounded(x - back * along - side * across)} ${rounded(y - back * across + side * along)}`;
  return `M${at(0, 0)}L${at(HEAD_LENGTH, 5)}L${at(HEAD_LENGTH, -5)}Z`;
}

/** The path of an arc from the ground up to an angle. */
const arcPath = (angle: number, [left, ground]: Place, r: number): string =>
  `M${rounded(left + r)} ${ground}A${rounded(r)} ${rounded(r)} 0 0 0 ${rounded(left + r * Math.cos(angle))} ${rounded(ground - r * Math.sin(angle))}`;
