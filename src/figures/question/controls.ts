/** What readers set in the figure of one question, and the part of it on which a run depends. */
import {choice, type Params, range} from "../../figure/controls.ts";
import {MAX_WORD_LENGTH} from "../shared/taskNames.ts";
import {wordControl} from "../shared/wordControl.ts";

/** The seeds of the stored runs; the first is that of the one run which is shown. */
export const STORED_SEEDS = [7, 1, 2, 3, 4] as const;

/** Training steps between two stored states of a run, and in the whole run. */
export const QUESTION_STRIDE = 10;
export const QUESTION_STEPS = 200;

/** The word with which the figure begins. */
const FIRST_WORD = "emilia";

export const controls = {
  runs: choice(["Show"], {one: "one run", five: "all five runs"}, "one"),
  word: wordControl("letters", FIRST_WORD),
  step: {
    ...range(["Training step"], {min: 0, max: QUESTION_STEPS, step: QUESTION_STRIDE, value: QUESTION_STEPS}),
    when: {runs: ["five"]},
  },
  letter: range(["Letter"], {min: 0, max: MAX_WORD_LENGTH, value: FIRST_WORD.length, clock: true}),
};
export type QuestionParams = Params<typeof controls>;

/** The letters that are read are at most those of the word. */
export const bounds = ({word}: QuestionParams) => ({letter: [0, word.length]}) as const;

/** What a run of the model depends on. */
export interface QuestionRun {
  word: string;
}

export const questionRun = ({word}: QuestionParams): QuestionRun => ({word});
