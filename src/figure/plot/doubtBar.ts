/** The letters in doubt as a number and a bar. */
import {attributes} from "./children.ts";
import {layer} from "./layer.ts";
import {paint} from "./marks.ts";
import {rounded} from "./rounded.ts";
import {fixed} from "./text/format.ts";
import {put} from "./text/put.ts";

/** Letters in doubt now and before. The best of several bars is in full color. The number is small where another one is the answer. */
export interface Doubts {
  doubt: number;
  doubtBefore: number;
  isBest: boolean;
  isSmall?: boolean;
}

/**
 * Draws the letters in doubt as a number, and below it as a bar over the bar of before. The whole `width` stands for `maxRatio` times
 * the doubt before; a longer bar is cut off there.
 */
export function doubtBar(
  g: Element,
  {doubt, doubtBefore, isBest, isSmall = false}: Doubts,
  width: number,
  maxRatio = 1,
) {
  const number = layer(layer(g, "g", "mark-text"), "text", isSmall ? "count" : "answer");
  paint(number, {tone: "dw", ...(isBest ? {} : {strength: "1"})});
  attributes(number, {y: isSmall ? 14 : 22});
  put(number, fixed(doubt, 1));
  const xOf = (value: number) => rounded((Math.min(value / doubtBefore, maxRatio) / maxRatio) * width);
  const rules = [
    ["all", doubtBefore, {tone: "edge", strength: "0"}],
    ["now", doubt, {tone: "dw", strength: isBest ? "3" : "1"}],
  ] as const;
  for (const [name, to, look] of rules) {
    const path = layer(layer(g, "g", `mark-rule ${name}`), "path", "drawn");
    paint(path, look);
    attributes(path, {d: `M0 ${isSmall ? 24 : 34}H${xOf(to)}`, "data-thick": "", "data-glides": ""});
  }
}
