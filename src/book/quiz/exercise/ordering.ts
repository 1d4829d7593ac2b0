import {askToKeep} from "../../kept/askToKeep.ts";
import type {Store} from "../../kept/store.ts";
import {explanation, showFeedback} from "../feedback.ts";

/** Starts an ordering exercise: buttons move the items, and Check says up to where the order is right and why the next item is misplaced. */
export function startOrdering(quiz: HTMLElement, store: Store): void {
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
    const now = items();
    showFeedback(quiz, [
      `Place ${now.indexOf(item) + 1} of ${now.length}: ${item.querySelector(".order-text")!.textContent}`,
    ]);
  });

  quiz.querySelector(".quiz-check")!.addEventListener("click", () => {
    const now = items();
    const wrong = now.findIndex((item, i) => place(item) !== i);
    const answers = [...quiz.querySelectorAll(".quiz-answer li")];
    const see = quiz.querySelector(".quiz-answer .quiz-see")!;
    if (wrong < 0) showFeedback(quiz, ["Right.", ` ${now.length} of ${now.length} in their place.`], true);
    else {
      const start = wrong === 0 ? "Not this one." : `Right as far as place ${wrong}.`;
      const text = now[wrong]!.querySelector(".order-text")!.textContent;
      showFeedback(
        quiz,
        [start, `“${text}” comes later. `, ...explanation(answers[place(now[wrong]!)]!), see.cloneNode(true)],
        false,
      );
    }
    quiz.setAttribute("data-tried", "");
    store.set("answer", quiz.id, {given: now.map((item) => place(item) + 1).join(" "), right: wrong < 0});
    askToKeep(store, quiz);
  });
}
