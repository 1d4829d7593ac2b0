import type {Keep} from "../../kept/store.ts";
import {startCode} from "./code.ts";
import {startOrdering} from "./ordering.ts";
import {startWritten} from "./written.ts";

const kinds: Readonly<Record<string, (quiz: HTMLElement, keep: Keep) => void>> = {
  ordering: startOrdering,
  written: startWritten,
  code: startCode,
};

/** Brings an exercise to life, of a kind that questions inside a chapter's text seldom have: loaded where there is one. */
export function startExercise(quiz: HTMLElement, keep: Keep): void {
  kinds[quiz.dataset.kind!]!(quiz, keep);
  quiz.setAttribute("data-live", "");
}
