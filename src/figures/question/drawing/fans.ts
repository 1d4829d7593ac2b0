import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface Fan {
  /** Class of its arrows. */
  name: string;
  /** In two lines, or one where there is little room. */
  title: readonly string[];
  /** |cosine| of the chosen run and each of the others. */
  cosines: readonly number[];
  /** "0.02–0.19" */
  said: string;
  /** What its black arrow and the others are, in a fan that says so. */
  names?: readonly [chosen: string, others: string];
}

interface Spoke {
  /** Degrees from upright, to the left below zero. */
  turn: number;
  isChosen: boolean;
}

const HEAD = 8;
const TITLE = 18;

/** The chosen run's arrow upright, each other one at its true angle to it, in turn at the left and at the right. */
export const spokesOf = (cosines: readonly number[]): Spoke[] => [
  ...cosines.map((cosine, i) => ({turn: (i % 2 ? 1 : -1) * ((180 / Math.PI) * Math.acos(cosine)), isChosen: false})),
  {turn: 0, isChosen: true},
];

/** An arrow from (0, 0) upward. */
const arrow = (length: number): string =>
  `M0 0V${rounded(HEAD - length)}M0 ${rounded(-length)}l${HEAD * 0.55} ${HEAD}h${-HEAD * 1.1}z`;

/** A fan of arrows for each list of cosines, one below another: flat where the runs have nothing in common, narrow where they agree. */
export function fans(
  g: Element,
  all: readonly Fan[],
  {left, width, top, height}: Record<"left" | "width" | "top" | "height", number>,
) {
  const step = height / all.length;
  const isWide = all.some(({title}) => title.length > 1);
  // Beside a fan there is room for its words and numbers, or over it.
  const long = isWide ? Math.min(step - 14, 0.29 * width) : Math.min(step - TITLE - 10, width / 2 - 2);
  const x = isWide ? 0.495 * width : width / 2;
  const base = isWide ? step - 8 : TITLE + long;
  select(group(g, "fans", left, top))
    .selectChildren<SVGGElement, Fan>("g")
    .data(all)
    .join("g")
    .attr("class", ({name}) => `fan ${name}`)
    .attr("transform", (_, i) => `translate(0 ${rounded(i * step)})`)
    .each(function ({title, cosines, said, names}) {
      const beside = x + long + 10;
      for (const i of [0, 1])
        label(this, `title line-${i}`, title[i] ?? "", isWide ? {x: beside, y: base - 78 + 17 * i} : {x: 0, y: 12});
      const box = group(this, "spokes", rounded(x), rounded(base));
      select(layer(box, "path", "arc")).attr(
        "d",
        `M${rounded(-long)} 0A${rounded(long)} ${rounded(long)} 0 0 1 ${rounded(long)} 0z`,
      );
      select(group(box, "arrows"))
        .selectChildren<SVGPathElement, Spoke>("path")
        .data(spokesOf(cosines))
        .join("path")
        .attr("class", ({isChosen}) => (isChosen ? "spoke chosen" : "spoke"))
        .attr("transform", ({turn}) => `rotate(${rounded(turn, 1)})`)
        .attr("d", arrow(long));
      label(this, "about", isWide ? "|cosine|" : "", {x: beside, y: base - 20});
      label(this, "said", said, isWide ? {x: beside, y: base} : {x: width, y: 12, anchor: "end"});
      for (const [i, y] of [-0.72 * long, -0.3 * long].entries())
        label(this, `which-${i}`, isWide ? (names?.[i] ?? "") : "", {x: x + 10, y: base + y});
    });
}
