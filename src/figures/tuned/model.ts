/** Losses of nine methods on one small layer, at one learning rate for all or each at its best, as `npm run sweep:family` stored them. */
import file from "../../../content/lab/family.json" with {type: "json"};
import {choice, type Params} from "../../figure/controls.ts";

export const controls = {
  rate: choice(["Learning rate"], {"0.005": "0.005", "0.02": "0.02", "0.1": "0.1", own: "Each its own"}, "0.005"),
  learn: choice(
    ["Change to learn"],
    {fresh: "New directions", own: "W₀’s own", lengths: "Row lengths", columns: "Column lengths"},
    "fresh",
  ),
};
export type TunedParams = Params<typeof controls>;

const METHOD_NAMES = {
  lora: "LoRA",
  rslora: "rsLoRA",
  loraplus: "LoRA+",
  pissa: "PiSSA",
  dora: "DoRA",
  qlora: "QLoRA",
  loftq: "LoftQ",
  lorafa: "LoRA-FA",
  vera: "VeRA",
} as const;
type Method = keyof typeof METHOD_NAMES;
const METHODS = Object.keys(METHOD_NAMES) as Method[];

/** The index of each rate in the file. */
const RATE_INDICES: Readonly<Record<Exclude<TunedParams["rate"], "own">, number>> = {"0.005": 1, "0.02": 3, "0.1": 5};
/** The file's value for a run that was stopped because its loss had doubled. */
const STOPPED = 99;
/** The lowest, middle and highest loss of nine seeds. */
export interface TunedRow {
  method: Method;
  name: string;
  low: number;
  median: number;
  high: number;
  /** Most of its runs were stopped. */
  isLost: boolean;
}

export interface TunedResult {
  /** Lowest median first. */
  rows: readonly TunedRow[];
  lora: TunedRow;
  /** The methods whose whiskers end below LoRA's, and those whose whiskers overlap it; lowest first. */
  better: readonly TunedRow[];
  ties: readonly TunedRow[];
}

/** A method's losses at this rate, on this change. */
function lossesOf(method: Method, {rate, learn}: TunedParams): TunedRow {
  const {rates, own} = file.tasks[learn][method];
  const [low, median, high] = (rate === "own" ? own : rates[RATE_INDICES[rate]]!) as [number, number, number];
  return {method, name: METHOD_NAMES[method], low, median, high, isLost: median >= STOPPED};
}

/** The losses of all methods, in the order of METHOD_NAMES. */
export const allMethods = (params: TunedParams): TunedRow[] => METHODS.map((method) => lossesOf(method, params));

export function compute(params: TunedParams): TunedResult {
  const rows = allMethods(params).sort((a, b) => a.median - b.median);
  const lora = rows.find(({method}) => method === "lora")!;
  return {
    rows,
    lora,
    better: rows.filter(({high}) => high < lora.low),
    ties: rows.filter((row) => row !== lora && !row.isLost && row.low <= lora.high && row.high >= lora.low),
  };
}
