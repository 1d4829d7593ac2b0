import {select} from "d3";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {rowGroups} from "../../../figures/plots/rowGroups.ts";
import {percent} from "../../../figures/text/format.ts";
import {label} from "../../../figures/text/label.ts";

export interface Answer {
  /** Who asks, and for what. */
  name: string;
  /** Distance from the correct answer, as a share of it. */
  off: number;
  isRight: boolean;
}

export interface AnswersOptions {
  width: number;
  /** Height of one row. */
  row: number;
  /** The largest distance that still counts as right. */
  within: number;
}

const NAME = 74;
const VERDICT = 96;

/** A row for each answer: who asks, a bar for how far off the answer is, and the verdict; a dashed line at the largest distance that is right. */
export function answers(svg: Element, list: readonly Answer[], {width, row, within}: AnswersOptions) {
  const most = Math.max(2 * within, ...list.map(({off}) => off));
  const x = linear([0, most], [0, width - NAME - VERDICT]);
  const classOf = ({isRight}: Answer) => (isRight ? "answer right" : "answer wrong");
  rowGroups(group(svg, "answers"), list, row, classOf).each(function ({name, off, isRight}) {
    const line = {y: row / 2, dy: "0.34em"};
    label(this, "asks", name, {x: 0, anchor: "start", ...line});
    select(layer(this, "rect", "off"))
      .attr("x", NAME)
      .attr("y", 4)
      .attr("width", Math.max(x(off), 1))
      .attr("height", row - 8);
    label(this, "given", `${isRight ? "right" : "wrong"}, ${percent(off)}`, {x: width, anchor: "end", ...line});
  });
  select(layer(svg, "line", "threshold"))
    .attr("x1", NAME + x(within))
    .attr("x2", NAME + x(within))
    .attr("y1", 0)
    .attr("y2", list.length * row);
}
