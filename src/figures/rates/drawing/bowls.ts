import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear, type Scale} from "../../../figure/plot/axes/scales.ts";
import {clipped} from "../../../figure/plot/charts/clipped.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {type LabelPlace, label} from "../../../figure/plot/text/label.ts";

/** Values at one place: of the middle run, and of the lowest and the highest. */
export interface BowlPoint {
  place: number;
  low: number;
  median: number;
  high: number;
}

export interface BowlLine {
  /** Class of all its marks. */
  name: string;
  spots: readonly BowlPoint[];
  label?: LabelPlace & {text: string};
  /** One of the curves that are only hinted at. */
  isFaint?: boolean;
}

export interface BowlsOptions {
  width: number;
  height: number;
  y: Scale;
  ticks: readonly number[];
  format(value: number): string;
  /** The last place, and those with a label. */
  last: number;
  named: readonly number[];
  place(at: number): string;
}

const inside = (y: number, height: number): boolean => y >= -0.5 && y <= height + 0.5;

const whisker = ({place, low, high}: BowlPoint, x: Scale, y: Scale): string =>
  `M${rounded(x(place))},${rounded(Math.max(y(low), 0))}V${rounded(Math.max(y(high), 0))}`;

function mark({name, spots}: BowlLine, g: Element, x: Scale, y: Scale, height: number) {
  const shown = spots.filter(({median}) => inside(y(median), height));
  select(layer(g, "path", `whisker ${name}`)).attr("d", shown.map((spot) => whisker(spot, x, y)).join(""));
  select(group(g, `dots ${name}`))
    .selectChildren<SVGCircleElement, BowlPoint>("circle")
    .data(shown)
    .join("circle")
    .attr("cx", ({place}) => rounded(x(place)))
    .attr("cy", ({median}) => rounded(y(median)))
    .attr("r", 3.2);
}

/** Losses against the learning rate, at evenly spaced places from the first on: a bowl a way of training, with a dot for the middle seed and a whisker over all. */
export function bowls(plot: Element, lines: readonly BowlLine[], options: BowlsOptions) {
  const {width, height, y, ticks, format, last, named, place} = options;
  const x = linear([0, last], [0, width]);
  axis(group(plot, "x", 0, height), named, x, {side: "bottom", across: height, format: place});
  axis(group(plot, "y"), ticks, y, {side: "left", across: width, format});
  select(group(plot, "series"))
    .selectChildren<SVGPathElement, BowlLine>("path")
    .data(lines)
    .join("path")
    .attr("class", ({name, isFaint}) => `line ${name}${isFaint ? " faint" : ""}`)
    .attr("d", ({spots}) => {
      const step = x(spots[1]!.place - spots[0]!.place);
      return clipped(
        spots.map(({median}) => y(median)),
        step,
        height,
      );
    });
  const marks = group(plot, "marks-of-seeds");
  for (const line of lines) if (!line.isFaint) mark(line, marks, x, y, height);
  const words = group(plot, "words");
  for (const old of [...words.children])
    if (!lines.some(({name, label}) => label && old.getAttribute("class") === `name ${name}`)) old.remove();
  for (const {name, label: text} of lines) if (text) label(words, `name ${name}`, text.text, text);
}
