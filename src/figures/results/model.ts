/** The paper's results, compared with a chosen row: the controls, and what the figure shows for them. */
import {choice, countAt, hiddenText, type Params, range} from "../../figure/controls.ts";
import {
  type Axis,
  axisOf,
  exampleCount,
  type MethodKind,
  measuresOf,
  modelsOf,
  type ResultColumn,
  type ResultEntry,
  resultEntries,
  type ScoreVerdict,
  scoreVerdict,
  type TableNumber,
} from "./tables.ts";

/** The score of guessing on MNLI, which has three classes, in percent. */
const GUESSING_SCORE = 100 / 3;
/** The smallest and the largest guess, as powers of ten. */
const GUESS_RANGE = [3, 11.2] as const;

/** The number of rows of the longest table. */
const MAX_ROWS = resultEntries("15", undefined, measuresOf("15")[0]!).length;

/** The condition of a control that only some tables have. */
const onTables = (...from: TableNumber[]) => ({when: {from}});
/** Options whose values are their labels. */
const namedAlike = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));
/** Options for the measures of a table. */
const measureOptions = (from: TableNumber) => Object.fromEntries(measuresOf(from).map(({key, label}) => [key, label]));

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
  glue: {...choice(["Task"], measureOptions("2"), "avg"), ...onTables("2")},
  "glue-model": {...choice(["Model"], namedAlike(modelsOf("2")), modelsOf("2")[0]!), ...onTables("2")},
  e2e: {...choice(["Measure"], measureOptions("3"), "bleu"), ...onTables("3")},
  "e2e-model": {...choice(["Model"], namedAlike(modelsOf("3")), modelsOf("3")[0]!), ...onTables("3")},
  gpt3: {...choice(["Task"], measureOptions("4"), "wikisql"), ...onTables("4")},
  budgets: {...choice(["Task"], measureOptions("15"), "wikisql"), ...onTables("15")},
  examples: {
    ...choice(["Training examples"], measureOptions("16"), "n100"),
    ...onTables("16"),
  },
  ranks: {...choice(["Measure"], measureOptions("18"), "bleu"), ...onTables("18")},
  against: range(["Compare with row"], {min: 1, max: MAX_ROWS, value: 1}),
  methods: {
    ...choice(["Methods"], {all: "All", lora: "LoRA", adapter: "Adapter layers", prefix: "Prefixes"}, "all", true),
    ...onTables("2", "3", "4", "15", "16"),
  },
  guess: hiddenText(["your guess"], 4, (text) => {
    const power = /^\d{1,2}(\.\d)?$/.test(text) ? Number(text) : Number.NaN;
    return power >= GUESS_RANGE[0] && power <= GUESS_RANGE[1]
      ? undefined
      : `“${text}” is no guess: give the trained parameters as a power of ten from ${GUESS_RANGE.join(" to ")}, with one decimal at most, such as 7.3.`;
  }),
};
export type ResultsParams = Params<typeof controls>;

/** An entry, judged against the reference. */
export interface JudgedEntry extends ResultEntry {
  verdict: ScoreVerdict;
}

/** A mark in the scatter plot; x is what its axis counts. */
export interface ScatterPoint extends JudgedEntry {
  x: number;
}

/** What the figure shows for one state. */
export interface ResultsResult {
  from: TableNumber;
  model?: string;
  measure: ResultColumn;
  axis: Axis;
  /** The number of training examples, if the table varies it. */
  examples?: number;
  reference: ResultEntry;
  /** The chosen rows and the reference, in printed order. */
  rows: readonly JudgedEntry[];
  points: readonly ScatterPoint[];
  /** The row with the fewest trained parameters among those that tie with the reference or are clearly better. */
  leastTrainedRow?: ResultEntry;
  /** The score of guessing, in percent, if the figure draws it. */
  guessingScore?: number;
  /** The guessed number of trained parameters, on the tables that can answer it: GPT-3 on WikiSQL. */
  guess?: number;
}

/** The chosen model, on the tables that have several. */
const modelOf = (params: ResultsParams): string | undefined =>
  params.from === "2" ? params["glue-model"] : params.from === "3" ? params["e2e-model"] : undefined;

/** The chosen measure of the chosen table. */
function measureOf(params: ResultsParams): ResultColumn {
  const {from, glue, e2e, gpt3, budgets, examples, ranks} = params;
  const key = {"2": glue, "3": e2e, "4": gpt3, "15": budgets, "16": examples, "18": ranks}[from];
  return measuresOf(from).find((one) => one.key === key)!;
}

/** A table has as many rows to compare with as it has results. */
export const bounds = (params: ResultsParams): Record<string, readonly [number, number]> => ({
  against: [1, resultEntries(params.from, modelOf(params), measureOf(params)).length],
});

/** The kinds of method that each choice of methods shows; "all" has no entry, because it leaves none out. */
const kindsShown: Readonly<Record<string, readonly MethodKind[]>> = {
  lora: ["lora", "both"],
  adapter: ["adapter"],
  prefix: ["embed", "layer"],
};

export function compute(params: ResultsParams): ResultsResult {
  const {from, against, methods, guess} = params;
  const [model, measure] = [modelOf(params), measureOf(params)];
  const axis = axisOf(from);
  const kinds = from === "18" ? undefined : kindsShown[methods];
  const judgedEntries = (of: ResultColumn): JudgedEntry[] => {
    const all = resultEntries(from, model, of);
    const reference = all[against - 1]!;
    return all
      .filter((entry) => !kinds || kinds.includes(entry.kind) || entry === reference)
      .map((entry) => ({...entry, verdict: scoreVerdict(entry, reference, of.isLowerBetter)}));
  };
  const rows = judgedEntries(measure);
  const pointsAt = (of: ResultColumn): ScatterPoint[] =>
    judgedEntries(of).map((row) => ({
      ...row,
      x: axis === "examples" ? exampleCount(of) : axis === "rank" ? row.rank! : row.trained!,
    }));
  const notWorse = rows.filter(({verdict}) => verdict === "tie" || verdict === "better");
  const leastTrainedRow = axis === "trained" ? notWorse.toSorted((a, b) => a.trained! - b.trained!)[0] : undefined;
  const answersGuess = axis === "trained" && measure.key === "wikisql";
  return {
    from,
    model,
    measure,
    axis,
    reference: rows.find(({n}) => n === against)!,
    rows,
    points: (axis === "examples" ? measuresOf(from) : [measure]).flatMap(pointsAt),
    examples: axis === "examples" ? exampleCount(measure) : undefined,
    guessingScore: axis === "examples" ? GUESSING_SCORE : undefined,
    leastTrainedRow,
    guess: answersGuess && guess ? countAt(Number(guess)) : undefined,
  };
}
