/** Exercises that are answered by an order, by sentences or by a program. */
import {askToKeep, showTrouble} from "../../kept/askToKeep.ts";
import {keepText} from "../../kept/keepText.ts";
import type {Store} from "../../kept/store.ts";
import {explanation, showFeedback, showProblem} from "../feedback.ts";
import {startCode} from "./code.ts";

/** The function that starts each kind of exercise. */
const starters: Readonly<Record<string, (quiz: HTMLElement, store: Store) => void>> = {
  ordering: startOrdering,
  written: startWritten,
  code: startCode,
};

/** Starts an exercise: an ordering, sentences or a program. Few chapters have one, so this script is loaded only there. */
export function startExercise(quiz: HTMLElement, store: Store): void {
  starters[quiz.dataset.kind!]!(quiz, store);
  quiz.setAttribute("data-live", "");
}

/** Starts an ordering exercise: buttons move the items, and Check says up to where the order is right and why the next item is misplaced. */
function startOrdering(quiz: HTMLElement, store: Store): void {
  const list = quiz.querySelector(".order")!;
  const items = () => [...list.querySelectorAll<HTMLElement>("li")];
  const place = (item: HTMLElement) => Number(item.dataset.place);

  list.addEventListener("click", ({target}) => {
    const button = (target as Element).closest<HTMLButtonElement>("button");
    if (!button) return;
    const item = button.closest("li")!;
    const other = button.dataset.by === "1" ? item.nextElementSibling : item.previousElementSibling;
    if (other) other[button.dataset.by === "1" ? "after" : "before"](item);
    // Moving the button in the document took its focus away.
    button.focus();
    const order = items();
    showFeedback(quiz, [
      `Place ${order.indexOf(item) + 1} of ${order.length}: ${item.querySelector(".order-text")!.textContent}`,
    ]);
  });

  quiz.querySelector(".quiz-check")!.addEventListener("click", () => {
    const order = items();
    const wrongIndex = order.findIndex((item, i) => place(item) !== i);
    const answers = [...quiz.querySelectorAll(".quiz-answer li")];
    const see = quiz.querySelector(".quiz-answer .quiz-see")!;
    if (wrongIndex < 0) showFeedback(quiz, ["Right.", ` ${order.length} of ${order.length} in their place.`], true);
    else {
      const start = wrongIndex === 0 ? "Not this one." : `Right as far as place ${wrongIndex}.`;
      const text = order[wrongIndex]!.querySelector(".order-text")!.textContent;
      showFeedback(
        quiz,
        [start, `“${text}” comes later. `, ...explanation(answers[place(order[wrongIndex]!)]!), see.cloneNode(true)],
        false,
      );
    }
    quiz.setAttribute("data-tried", "");
    store.set("answer", quiz.id, {given: order.map((item) => place(item) + 1).join(" "), right: wrongIndex < 0});
    askToKeep(store, quiz);
  });
}

/** How many words a text has. */
const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;

/** Starts an exercise answered in sentences: once enough is written, the model answer opens, and the reader marks their own by it. */
function startWritten(quiz: HTMLElement, store: Store): void {
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
