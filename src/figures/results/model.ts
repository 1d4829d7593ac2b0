import {choice, countAt, hidden, type Params, range} from "../../figure/controls.ts";
import {type ResultEntry, resultEntries, type ScoreVerdict, scoreVerdict} from "./entries.ts";
import {
  type Axis,
  axisOf,
  exampleCount,
  type From,
  measuresOf,
  modelsOf,
  type ResultColumn,
  tableRows,
} from "./tables.ts";

/** The score of guessing on MNLI, which has three classes, in percent. */
const CHANCE = 100 / 3;
/** Smallest and largest guess, as powers of ten. */
const GUESSES = [3, 11.2] as const;

const only = (...from: From[]) => ({when: {from}});
const same = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));
const measures = (from: From) => Object.fromEntries(measuresOf(from).map(({key, label}) => [key, label]));

export const controls = {
  from: choice(
    ["Table"],
    {
      "2": "2: GLUE",
      "3": "3: GPT-2",
      "4": "4: GPT-3",
      "15": "15: budgets",
      "16": "16: examples",
      "18": "18: ranks",
    },
    "4",
  ),
  glue: {...choice(["Task"], measures("2"), "avg"), ...only("2")},
  "glue-model": {...choice(["Model"], same(modelsOf("2")), modelsOf("2")[0]!), ...only("2")},
  e2e: {...choice(["Measure"], measures("3"), "bleu"), ...only("3")},
  "e2e-model": {...choice(["Model"], same(modelsOf("3")), modelsOf("3")[0]!), ...only("3")},
  gpt3: {...choice(["Task"], measures("4"), "wikisql"), ...only("4")},
  budgets: {...choice(["Task"], measures("15"), "wikisql"), ...only("15")},
  examples: {
    ...choice(["Training examples"], measures("16"), "n100"),
    ...only("16"),
  },
  ranks: {...choice(["Measure"], measures("18"), "bleu"), ...only("18")},
  against: range(["Compare with row"], {min: 1, max: tableRows("15").length, value: 1}),
  methods: {
    ...choice(["Methods"], {all: "All", lora: "LoRA", adapter: "Adapter layers", prefix: "Prefixes"}, "all", true),
    ...only("2", "3", "4", "15", "16"),
  },
  sort: choice(
    ["Order"],
    {printed: "In the printed order", score: "Best first", trained: "Fewest trained first"},
    "printed",
    true,
  ),
  guess: hidden(["your guess"], 4, (text) => {
    const power = /^\d{1,2}(\.\d)?$/.test(text) ? Number(text) : Number.NaN;
    return power >= GUESSES[0] && power <= GUESSES[1]
      ? undefined
      : `“${text}” is no guess: give the trained parameters as a power of ten from ${GUESSES.join(" to ")}, such as 7.3.`;
  }),
};
export type ResultsParams = Params<typeof controls>;

export interface Judged extends ResultEntry {
  verdict: ScoreVerdict;
}

/** A mark in the scatter plot. */
export interface ScatterPoint extends Judged {
  x: number;
}

export interface ResultsResult {
  from: From;
  model?: string;
  measure: ResultColumn;
  axis: Axis;
  /** The number of training examples, if the table varies it. */
  examples?: number;
  reference: ResultEntry;
  /** The chosen rows and the reference, in the chosen order. */
  rows: readonly Judged[];
  counts: Readonly<Record<Exclude<ScoreVerdict, "itself">, number>>;
  points: readonly ScatterPoint[];
  /** Of the rows that are not worse than the reference beyond the spread: the one with the fewest trained parameters. */
  fewestNotWorse?: ResultEntry;
  chance?: number;
  /** The guessed number of trained parameters, on the tables that can answer it: GPT-3 on WikiSQL. */
  guess?: number;
}

const modelOf = (params: ResultsParams): string | undefined =>
  params.from === "2" ? params["glue-model"] : params.from === "3" ? params["e2e-model"] : undefined;

function measureOf(params: ResultsParams): ResultColumn {
  const {from, glue, e2e, gpt3, budgets, examples, ranks} = params;
  const key = {"2": glue, "3": e2e, "4": gpt3, "15": budgets, "16": examples, "18": ranks}[from];
  return measuresOf(from).find((one) => one.key === key)!;
}

export const bounds = (params: ResultsParams): Record<string, readonly [number, number]> => ({
  against: [1, resultEntries(params.from, modelOf(params), measureOf(params)).length],
});

const families: Readonly<Record<string, readonly ResultEntry["kind"][]>> = {
  lora: ["lora", "both"],
  adapter: ["adapter"],
  prefix: ["embed", "layer"],
};

function sorted(rows: readonly Judged[], sort: ResultsParams["sort"], {isLower}: ResultColumn): Judged[] {
  const sign = isLower ? 1 : -1;
  if (sort === "score") return [...rows].sort((a, b) => sign * (a.score - b.score));
  if (sort === "trained") return [...rows].sort((a, b) => (a.trained ?? 0) - (b.trained ?? 0));
  return [...rows];
}

export function compute(params: ResultsParams): ResultsResult {
  const {from, against, methods, sort, guess} = params;
  const [model, measure] = [modelOf(params), measureOf(params)];
  const axis = axisOf(from);
  const family = from === "18" ? undefined : families[methods];
  const judged = (of: ResultColumn): Judged[] => {
    const all = resultEntries(from, model, of);
    const reference = all[against - 1]!;
    return all
      .filter((entry) => !family || family.includes(entry.kind) || entry === reference)
      .map((entry) => ({...entry, verdict: scoreVerdict(entry, reference, of.isLower)}));
  };
  const rows = judged(measure);
  const pointsAt = (of: ResultColumn): ScatterPoint[] =>
    judged(of).map((row) => ({
      ...row,
      x: axis === "examples" ? exampleCount(of) : axis === "rank" ? row.rank! : row.trained!,
    }));
  const count = (verdict: ScoreVerdict) => rows.filter((row) => row.verdict === verdict).length;
  const fit = rows.filter(({verdict}) => verdict === "within" || verdict === "better");
  const fewestNotWorse = axis === "trained" ? sorted(fit, "trained", measure)[0] : undefined;
  const isAsked = axis === "trained" && measure.key === "wikisql";
  return {
    from,
    model,
    measure,
    axis,
    reference: rows.find(({n}) => n === against)!,
    rows: sorted(rows, sort, measure),
    counts: {within: count("within"), better: count("better"), worse: count("worse"), unknown: count("unknown")},
    points: (axis === "examples" ? measuresOf(from) : [measure]).flatMap(pointsAt),
    ...(axis === "examples" ? {examples: exampleCount(measure), chance: CHANCE} : {}),
    ...(fewestNotWorse ? {fewestNotWorse} : {}),
    ...(isAsked && guess ? {guess: countAt(Number(guess))} : {}),
  };
}
