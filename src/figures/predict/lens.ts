/** A bar for all parameters of a model, and below it the bar's first thousandth enlarged. */
import {attributes, children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {label} from "../../figure/plot/text/label.ts";

interface LensOptions {
  /** How many parameters the whole bar has. */
  total: number;
  /** Where the reader's line is, the words at it above the bar, and the large number at it under the lens. */
  guess?: {count: number; words: string; number: string};
  /** The counts that are enough, from the least to the most, and what is written beside them. */
  answer?: {from: number; to: number; words: string; number: string};
  /** Written below the lens. */
  lensName: string;
  /** Written after the number of a guess that the lens does not reach. */
  beyondText: string;
}

/** The lens shows this share of the bar. */
export const LENS_SHARE = 1e-3;
/** In units: the top of the bar, below its words, and the heights of bar, cone and lens. */
const [BAR_TOP, BAR_HEIGHT, CONE_HEIGHT, LENS_HEIGHT] = [22, 22, 26, 40];
const BAR_BOTTOM = BAR_TOP + BAR_HEIGHT;
const LENS_TOP = BAR_BOTTOM + CONE_HEIGHT;
const LENS_BOTTOM = LENS_TOP + LENS_HEIGHT;
/** The base line of a large number in the lens, and the distance from a line to the words beside it. */
const [NUMBER_Y, TEXT_GAP] = [LENS_TOP + 29, 10];

/** The height of the drawing, with the name below the lens. */
export const DRAWING_HEIGHT = LENS_BOTTOM + 20;

const drawBox = (g: Element, name: string, x: number, y: number, width: number, height: number) =>
  attributes(layer(g, "rect", name), {x: rounded(x), y, width: rounded(width), height});

/** Draws the bar, the lens, the answer and the guess. */
export function drawLens(g: Element, {width}: Sheet, {total, guess, answer, lensName, beyondText}: LensOptions) {
  const inLens = (count: number) => (count / (LENS_SHARE * total)) * width;
  drawBox(g, "whole", 0, BAR_TOP, width, BAR_HEIGHT);
  attributes(layer(g, "path", "cone"), {
    d: `M0 ${BAR_BOTTOM}H${rounded(Math.max(LENS_SHARE * width, 1))}L${width} ${LENS_TOP}H0Z`,
  });
  drawBox(g, "lens", 0, LENS_TOP, width, LENS_HEIGHT);
  label(g, "lens-name", ` ${lensName}`, {x: width, y: LENS_BOTTOM + 15, anchor: "end"});
  const [group] = children(layer(g, "g", "answers"), "g", answer ? ["answer"] : []);
  if (group && answer) {
    // Less than a unit wide on the bar.
    drawBox(group, "hair", 0, BAR_TOP, 1, BAR_HEIGHT);
    const [from, to, middle] = [inLens(answer.from), inLens(answer.to), LENS_TOP + LENS_HEIGHT / 2];
    drawBox(group, "sliver", from, middle - 2, to - from, 4);
    attributes(layer(group, "path", "ends"), {d: [from, to].map((x) => `M${rounded(x)} ${middle - 10}v20`).join("")});
    label(group, "number", ` ${answer.number}`, {x: to + TEXT_GAP, y: NUMBER_Y});
    label(group, "answer-words", answer.words, {x: from, y: LENS_BOTTOM + 15});
  }
  drawGuess(g, width, total, guess, beyondText);
}

/** Draws a dashed line on the bar and, if it is small enough, in the lens, with a shade up to it. Its number is in the lens in any case. */
function drawGuess(g: Element, width: number, total: number, guess: LensOptions["guess"], beyondText: string) {
  const {count = 0, words = "", number = ""} = guess ?? {};
  const [barX, lensX] = [(count / total) * width, (count / (LENS_SHARE * total)) * width];
  const isInLens = lensX <= width;
  const line = (name: string, d: string) => attributes(layer(g, "path", name), {d: guess ? d : ""});
  line("guess on-bar", `M${rounded(Math.max(barX, 0.5))} ${BAR_TOP - 4}V${BAR_BOTTOM + 4}`);
  line("guess on-lens", isInLens ? `M${rounded(lensX)} ${LENS_TOP - 4}V${LENS_BOTTOM + 4}` : "");
  drawBox(g, "shade", 0, LENS_TOP, number && isInLens ? lensX : 0, LENS_HEIGHT);
  const numberX = isInLens ? lensX : 0;
  const isLeft = numberX < width / 2;
  const text = layer(g, "text", "guess-number");
  attributes(text, {
    x: rounded(isLeft ? numberX + TEXT_GAP : numberX - TEXT_GAP),
    y: NUMBER_Y,
    "text-anchor": isLeft ? null : "end",
  });
  layer(text, "tspan", "number", number);
  layer(text, "tspan", "beyond", number && !isInLens ? ` ${beyondText}` : "");
  label(g, "guess-words", words, {x: barX, y: BAR_TOP - 8, anchor: barX < width / 2 ? "start" : "end"});
}
