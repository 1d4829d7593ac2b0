import {isNarrow} from "../../figure/plot/aspects.ts";
import {logarithmic} from "../../figure/plot/axes/scales.ts";
import {chart, panels} from "../../figure/plot/chart.ts";
import {bars} from "../../figure/plot/charts/bars.ts";
import {LEFT, paths} from "../../figure/plot/charts/paths.ts";
import {layer} from "../../figure/plot/layer.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Room} from "../../figure/plot/room.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import type {Act} from "../../figure/widget.ts";
import {type Of, PIECES} from "./controls.ts";
import {cutWriting} from "./drawing/written.ts";
import {ALL, BASE, type CutResult, doubtsByPieces, meanShares} from "./readings.ts";

/** Above the plot; between it and the bars of the pieces; their height; at the right, for the names of lines. */
const [TOP, BETWEEN, BARS, RIGHT] = [14, 42, 40, 64];
/** A plot beside the words that is less wide is higher. */
const TALL = 300;
const aspects = {dock: 0.5, card: 1.04, full: 0.72, slide: 0.82};

/** Height by width; the style sheet has the same for a card's first frame. */
const aspectIn = (room: Room, width: number): number =>
  room.size !== "card" ? aspects[room.size] : isNarrow(room) ? 0.78 : width < TALL ? 1.1 : aspects.card;

const ENDS = [6.5, 90] as const;
const TICKS = [7, 10, 15, 20, 40, 80];

const others: Readonly<Record<Of, Of>> = {change: "weights", weights: "change"};
const names: Readonly<Record<Of, string>> = {change: "change", weights: "weights"};

/** Letters in doubt against the number of pieces, for both ways of cutting; under it how much energy each piece holds. */
function doubtByPieces(picture: Element, result: CutResult, act: Act, room: Room) {
  const {of, r} = result;
  const isDock = room.size === "dock";
  const low = isDock ? 30 : BETWEEN + BARS;
  const heightOf = (width: number) => aspectIn(room, width) * width;
  const {g, ...all} = chart(picture, "doubt", room, {
    label: ["Letters in doubt by pieces kept, log scale"],
    nominal: 420,
    height: (width) => Math.max(heightOf(width), isDock ? 160 : 190),
    alt: `With ${r} of ${PIECES} pieces of the ${names[of]}, ${fixed(doubtsByPieces[of][r]!, 1)} letters in doubt; the base has ${fixed(BASE, 1)}, all pieces of the change ${fixed(ALL, 1)}.`,
  });
  const [width, height] = [all.width - LEFT - RIGHT, all.height - TOP - low];
  const level = (value: number) => Array<number>(PIECES + 1).fill(value);
  paths(
    g,
    [
      {name: "level", label: "base", values: level(BASE)},
      {name: `${others[of]} faded`, label: names[others[of]], values: doubtsByPieces[others[of]]},
      {name: of, label: names[of], values: doubtsByPieces[of]},
    ],
    [{name: of, at: r, value: doubtsByPieces[of][r]!, title: `${r} pieces: ${fixed(doubtsByPieces[of][r]!, 1)}`}],
    {
      ...{width, height, y: logarithmic(ENDS, [height, 0]), ticks: TICKS, format: String},
      ...{last: PIECES, named: width < 160 ? [0, 16, 32] : [0, 4, 8, 16, 24, 32], place: String, at: r},
      onMove: (to) => to !== r && act.set({r: to}),
    },
  );
  const below = layer(g, "g", "pieces");
  if (isDock) return below.replaceChildren();
  // A bar stands left of the number that includes it.
  const step = width / PIECES;
  const row = group(below, "bars", LEFT - step / 2 + 0.1 * step, TOP + height + BETWEEN);
  row.setAttribute("data-of", of);
  bars(row, meanShares(result), {...{width, height: BARS, kept: r}, name: (i) => `piece ${i + 1}`});
  label(below, "name", "energy in each piece", {
    x: LEFT + width,
    y: TOP + height + BETWEEN + 10,
    anchor: "end",
  });
}

export function drawCut(picture: Element, result: CutResult, act: Act, room: Room) {
  panels(picture, ["doubt"]);
  doubtByPieces(picture, result, act, room);
  cutWriting(picture, result);
}
