import {choice, hidden, type Params, range} from "../controls.ts";
import {type Bounds, parse} from "../parse.ts";
import {sign} from "../signs.ts";
import {SIDE, STEPS} from "./size.ts";

/** Runs kept at most. */
export const MOST = 8;

/** Up to this rank the pair holds no more numbers than ΔW itself: r(d + k) = dk at r = 8. */
const RANKS = SIDE / 2;

const settings = {
  r: range(["Rank ", sign.r], {min: 1, max: RANKS, value: 2}),
  alpha: range([{symbol: "alpha", text: "α"}], {min: 1, max: 16, value: 4}),
  rate: choice(
    ["Rate η"],
    {"0.01": "0.01", "0.02": "0.02", "0.05": "0.05", "0.1": "0.1", "0.2": "0.2", "0.5": "0.5"},
    "0.05",
  ),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adamw: "AdamW"}, "adamw"),
  examples: choice(["Inputs seen"], {all: "every x", "48": "48", "24": "24", "12": "12"}, "all", true),
  noise: range(["Noise in y, deviation in tenths"], {min: 0, max: 10, value: 0, more: true}),
  planted: range(["Rank of ", sign.dW, "*"], {min: 1, max: RANKS, value: 4, more: true}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true}),
};
/** All that a run depends on. */
export type Settings = Params<typeof settings>;

const names = Object.keys(settings) as (keyof Settings)[];

export const settingsOf = (params: Settings): Settings =>
  Object.fromEntries(names.map((name) => [name, params[name]])) as Settings;

/** Noise is carried by examples; over every x a student cannot fit it, and there is none. */
export const bounds = ({examples}: Pick<Settings, "examples">): Bounds => ({noise: [0, examples === "all" ? 0 : 10]});

/** "2-4-0.05-adamw-all-0-4-7": a run for a link, its settings in their order. */
export const written = (run: Settings): string => names.map((name) => run[name]).join("-");

type Read = {runs: readonly Settings[]; problem?: undefined} | {runs?: undefined; problem: string};

/** Runs as `keep` writes them; text from anywhere, so what is no run is refused in words. */
export function readRuns(text: string): Read {
  const texts = text === "" ? [] : text.split("_");
  if (texts.length > MOST) return {problem: `${texts.length} runs came; at most ${MOST} are kept.`};
  const runs: Settings[] = [];
  for (const [i, one] of texts.entries()) {
    const values = one.split("-");
    const raw = Object.fromEntries(names.map((name, n) => [name, values[n]]));
    const {params, notes} = parse(settings, raw, {boundsOf: (values) => bounds(values as Settings)});
    if (values.length !== names.length || notes.length || written(params) !== one)
      return {problem: `Run ${i + 1} should be settings such as 2-4-0.05-adamw-all-0-4-7.`};
    if (texts.indexOf(one) < i) return {problem: `Run ${i + 1} is run ${texts.indexOf(one) + 1} again.`};
    runs.push(params);
  }
  return {runs};
}

export const keep = (runs: readonly Settings[]): string => runs.map(written).join("_");

const {r, alpha, rate, optimizer, ...behind} = settings;

export const controls = {
  r,
  alpha,
  rate,
  optimizer,
  step: range(["Step"], {min: 0, max: STEPS, value: STEPS, clock: true}),
  ...behind,
  row: range(["Trace row (0 = none)"], {min: 0, max: SIDE, value: 0, more: true}),
  column: range(["Trace column (0 = none)"], {min: 0, max: SIDE, value: 0, more: true}),
  kept: hidden(["kept runs"], 400, (text) => readRuns(text).problem),
};
export type TrainParams = Params<typeof controls>;
