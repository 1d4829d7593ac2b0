import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear, type Scale} from "../../../figure/plot/axes/scales.ts";
import {clipped} from "../../../figure/plot/charts/clipped.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {type LabelPlace, label} from "../../../figure/plot/text/label.ts";

/** The losses of the seeds at one learning rate; `place` is the rate's index in the sweep. */
export interface BowlPoint {
  place: number;
  low: number;
  median: number;
  high: number;
}

export interface BowlLine {
  /** Class of all its marks. */
  name: string;
  points: readonly BowlPoint[];
  label?: LabelPlace & {text: string};
  /** Drawn as a pale line, without dots and whiskers. */
  isFaint?: boolean;
}

export interface BowlsOptions {
  width: number;
  height: number;
  y: Scale;
  ticks: readonly number[];
  lossText(value: number): string;
  /** The last place. */
  last: number;
  /** The places with a label on the axis. */
  labeled: readonly number[];
  placeText(place: number): string;
}

const inside = (y: number, height: number): boolean => y >= -0.5 && y <= height + 0.5;

const whisker = ({place, low, high}: BowlPoint, x: Scale, y: Scale): string =>
  `M${rounded(x(place))},${rounded(Math.max(y(low), 0))}V${rounded(Math.max(y(high), 0))}`;

function mark({name, points}: BowlLine, g: Element, x: Scale, y: Scale, height: number) {
  const shown = points.filter(({median}) => inside(y(median), height));
  select(layer(g, "path", `whisker ${name}`)).attr("d", shown.map((point) => whisker(point, x, y)).join(""));
  select(group(g, `dots ${name}`))
    .selectChildren<SVGCircleElement, BowlPoint>("circle")
    .data(shown)
    .join("circle")
    .attr("cx", ({place}) => rounded(x(place)))
    .attr("cy", ({median}) => rounded(y(median)))
    .attr("r", 3.2);
}

/**
 * Losses against the learning rate, one curve ("bowl") for each way of training: a dot at the median of the seeds and a
 * whisker from the lowest to the highest. Places are evenly spaced, the first at the left edge.
 */
export function bowls(plot: Element, lines: readonly BowlLine[], options: BowlsOptions) {
  const {width, height, y, ticks, lossText, last, labeled, placeText} = options;
  const x = linear([0, last], [0, width]);
  axis(group(plot, "x", 0, height), labeled, x, {side: "bottom", across: height, format: placeText});
  axis(group(plot, "y"), ticks, y, {side: "left", across: width, format: lossText});
  select(group(plot, "series"))
    .selectChildren<SVGPathElement, BowlLine>("path")
    .data(lines)
    .join("path")
    .attr("class", ({name, isFaint}) => `line ${name}${isFaint ? " faint" : ""}`)
    .attr("d", ({points}) => {
      const step = x(points[1]!.place - points[0]!.place);
      return clipped(
        points.map(({median}) => y(median)),
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
