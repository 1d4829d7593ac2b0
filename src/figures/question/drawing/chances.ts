import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {middleOf, type QuestionLayout} from "./frame.ts";
import {rowNames} from "./letterRows.ts";

export interface Chances {
  before: readonly number[];
  after: readonly number[];
  /** The largest chance at any place of the word: its bar is the longest. */
  most: number;
}

/** Room at the right for "5 → 55%", or for "5→55" where the title has the sign, and how many rows have it. */
const SAID = {wide: 70, narrow: 52};
const TOLD = 3;

const rounding = (chance: number): string => (chance < 0.005 ? "< 1" : String(Math.round(chance * 100)));

/** For each letter the chance that it comes next: a slate bar without the adapter, below it a dark one with it. */
export function letterChances(g: Element, {before, after, most}: Chances, frame: QuestionLayout) {
  const {right, names, rows, isNarrow} = frame;
  const box = group(g, "chances", right.left, 0);
  const left = 26;
  rowNames(group(box, "letters"), frame, left - 5);
  const long = right.width - left - (isNarrow ? SAID.narrow : SAID.wide);
  const x = isNarrow ? left - 14 : 0;
  label(box, "title", isNarrow ? "next letter, %" : "chance of the next letter", {x, y: names - 16});
  label(box, "which", "before → after", {x, y: names});
  const told = after
    .map((_, token) => token)
    .filter((token) => rows.tokens.includes(token))
    .sort((one, other) => Math.max(after[other]!, before[other]!) - Math.max(after[one]!, before[one]!))
    .slice(0, TOLD);
  const thick = (rows.step - 2) / 2;
  select(group(box, "each", left, 0))
    .selectChildren<SVGGElement, number | undefined>("g")
    .data(rows.tokens)
    .join("g")
    .attr("class", "chance")
    .attr("transform", (_, i) => `translate(0 ${rounded(middleOf(frame, i))})`)
    .each(function (token, i) {
      const [from, to] = token === undefined ? [0, 0] : [before[token]!, after[token]!];
      const bar = (name: string, chance: number, y: number) =>
        select(layer(this, "rect", name))
          .attr("y", rounded(y))
          .attr("width", rounded((chance / most) * long))
          .attr("height", rounded(thick));
      bar("before", from, -thick);
      bar("after", to, 0);
      const isTold = i === 0 || (token !== undefined && told.includes(token));
      const both = [rounding(from), rounding(to)];
      const text = isNarrow ? both.join("→").replaceAll(" ", "") : `${both.join(" → ")}%`;
      const x = rounded((Math.max(from, to) / most) * long + 5);
      label(this, "said", isTold ? text : "", {x, y: 0, dy: "0.35em"});
    });
}
