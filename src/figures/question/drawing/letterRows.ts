import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {withText} from "../../../figure/plot/text/put.ts";
import {bottomOf, middleOf, profilePath, type QuestionLayout} from "./frame.ts";

/** The letters down the left side, and the answer b as a profile beside them. */
export function letterRows(g: Element, frame: QuestionLayout, answer: readonly number[]) {
  const {profile, names} = frame;
  rowNames(group(g, "letters"), frame, profile.left - 6);
  const [low, high] = [Math.min(0, ...answer), Math.max(0, ...answer)];
  const scale = profile.width / (high - low);
  const box = group(g, "b", profile.left, 0);
  const middle = group(box, "at", -low * scale);
  select(layer(middle, "path", "middle")).attr("d", `M0 ${frame.rows.top}V${rounded(bottomOf(frame))}`);
  select(layer(middle, "path", "profile answer")).attr("d", profilePath(answer, frame, scale));
  const title = frame.isNarrow ? "answer b" : "the answer b";
  label(box, "title answer", title, {x: rounded(profile.width / 2), y: names, anchor: "middle"});
}

/** One name a row, at the end of which `right` is; "⋯" where rows are left out. */
export function rowNames(g: Element, frame: QuestionLayout, right: number) {
  select(g)
    .selectChildren<SVGTextElement, number | undefined>("text")
    .data(frame.rows.tokens)
    .join("text")
    .attr("class", "letter")
    .attr("x", rounded(right))
    .attr("y", (_, i) => rounded(middleOf(frame, i)))
    .attr("dy", "0.35em")
    .attr("text-anchor", "end")
    .each(withText((token) => (token === undefined ? "⋯" : frame.called[token]!)));
}
