/** A bar for all parameters of a model, and below it the bar's first thousandth enlarged. */
import {attributes, children} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

interface LensOptions {
  /** How many parameters the whole bar has. */
  total: number;
  /** Where the reader's line stands, what is said over the bar, and the number said large under the lens. */
  guess?: {count: number; words: string; number: string};
  /** What was found, from least to most, and what it is called. */
  answer?: {from: number; to: number; words: string; number: string};
  lensName: string;
  /** Said of a guess that the lens does not reach. */
  beyond: string;
}

/** From a line to the large number beside it, and from there to its words, or to those of a single sign. */
const [ASIDE, AFTER, AFTER_ONE] = [10, 96, 28];

/** The lens shows this share of the bar. */
export const LENS = 1e-3;
/** In units: where the bar begins below its words, and the heights of bar, cone and lens. */
const [BAR, THICK, CONE, DEEP] = [22, 22, 26, 40];
const LENS_TOP = BAR + THICK + CONE;
/** The height of the drawing, with the name below the lens. */
export const LENS_HEIGHT = LENS_TOP + DEEP + 20;

/** Draws the bar, the lens, the answer and the guess. */
export function lens(g: Element, {width}: Sheet, {total, guess, answer, lensName, beyond}: LensOptions) {
  const rect = (parent: Element, kind: string, x: number, y: number, wide: number, high: number) =>
    attributes(layer(parent, "rect", kind), {x: rounded(x), y, width: rounded(wide), height: high});
  const words = (
    parent: Element,
    kind: string,
    said: string,
    x: number,
    y: number,
    anchor: "start" | "end" = "start",
  ) =>
    attributes(layer(parent, "text", kind, said), {x: rounded(x), y, "text-anchor": anchor === "end" ? "end" : null});
  rect(g, "whole", 0, BAR, width, THICK);
  attributes(layer(g, "path", "cone"), {
    d: `M0 ${BAR + THICK}H${rounded(Math.max(LENS * width, 1))}L${width} ${LENS_TOP}H0Z`,
  });
  rect(g, "lens", 0, LENS_TOP, width, DEEP);
  words(g, "lens-name", ` ${lensName}`, width, LENS_TOP + DEEP + 15, "end");
  const at = (count: number) => (count / (LENS * total)) * width;
  const [found] = children(layer(g, "g", "answers"), "g", answer ? ["answer"] : []);
  if (found && answer) {
    // Less than a unit wide on the bar.
    rect(found, "hair", 0, BAR, 1, THICK);
    const [from, to, middle] = [at(answer.from), at(answer.to), LENS_TOP + DEEP / 2];
    rect(found, "sliver", from, middle - 2, to - from, 4);
    attributes(layer(found, "path", "ends"), {d: [from, to].map((x) => `M${rounded(x)} ${middle - 10}v20`).join("")});
    words(found, "number", ` ${answer.number}`, to + 10, LENS_TOP + 29);
    words(found, "who", answer.words, from, LENS_TOP + DEEP + 15);
  }
  drawGuess(g, width, total, guess, beyond);
}

/**
 * A dashed line at its place on the bar, and under the lens where it is that small; there its number, and as far as it reaches a
 * shade, or that it lies beyond.
 */
function drawGuess(g: Element, width: number, total: number, guess: LensOptions["guess"], beyond: string) {
  const {count = 0, words = "", number = ""} = guess ?? {};
  const [x, below] = [Math.min((count / total) * width, width), (count / (LENS * total)) * width];
  const isBelow = below <= width;
  const line = (kind: string, d: string) => attributes(layer(g, "path", kind), {d: guess ? d : ""});
  line("guess on-bar", `M${rounded(Math.max(x, 0.5))} ${BAR - 4}V${BAR + THICK + 4}`);
  line("guess on-lens", isBelow ? `M${rounded(below)} ${LENS_TOP - 4}V${LENS_TOP + DEEP + 4}` : "");
  const shade = layer(g, "rect", "shade");
  attributes(shade, {y: LENS_TOP, width: number && isBelow ? rounded(below) : 0, height: DEEP});
  const from = isBelow ? below : 0;
  const isEarly = from < width / 2;
  const loud = layer(g, "text", "stands loud", number);
  attributes(loud, {
    x: rounded(isEarly ? from + ASIDE : from - ASIDE),
    y: LENS_TOP + 29,
    "text-anchor": isEarly ? null : "end",
  });
  const far = layer(g, "text", "far", number && !isBelow ? beyond : "");
  attributes(far, {x: from + ASIDE + (number.length > 1 ? AFTER : AFTER_ONE), y: LENS_TOP + 29});
  const isLeft = x < width / 2;
  const said = layer(g, "text", "mine", guess ? words : "");
  attributes(said, {
    x: rounded(isLeft ? x : Math.min(x, width - 150)),
    y: BAR - 8,
    "text-anchor": isLeft ? null : "end",
  });
}
