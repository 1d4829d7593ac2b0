/** The controls of the figure on the budget. */
import {choice, type Params, range} from "../../figure/controls.ts";
import {onMatrices} from "../shared/attentionMatrices.ts";
import {RUNS_PER_CHOICE} from "./result.ts";

export const controls = {
  by: choice(["Rows"], {budget: "Every choice", rank: "Every rank"}, "budget"),
  order: {
    ...choice(["Order by"], {best: "WikiSQL", multinli: "MultiNLI", printed: "The paper’s table"}, "best"),
    when: {by: ["budget"]},
  },
  scored: {...choice(["Task"], {wikisql: "WikiSQL", multinli: "MultiNLI"}, "wikisql"), when: {by: ["rank"]}},
  seed: {...range(["Seed to follow"], {min: 1, max: RUNS_PER_CHOICE, value: 3}), when: {by: ["budget"]}},
  on: onMatrices,
};
export type BudgetParams = Params<typeof controls>;
