/** Under “What a rank can store”: the map of stored shares by pairs and rank, its sentences, readouts and table. */
import {handle, shape, text} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {percent, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {DIMENSIONS, MOST_PAIRS, PAIR_STEP, type RatesParams, SWEPT_RANKS} from "./controls.ts";
import {leastRank, type RatesResult, STORED} from "./model.ts";
import {memorized} from "./stored.ts";

/** Levels of the stored share. Their areas lie one over the other, so they are darker where more is stored. */
const LEVELS = [0.25, 0.5, 0.75, STORED];

/** The lower edge of the area where a level is reached: for each number of pairs from 2 on, half a rank below the least rank for it. */
const edgeOf = (shares: RatesResult["shares"], level: number): number[] =>
  shares
    .map((column) => leastRank(column, level))
    .filter((rank) => rank !== undefined)
    .map((rank) => rank - 0.5);
/** The right edge of the column with this index. A column has its number of pairs in its middle. */
const rightEdge = (column: number): number => PAIR_STEP * (column + 1.5);

/** The exact stored share, pairs across and rank up, with a point to drag. */
export function capacityChart({shares, share}: RatesResult, {pairs, r}: RatesParams, act: Act): Chart {
  const path = (level: number, {x, y}: {x(value: number): number; y(value: number): number}) =>
    `M${x(rightEdge(-1))} ${edgeOf(shares, level)
      .map((rank, i) => `${i ? "V" : ""}${y(rank)}H${x(rightEdge(i))}`)
      .join("")}`;
  const set = (toPairs: number, toRank: number) => {
    act.set({
      pairs: Math.min(Math.max(Math.round(toPairs / PAIR_STEP) * PAIR_STEP, PAIR_STEP), MOST_PAIRS),
      r: Math.min(Math.max(Math.round(toRank), 1), DIMENSIONS),
    });
  };
  const isRight = pairs > 0.75 * MOST_PAIRS;
  const names = LEVELS.map((level) => ({level, edge: edgeOf(shares, level)}));
  return {
    name: "stored",
    label: ["Share stored"],
    alt: `With ${pairs} pairs, rank ${r} stores ${percent(share)}`,
    height: {narrow: 290, mid: 340, wide: 380},
    x: {
      domain: [rightEdge(-1), rightEdge(MOST_PAIRS / PAIR_STEP - 1)],
      ticks: [16, 32, 48],
      tickFormat: (n) => `${n} pairs`,
    },
    y: {domain: [0.5, DIMENSIONS + 0.5], ticks: [8, 16, 24, 32], tickFormat: (rank) => `rank ${rank}`},
    marks: [
      shape("area", LEVELS, (scales, level) => `${path(level, scales)}V0H0Z`, {tone: "dw"}),
      shape("lineY", [STORED], (scales, level) => `${path(level, scales)}V0`, {tone: "dw", strength: 3}),
      // Each level is named inside its upper right end.
      text(names, {
        x: ({edge}) => rightEdge(edge.length - 1),
        y: ({edge}) => edge.at(-1)!,
        anchor: "end",
        dx: -5,
        dy: ({edge}) => (edge.at(-1)! > DIMENSIONS - 3 ? 14 : -6),
        text: ({level}) => `${whole(100 * level)}%${level === STORED ? " or more" : ""}`,
      }),
      handle([pairs, r], set, {
        name: "Pairs across, rank up",
        valueText: `${pairs} pairs at rank ${r}`,
        step: [PAIR_STEP, 1],
      }),
      text([share], {
        x: pairs,
        y: r,
        text: percent,
        tone: "ink",
        kind: "answer",
        dx: isRight ? -14 : 14,
        dy: r > 26 ? 26 : -8,
        anchor: isRight ? "end" : "start",
      }),
    ],
  };
}

export const capacityTable = ({shares}: RatesResult, {r}: RatesParams) => ({
  caption: `The share of N random pairs that rank ${r} stores, and the least rank for 90%; then what the forge knows of N names by heart`,
  columns: ["N", `Rank ${r}`, "Least rank for 90%", ...SWEPT_RANKS.map((rank) => `Forge, r = ${rank}`)],
  rows: [
    ...shares.map((column, i) => {
      const needed = leastRank(column, STORED);
      return [PAIR_STEP * (i + 1), percent(column[r]!), needed ?? "–", "", "", ""];
    }),
    ...memorized.map(({names, shares: learned}) => [
      `${whole(names)} names`,
      "",
      "",
      ...SWEPT_RANKS.map((rank) => percent(learned[rank]!.median)),
    ]),
  ],
});

export function capacityReadouts({share, needed}: RatesResult, {pairs, r}: RatesParams) {
  const list = memorized[2]!;
  return [
    {label: ["Stored"], value: percent(share), note: `${pairs} pairs at rank ${r}`},
    {label: ["Least rank for 90%"], value: String(needed ?? "none"), note: `of ${pairs} pairs`},
    {
      label: [`The forge, ${list.names} names by heart`],
      value: SWEPT_RANKS.map((rank) => percent(list.shares[rank]!.median)).join(", "),
      note: `at r = ${SWEPT_RANKS.join(", ")}`,
    },
  ];
}

export function capacitySentences({share, needed}: RatesResult, {pairs, r}: RatesParams): readonly [string, string] {
  const first = needed === undefined ? "no rank stores 90% of them" : `rank ${needed} is the first to store 90%`;
  return [
    `Rank ${r} stores ${percent(share)} of ${pairs} random pairs; ${first}.`,
    "The pairs have 32 dimensions, and no map of that rank stores more.",
  ];
}
