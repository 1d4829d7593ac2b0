import {select} from "d3";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {percent} from "../../../figures/text/format.ts";
import {worded} from "../../../figures/text/worded.ts";

export interface Answer {
  /** Who asked, and for what. */
  name: string;
  /** How far the answer is from the due one, as a share of it. */
  off: number;
  isRight: boolean;
}

export interface AnswersOptions {
  width: number;
  /** Height of one row. */
  row: number;
  /** The largest share that still counts as right. */
  within: number;
}

const NAME = 74;
const VERDICT = 96;

/** One row an answer: who asked, a bar for how far off, and in words whether it is right; a dashed line marks what still is. */
export function answers(svg: Element, list: readonly Answer[], {width, row, within}: AnswersOptions) {
  const most = Math.max(2 * within, ...list.map(({off}) => off));
  const x = linear([0, most], [0, width - NAME - VERDICT]);
  select(group(svg, "answers"))
    .selectChildren<SVGGElement, Answer>("g")
    .data(list)
    .join("g")
    .attr("class", ({isRight}) => (isRight ? "answer right" : "answer wrong"))
    .attr("transform", (_, i) => `translate(0 ${i * row})`)
    .each(function ({name, off, isRight}) {
      const text = (part: string, words: string, at: number, anchor: string) =>
        select(layer(this, "text", part))
          .attr("x", at)
          .attr("y", row / 2)
          .attr("dy", "0.34em")
          .attr("text-anchor", anchor)
          .each(worded(words));
      text("asks", name, 0, "start");
      select(layer(this, "rect", "off"))
        .attr("x", NAME)
        .attr("y", 4)
        .attr("width", Math.max(x(off), 1))
        .attr("height", row - 8);
      text("given", `${isRight ? "right" : "wrong"}, ${percent(off)}`, width, "end");
    });
  select(layer(svg, "line", "threshold"))
    .attr("x1", NAME + x(within))
    .attr("x2", NAME + x(within))
    .attr("y1", 0)
    .attr("y2", list.length * row);
}
