/** What the figure of tuned methods must say, from the stored losses; tests/figures/family.test.ts makes some of them again. */
import {readFileSync} from "node:fs";
import type {TunedParams} from "../../../src/figures/tuned/model.ts";
import type {Claims} from "./oracle.ts";

type Losses = [number, number, number];
const path = new URL("../../../content/lab/family.json", import.meta.url);
const {tasks}: {tasks: Record<string, Record<string, {rates: Losses[]; own: Losses}>>} = JSON.parse(
  readFileSync(path, "utf8"),
);
const RATES = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];
const ORDER = ["lora", "rslora", "loraplus", "pissa", "dora", "qlora", "loftq", "lorafa", "vera"];

function median(learn: string, method: string, rate: string): number {
  const {rates, own} = tasks[learn]![method]!;
  return (rate === "own" ? own : rates[RATES.indexOf(Number(rate))]!)[1];
}

export function tuned({rate, learn}: TunedParams): Claims {
  const now = Object.fromEntries(ORDER.map((method) => [method, median(learn, method, rate)]));
  const at = rate === "own" ? [] : [Number(rate)];
  const lora = now.lora!;
  return {
    summary: [...at, lora],
    readouts: [[lora], [Math.min(...Object.values(now))]],
    caption: [60],
    rows: ORDER.map((method) =>
      ["0.005", "0.02", "0.1", "own"].map((one) => median(learn, method, one)).filter((loss) => loss < 99),
    ),
  };
}
