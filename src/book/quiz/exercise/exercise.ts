import type {Store} from "../../kept/store.ts";
import {startCode} from "./code.ts";
import {startOrdering} from "./ordering.ts";
import {startWritten} from "./written.ts";

const kinds: Readonly<Record<string, (quiz: HTMLElement, store: Store) => void>> = {
  ordering: startOrdering,
  written: startWritten,
  code: startCode,
};

/** Starts an exercise: an ordering, sentences or a program. Few chapters have one, so this script is loaded only there. */
export function startExercise(quiz: HTMLElement, store: Store): void {
  kinds[quiz.dataset.kind!]!(quiz, store);
  quiz.setAttribute("data-live", "");
}
