import type {Store} from "../../kept/store.ts";
import {startCode} from "./code.ts";
import {startOrdering} from "./ordering.ts";
import {startWritten} from "./written.ts";

const kinds: Readonly<Record<string, (quiz: HTMLElement, store: Store) => void>> = {
  ordering: startOrdering,
  written: startWritten,
  code: startCode,
};

/** Starts a question of the kinds that few chapters have; this script is loaded only where there is one. */
export function startExercise(quiz: HTMLElement, store: Store): void {
  kinds[quiz.dataset.kind!]!(quiz, store);
  quiz.setAttribute("data-live", "");
}
