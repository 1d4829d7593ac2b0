import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import {LONGEST_WORD} from "../shared/taskNames.ts";

/** The seeds of the stored runs. */
export const STORED_SEEDS = [7, 1, 2, 3, 4] as const;

/** Steps of training from one stored place of a run to the next, and all of them. */
export const QUESTION_STRIDE = 10;
const STEPS = 200;

const FIRST = "emilia";

export const controls = {
  runs: choice(["Show"], {one: "one run", five: "all five runs"}, "one"),
  seed: choice(["Seed"], {"1": "1", "2": "2", "3": "3", "4": "4", "7": "7"}, "7", true, "chance"),
  word: {
    ...hidden(["letters"], LONGEST_WORD, (text) =>
      /^[a-z]*$/.test(text) ? undefined : "Use only the letters a to z.",
    ),
    value: FIRST,
  },
  step: {
    ...range(["Training step"], {min: 0, max: STEPS, step: QUESTION_STRIDE, value: STEPS}),
    when: {runs: ["five"]},
  },
  letter: range(["Letter"], {min: 0, max: LONGEST_WORD, value: FIRST.length, clock: true}),
};
export type QuestionParams = Params<typeof controls>;

/** The letters that have been read end where the word ends. */
export const bounds = ({word}: QuestionParams) => ({letter: [0, word.length]}) as const;

/** What the model reads. */
export interface Reading {
  word: string;
}

export const runs = ({word}: QuestionParams): readonly Reading[] => [{word}];
