import {askToKeep, showTrouble} from "../../kept/askToKeep.ts";
import {keepText} from "../../kept/keepText.ts";
import type {Store} from "../../kept/store.ts";
import {showFeedback, showProblem} from "../feedback.ts";

/** How many words a text has. */
const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;

/** Starts an exercise answered in sentences: once enough is written, the model answer opens, and the reader marks their own by it. */
export function startWritten(quiz: HTMLElement, store: Store): void {
  const box = quiz.querySelector<HTMLTextAreaElement>("textarea")!;
  const answer = quiz.querySelector<HTMLDetailsElement>(".quiz-answer")!;
  const points = [...answer.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const minWords = Number(box.dataset.wordsDue);
  keepText(box, quiz.id, store, () => showTrouble(store, quiz));

  quiz.querySelector(".quiz-check")!.addEventListener("click", () => {
    const words = wordsIn(box.value);
    if (words < minWords) {
      const have = words === 0 ? "" : words === 1 ? " So far it is one." : ` So far there are ${words}.`;
      return showProblem(
        quiz,
        `Try it first, in at least ${minWords} words: the comparison is what you learn from.${have}`,
      );
    }
    showProblem(quiz);
    showFeedback(quiz, ["Compare, and mark your own below."]);
    quiz.setAttribute("data-tried", "");
    answer.open = true;
    answer.querySelector("summary")!.focus();
    askToKeep(store, quiz);
  });

  answer.addEventListener("change", () => {
    const markedCount = points.filter(({checked}) => checked).length;
    const isComplete = markedCount === points.length;
    answer.querySelector(".rubric-sum")!.textContent =
      `${markedCount} of ${points.length} points.${isComplete ? "" : " Add what is missing to your answer, in your own words."}`;
    store.set("answer", quiz.id, {given: `${markedCount} of ${points.length}`, right: isComplete});
  });
}
