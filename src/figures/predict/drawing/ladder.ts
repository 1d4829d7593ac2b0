import {select} from "d3";
import {rowGroups} from "../../../figure/plot/charts/rowGroups.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface LadderOptions {
  width: number;
  /** How many parameters the whole bar has. */
  total: number;
  /** What to cut off its left end; nothing is cut without it. */
  cut?: number;
  /** What the cut is called, written on the first bar that has room. */
  mine: string;
  /** Nobody has guessed yet: the bars are outlines around a question mark. */
  isOpen: boolean;
  /** Names a length. */
  format(count: number): string;
}

/** Each bar is the first hundredth of the one above, a hundred times longer. */
const BARS = [1, 1e-2, 1e-4];
const [BAR, STEP, NAMES] = [20, 44, 64];
/** A cut is at least this wide. */
const LEAST = 1.5;
/** A cut longer than this has room for its name. */
const ROOMY = 90;

export const ladderHeight = BARS.length * STEP - (STEP - BAR);

/** A bar to scale, and its first hundredth magnified, twice: what is too thin to be seen in one has length in the next. */
export function ladder(svg: Element, {width, total, cut, mine, isOpen, format}: LadderOptions) {
  const inner = width - NAMES;
  let isNamed = false;
  rowGroups(group(svg, "bars"), BARS, STEP, "whole").each(function (share, i) {
    const part = cut === undefined ? 0 : Math.min(cut / (share * total), 1);
    const [long, gap] = [part && Math.max(part * inner, LEAST), part && part < 1 ? 2 : 0];
    const rect = (name: string, x: number, wide: number) =>
      select(layer(this, "rect", name))
        .attr("x", rounded(x))
        .attr("width", rounded(Math.max(wide, 0)))
        .attr("height", BAR);
    rect("uncut", long + gap, inner - long - gap);
    this.querySelector(".uncut")!.classList.toggle("open", isOpen);
    rect("cut", 0, long);
    // A bar that is cut off as a whole would else say nothing.
    const words = isNamed ? (part === 1 ? `${mine} fills all of it` : "") : mine;
    label(this, "mine", long > ROOMY ? words : "", {x: 8, y: BAR / 2, dy: "0.32em"});
    isNamed ||= long > ROOMY;
    label(this, "open", isOpen ? "?" : "", {x: inner / 2, y: BAR / 2, dy: "0.35em", anchor: "middle"});
    label(this, "said", format(share * total), {x: width, y: BAR / 2, dy: "0.32em", anchor: "end"});
    // The hundredth, drawn out to the length of the next bar.
    const isLast = i === BARS.length - 1;
    select(layer(this, "path", "zoom")).attr(
      "d",
      isLast ? "" : `M0 ${BAR + 1}H${rounded(inner / 100)}L${inner} ${STEP - 1}H0Z`,
    );
  });
}
