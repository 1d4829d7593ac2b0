import {askToKeep} from "../../kept/askToKeep.ts";
import type {Keep} from "../../kept/store.ts";
import {explanation, say} from "../feedback.ts";

/** Items move by their buttons; Check says how far the order holds and why the next item cannot stand where it stands. */
export function startOrdering(quiz: HTMLElement, keep: Keep): void {
  const list = quiz.querySelector(".order")!;
  const items = () => [...list.querySelectorAll<HTMLElement>("li")];
  const place = (item: HTMLElement) => Number(item.dataset.place);

  list.addEventListener("click", ({target}) => {
    const button = (target as Element).closest<HTMLButtonElement>("button");
    if (!button) return;
    const item = button.closest("li")!;
    const other = button.dataset.by === "1" ? item.nextElementSibling : item.previousElementSibling;
    if (other) other[button.dataset.by === "1" ? "after" : "before"](item);
    // Where it was moved in the document it lost the focus.
    button.focus();
    const now = items();
    say(quiz, [`Place ${now.indexOf(item) + 1} of ${now.length}: ${item.querySelector(".order-text")!.textContent}`]);
  });

  quiz.querySelector(".quiz-check")!.addEventListener("click", () => {
    const now = items();
    const wrong = now.findIndex((item, i) => place(item) !== i);
    const answers = [...quiz.querySelectorAll(".quiz-answer li")];
    const see = quiz.querySelector(".quiz-answer .quiz-see")!;
    if (wrong < 0) say(quiz, ["Right.", ` ${now.length} of ${now.length} in their place.`], true);
    else {
      const start = wrong === 0 ? "Not this one." : `Right as far as place ${wrong}.`;
      const text = now[wrong]!.querySelector(".order-text")!.textContent;
      say(
        quiz,
        [start, `“${text}” comes later. `, ...explanation(answers[place(now[wrong]!)]!), see.cloneNode(true)],
        false,
      );
    }
    quiz.setAttribute("data-tried", "");
    keep.set("answer", quiz.id, {given: now.map((item) => place(item) + 1).join(" "), right: wrong < 0});
    askToKeep(keep, quiz);
  });
}
