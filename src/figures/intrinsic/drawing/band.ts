/** A chart of all tries: a band from the least to the greatest result, the median, and small paintings. */
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {knob, lineY, ruleY, shape, text} from "../../../figure/plot/marks.ts";
import {drawPlot} from "../../../figure/plot/plot.ts";
import {thumbs} from "./painted.ts";

/** The results of all seeds with one number of directions, as shares of right cells; and one run's, with what it painted. */
interface Try {
  name: string;
  low: number;
  median: number;
  high: number;
  own: number;
  painting: ArrayLike<number>;
}

interface BandOptions {
  width: number;
  height: number;
  alt: string;
  /** Cells along a side of a painting. */
  side: number;
  /** The share at the lower edge of the plot. */
  bottom: number;
  /** A dashed line at a share to reach, and its label. */
  line: {value: number; label: string};
  /** The try with the knob, and what it has reached and painted by now. A share below the lower edge is drawn at the edge. */
  at: number;
  now: number;
  painting: ArrayLike<number>;
  /** What a screen reader says of the knob. */
  knobText: string;
  onMove(at: number): void;
}

/** Room left and right of the plot. */
const [LEFT, RIGHT] = [38, 6];
/** Room for the knob above the paintings. */
const KNOB = 8;
/** The largest side of a painting; and the smallest with which every try has room for its name. */
const [MAX_SIZE, ALL_NAMES_FROM] = [48, 24];

/** The side of a painting: all of them side by side fill the plot, with a little space between them. */
const sizeIn = (width: number, tries: number): number => Math.min(MAX_SIZE, Math.floor((0.94 * width) / tries));

/** Draws the chart. A painting is as high as its run's share of right cells. */
export function drawBand(svg: Element, tries: readonly Try[], options: BandOptions) {
  const {width, height, alt, side, bottom, line, at, now, painting, knobText, onMove} = options;
  const last = tries.length - 1;
  const inner = width - LEFT - RIGHT;
  const size = sizeIn(inner, tries.length);
  // If not all names have room, every second one is written, in a narrow chart every third one, and always the last.
  const tickIndices = tries
    .map((_, i) => i)
    .filter(
      (i) =>
        size >= ALL_NAMES_FROM || i === 0 || i === last || (inner < 200 ? i % 3 === 1 && i < last - 1 : i % 2 === 1),
    );
  const marks = [
    shape("area", [tries], ({x, y}) => {
      const upper = tries.map(({high}, i) => `${x(i)},${y(high)}`);
      const lower = tries.map(({low}, i) => `${x(i)},${y(low)}`).reverse();
      return `M${[...upper, ...lower].join("L")}Z`;
    }),
    ruleY([line.value], {tone: "ink", dashed: true, thin: true}),
    lineY(tries, {y: ({median}) => median, tone: "ink", title: "median"}),
    text([line], {
      x: 0,
      y: ({value}) => value,
      text: ({label}) => label,
      anchor: "start",
      dx: 4 - size / 2,
      dy: -6,
      kind: "over",
    }),
    knob(at, (to) => onMove(Math.round(to)), {called: "Random directions d", said: knobText, step: [1, 0]}),
  ];
  const plot = drawPlot(
    layer(svg, "g", "results"),
    {
      alt,
      x: {domain: [0, last], ticks: tickIndices, tickFormat: (i) => tries[i]!.name},
      y: {
        domain: [bottom, 1],
        ticks: [0.2, 0.4, 0.6, 0.8, 1].filter((share) => share >= bottom),
        tickFormat: (share) => `${Math.round(100 * share)}%`,
      },
      marks,
      marginLeft: LEFT,
      marginRight: RIGHT,
      insetX: size / 2,
      insetTop: size / 2 + KNOB,
      insetBottom: size / 2,
    },
    width,
    height,
  );
  const places = tries.map(({own, painting: stored}, i) => ({
    x: plot.x(i),
    y: plot.y(Math.max(i === at ? now : own, bottom)),
    colors: i === at ? painting : stored,
  }));
  const over = group(svg, "thumbs", plot.left, plot.top);
  over.setAttribute("aria-hidden", "true");
  thumbs(over, places, at, side, size);
}
