import {select} from "d3";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {pick} from "../../../figure/plot/matrices/pick.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {bottomOf, profilePath, type QuestionLayout} from "./frame.ts";

interface Column {
  name: string;
  reply: number;
  /** "9.8" */
  said: string;
  pushes: readonly number[];
}

export interface ColumnsOptions {
  /** The chosen column, from 0. */
  chosen: number;
  /** Class of the profiles: "push" or "answer". */
  tone: "push" | "answer";
  /** Over the bars. */
  title: string;
  onPick(column: number): void;
}

/** The least column that has its reply written over its bar. */
const WRITTEN = 32;

/** A bar for each reply, and below it the profile of pushes: the same shape in each column, longer or shorter. */
export function replyColumns(
  g: Element,
  all: readonly Column[],
  frame: QuestionLayout,
  {chosen, tone, title, onPick}: ColumnsOptions,
) {
  const {columns, bars, names} = frame;
  const {step} = columns;
  const replies = all.map(({reply}) => reply);
  const y = linear(
    [Math.min(0, ...replies), Math.max(0.001, ...replies)],
    [bars.bottom - (Math.min(...replies) < 0 ? 2 : 0), bars.top + 14],
  );
  // All profiles share one scale, and as much room at the left of 0 as at the right as the longest of them need.
  const pushes = all.flatMap((column) => column.pushes);
  const [low, high] = [Math.min(0, ...pushes), Math.max(1e-9, ...pushes)];
  const scale = (step * 0.9) / (high - low);
  const zero = step * 0.45 - high * scale;
  const box = group(g, "columns", columns.left, 0);
  select(group(box, "each"))
    .selectChildren<SVGGElement, Column>("g")
    .data(all)
    .join("g")
    .attr("class", (_, i) => (i === chosen ? "column chosen" : "column"))
    .attr("transform", (_, i) => `translate(${rounded((i + 0.5) * step, 2)} 0)`)
    .each(function ({name, reply, said, pushes}, i) {
      const wide = Math.min(step * 0.62, 24);
      select(layer(this, "rect", "ground"))
        .attr("x", rounded(-step / 2 + 0.5))
        .attr("y", bars.top - 4)
        .attr("width", rounded(step - 1))
        .attr("height", rounded(bottomOf(frame) - bars.top + 4))
        .attr("rx", 4);
      select(layer(this, "rect", "reply"))
        .attr("x", rounded(-wide / 2))
        .attr("y", rounded(Math.min(y(reply), y(0))))
        .attr("width", rounded(wide))
        .attr("height", rounded(Math.max(Math.abs(y(reply) - y(0)), 0.5)));
      const isWritten = i === chosen || step >= WRITTEN;
      label(this, "said", isWritten ? said : "", {x: 0, y: rounded(Math.min(y(reply), y(0)) - 4), anchor: "middle"});
      label(this, "name", name, {x: 0, y: names, anchor: "middle"});
      const below = group(this, "below", zero, 0);
      select(layer(below, "path", "middle")).attr("d", `M0 ${frame.rows.top}V${rounded(bottomOf(frame))}`);
      select(layer(below, "path", `profile ${tone}`)).attr("d", profilePath(pushes, frame, scale));
    });
  label(box, "title reply-title", title, {x: 0, y: 11});
  select(layer(box, "path", "zero")).attr("d", `M0 ${rounded(y(0))}H${rounded(columns.width)}`);
  const field = group(box, "pick", 0, bars.top);
  pick(field, {
    ...{rows: 1, cols: all.length, cellWidth: step, cellHeight: bottomOf(frame) - bars.top},
    onPoint: (_, column) => onPick(column - 1),
  });
}
