/** What the figure of forgetting must say, from the stored losses; tests/figures/forgetting.test.ts trains one of them again. */
import {readFileSync} from "node:fs";
import type {ForgettingParams} from "../../../src/figures/forgetting/model.ts";
import type {Claims} from "./oracle.ts";

type Stored = Record<string, Record<string, {losses: [number, number][]}>>;
const path = new URL("../../../content/lab/forgetting.json", import.meta.url);
const {lossesAt, runs} = JSON.parse(readFileSync(path, "utf8")) as {lossesAt: number[]; runs: Stored};

/** Letters in doubt at the last step with losses that is not after this one. */
function doubts(rate: string, way: string, step: number): [names: number, english: number] {
  const at = lossesAt.findLastIndex((one) => one <= step);
  const [names, english] = runs[rate]![way]!.losses[at]!;
  return [Math.E ** names, Math.E ** english];
}

export function forgetting({adapter, rate, way, step}: ForgettingParams): Claims {
  const [names, english] = doubts("usual", "full", 0);
  const now = doubts(rate, way, step);
  const isOff = adapter === "off" && way !== "full";
  const [usual, small] = [doubts("usual", way, 200), doubts("small", way, 200)];
  const shares = [
    names - usual[0] && (names - small[0]) / (names - usual[0]),
    (small[1] - english) / (usual[1] - english),
  ];
  const percents = shares.map((share) => 100 * share);
  const r = way === "full" ? [] : [Number(way)];
  return {
    summary: [
      ...(adapter === "on" ? [...r, step, names, now[0], english, now[1]] : isOff ? [] : [now[1]]),
      ...percents,
    ],
    readouts: [[isOff ? names : now[0], names], [isOff ? english : now[1], english], percents],
    caption: [step],
    rows: ["1", "4", "16", "full"].map((one) => [...(one === "full" ? [] : [Number(one)]), ...doubts(rate, one, step)]),
  };
}
