import {choice, type Hidden, hidden, type Params, range} from "../../shell/controls.ts";
import {LETTERS, SEEDS} from "./result.ts";

/** Whether a text has letters of LETTERS only, each at most once and in order. */
const isChoice = (text: string): boolean => text === [...LETTERS].filter((letter) => text.includes(letter)).join("");

const on: Hidden = {
  ...hidden(["matrices"], LETTERS.length, (text) =>
    isChoice(text) ? undefined : `“${text}” names no matrices; letters of ${LETTERS}, in this order, do.`,
  ),
  value: "qv",
};

export const controls = {
  by: choice(["Rows"], {budget: "Every choice", rank: "Every rank"}, "budget"),
  order: {...choice(["Order"], {printed: "As printed", best: "Best first"}, "printed"), when: {by: ["budget"]}},
  seed: {...range(["Seed followed"], {min: 1, max: SEEDS, value: 3}), when: {by: ["budget"]}},
  on,
};
export type BudgetParams = Params<typeof controls>;
