/** The grades that readers give their own answers to interview questions. */
import {askToKeep} from "../kept/askToKeep.ts";
import type {Store} from "../kept/store.ts";
import {dayOf, daysUntilDue, type Grade, gaps, gapText} from "./schedule.ts";

const isGrade = (text: string | undefined): text is Grade => text !== undefined && Object.hasOwn(gaps, text);

/** Stores the grade that an item was given today. */
export function storeGrade(store: Store, id: string, grade: Grade): void {
  store.set("review", id, {on: dayOf(new Date()), gap: gaps[grade]});
}

/**
 * Starts the interview questions of a page: each says when it is due, and a press on a grade stores it. The card then says when it
 * comes again, and sends `lora-graded`, with the grade, to the review page.
 */
export function startGrades(root: Document, store: Store): void {
  for (const card of root.querySelectorAll<HTMLElement>(".interview:has(.interview-grade)")) {
    const lastGrade = store.get("review", card.id);
    const days = lastGrade && daysUntilDue(lastGrade, dayOf(new Date()));
    if (days !== undefined)
      card.querySelector(".interview-before")!.textContent =
        days > 0 ? ` · comes again ${gapText(days)}` : " · due today";
    card.addEventListener("click", ({target}) => {
      const grade = target instanceof Element ? target.closest<HTMLElement>("[data-grade]")?.dataset.grade : undefined;
      if (!isGrade(grade)) return;
      storeGrade(store, card.id, grade);
      for (const button of card.querySelectorAll<HTMLElement>("[data-grade]"))
        button.setAttribute("aria-pressed", String(button.dataset.grade === grade));
      card.querySelector(".interview-said")!.textContent =
        grade === "again" ? "It stays due in the review." : `It comes again in the review ${gapText(gaps[grade])}.`;
      askToKeep(store, card);
      card.dispatchEvent(new CustomEvent<Grade>("lora-graded", {bubbles: true, detail: grade}));
    });
  }
}
