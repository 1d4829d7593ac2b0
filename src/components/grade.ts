import {askToKeep} from "./asking.ts";
import type {Keep} from "./keep.ts";
import {dayOf, dueIn, type Grade, gaps, gapText} from "./schedule.ts";

/** What is told of a graded item, as an event that bubbles from it. */
export interface Graded {
  id: string;
  grade: Grade;
}

const isGrade = (text: string | undefined): text is Grade => text !== undefined && Object.hasOwn(gaps, text);

/** Keeps the grade of an item with today's day. */
export function keepGrade(keep: Keep, id: string, grade: Grade): void {
  keep.set("review", id, {on: dayOf(new Date()), gap: gaps[grade]});
}

/**
 * The interview questions of a page: a press on a grade keeps it, says when the question comes again, and tells the page. On a
 * page of the review `graded` takes over what is said; elsewhere the card says it.
 */
export function startGrades(root: Document, keep: Keep): void {
  const today = dayOf(new Date());
  for (const card of root.querySelectorAll<HTMLElement>(".interview:has(.interview-grade)")) {
    const last = keep.get("review", card.id);
    if (last) {
      const days = dueIn(last, today);
      card.querySelector(".interview-before")!.textContent =
        days > 0 ? ` · comes again ${gapText(days)}` : " · due today";
    }
    card.addEventListener("click", ({target}) => {
      const grade = target instanceof Element ? target.closest<HTMLElement>("[data-grade]")?.dataset.grade : undefined;
      if (!isGrade(grade)) return;
      keepGrade(keep, card.id, grade);
      for (const button of card.querySelectorAll<HTMLElement>("[data-grade]"))
        button.setAttribute("aria-pressed", String(button.dataset.grade === grade));
      const detail: Graded = {id: card.id, grade};
      if (!card.dispatchEvent(new CustomEvent("lora-graded", {bubbles: true, cancelable: true, detail}))) return;
      card.querySelector(".interview-said")!.textContent =
        grade === "again" ? "It stays due in the review." : `It comes again in the review ${gapText(gaps[grade])}.`;
      askToKeep(keep, card);
    });
  }
}
