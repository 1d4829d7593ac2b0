import {select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {rounded} from "../../../figures/rounded.ts";
import {label} from "../../../figures/text/label.ts";

export interface Fan {
  /** Class of its arrows. */
  name: string;
  title: string;
  /** |cosine| of the chosen run and each of the others. */
  cosines: readonly number[];
  /** "0.02–0.19" */
  said: string;
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
  const long = Math.min(step - TITLE - 10, width / 2 - 2);
  // Beside a fan there is room for its numbers, or under its title.
  const isWide = width - 2 * long > 84;
  const x = isWide ? long + 2 : width / 2;
  select(group(g, "fans", left, top))
    .selectChildren<SVGGElement, Fan>("g")
    .data(all)
    .join("g")
    .attr("class", ({name}) => `fan ${name}`)
    .attr("transform", (_, i) => `translate(0 ${rounded(i * step)})`)
    .each(function ({title, cosines, said}) {
      label(this, "title", title, {x: 0, y: 12});
      const box = group(this, "spokes", rounded(x), rounded(TITLE + long));
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
      label(this, "about", isWide ? "|cosine|" : "", {x: 2 * long + 12, y: rounded(TITLE + long - 20)});
      label(this, "said", isWide ? said : "", {x: 2 * long + 12, y: rounded(TITLE + long)});
    });
}
