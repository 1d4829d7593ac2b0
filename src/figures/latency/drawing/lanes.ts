import {select} from "d3";
import {rowGroups} from "../../../figure/plot/charts/rowGroups.ts";
import {whisker} from "../../../figure/plot/charts/whisker.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {mapOf, pathsOf, type Road, type RoadKind, type Scene} from "./roads.ts";
import {placeAt} from "./travel.ts";

/** One way of adapting, as a road that a pass takes from its places to the finish. */
export interface Lane {
  kind: RoadKind;
  name: string;
  note: string;
  /** At the end of its row. */
  total: string;
  /** Nobody will time it here: it has no pass and no finish. */
  isOut?: boolean;
  /** The time it takes, and the ends of its whisker, as shares of the first lane's. Undefined: not timed yet. */
  takes?: number;
  low?: number;
  high?: number;
  /** A reader's guess of the same. */
  guess?: number;
}

export interface LanesOptions extends Scene {
  width: number;
  /** Height of a lane. */
  step: number;
  /** The time since the start, as a share of the first lane's. */
  after: number;
  /** Words below the drawing: of its stations, and of the finish. */
  foot: readonly string[];
}

/** The words of a lane are above its road. */
const NAME = 19;
const GAP = 5;
const FOOT = 20;
/** Lower lanes show less, and smaller. */
const [SMALL, LOW] = [36, 50];

export const lanesHeight = (lanes: number, step: number, hasFoot: boolean): number =>
  lanes * step + (hasFoot ? FOOT : 0);

/** Lanes below each other, with each pass where it is at this moment. A lane without a time has not started. */
export function lanes(svg: Element, all: readonly Lane[], options: LanesOptions) {
  const {width, step, after, foot} = options;
  const isSmall = step < SMALL;
  const r = isSmall ? 5 : step < LOW ? 6 : 8;
  const map = mapOf(width, step - NAME - GAP, options);
  const rows = rowGroups(group(svg, "lanes"), all, step, ({takes, isOut}) =>
    ["lane", ...(takes === undefined ? ["untimed"] : []), ...(isOut ? ["out"] : [])].join(" "),
  );
  rows.each(function (lane) {
    const {kind, name, note, total, isOut, takes, low, high, guess} = lane;
    label(this, "name", name, {x: 0, y: 13, anchor: "start"});
    label(this, "note", width < 480 ? "" : note, {
      x: 158,
      y: 13,
      anchor: "start",
    });
    label(this, "total", total, {x: width, y: 13, anchor: "end"});
    const road = group(this, "road", 0, NAME);
    const zones = map.zones[kind];
    const at = (time: number | undefined) =>
      time === undefined ? undefined : map.x(placeAt(after, {zones, extra: time - 1}));
    paths(road, {...map, ...pathsOf(kind, map, options)}, at(takes) ?? map.start, isOut);
    const [least, most] = [at(high), at(low)];
    select(layer(road, "path", "whisker")).attr(
      "d",
      least === most ? "" : whisker(least, most, map.y, isSmall ? 3 : 6),
    );
    dot(road, "pulse", isOut ? undefined : (at(takes) ?? map.start), map.y, r);
    dot(road, "bet", at(guess === undefined ? undefined : 1 + guess), map.y, r);
    label(road, "unknown", takes === undefined && !isOut ? "?" : "", {
      x: map.end,
      y: map.y,
      dy: "0.36em",
      anchor: "middle",
    });
  });
  feet(group(svg, "foot", 0, all.length * step + FOOT - 6), isSmall ? [] : foot, map);
}

/** The road with what stands at it; what was traveled is green. */
function paths(
  g: Element,
  {start, end, y, paths}: Road & {paths: Readonly<Record<string, string>>},
  at: number,
  isOut = false,
) {
  select(layer(g, "path", "way")).attr("d", `M${start} ${y}H${end}`);
  select(layer(g, "path", "gone")).attr("d", `M${start} ${y}H${rounded(at)}`);
  select(layer(g, "path", "finish")).attr("d", isOut ? "" : `M${end} 0V${rounded(2 * y)}`);
  for (const [name, d] of Object.entries(paths)) select(layer(g, "path", name)).attr("d", d);
}

/** Invisible where x is undefined. */
function dot(g: Element, name: string, x: number | undefined, y: number, r: number) {
  select(layer(g, "circle", name))
    .attr("cx", rounded(x ?? 0))
    .attr("cy", y)
    .attr("r", x === undefined ? 0 : r);
}

function feet(g: Element, words: readonly string[], {stations, end}: Road) {
  const places = [...stations.map(({x, width}) => x + width / 2), end];
  const all = words.map((text, i) => ({
    text,
    x: places[i]!,
    isLast: i === words.length - 1,
  }));
  select(g)
    .selectChildren<SVGGElement, (typeof all)[number]>("g")
    .data(all)
    .join("g")
    .each(function ({text, x, isLast}) {
      label(this, "words", text, {
        x: isLast ? x + 8 : x,
        y: 0,
        anchor: isLast ? "end" : "middle",
      });
    });
}
