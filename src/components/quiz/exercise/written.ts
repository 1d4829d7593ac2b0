import {askToKeep, tellTrouble} from "../../kept/askToKeep.ts";
import {keepText} from "../../kept/keepText.ts";
import type {Keep} from "../../kept/store.ts";
import {refuse, say} from "../feedback.ts";

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;

/** The model answer opens once something was written; then the reader marks it, point by point. */
export function startWritten(quiz: HTMLElement, keep: Keep): void {
  const box = quiz.querySelector<HTMLTextAreaElement>("textarea")!;
  const answer = quiz.querySelector<HTMLDetailsElement>(".quiz-answer")!;
  const points = [...answer.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const due = Number(box.dataset.wordsDue);
  keepText(box, "draft", quiz.id, keep, () => tellTrouble(keep, quiz));

  quiz.querySelector(".quiz-check")!.addEventListener("click", () => {
    const words = wordsIn(box.value);
    if (words < due) {
      const have = words === 0 ? "" : words === 1 ? " So far it is one." : ` So far there are ${words}.`;
      return refuse(quiz, `Try it first, in at least ${due} words: the comparison is what you learn from.${have}`);
    }
    refuse(quiz);
    say(quiz, ["Compare, and mark your own below."]);
    quiz.setAttribute("data-tried", "");
    answer.open = true;
    answer.querySelector("summary")!.focus();
    askToKeep(keep, quiz);
  });

  answer.addEventListener("change", () => {
    const said = points.filter(({checked}) => checked).length;
    const all = said === points.length;
    answer.querySelector(".rubric-sum")!.textContent =
      `${said} of ${points.length} points.${all ? "" : " Add what is missing to your answer, in your own words."}`;
    keep.set("answer", quiz.id, {given: `${said} of ${points.length}`, right: all});
  });
}
