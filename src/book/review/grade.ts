import {askToKeep} from "../kept/askToKeep.ts";
import type {Store} from "../kept/store.ts";
import {dayOf, dueIn, type Grade, gaps, gapText} from "./schedule.ts";

/** What the event `lora-graded` carries, which bubbles from a graded card. */
interface GradeEvent {
  id: string;
  grade: Grade;
}

const isGrade = (text: string | undefined): text is Grade => text !== undefined && Object.hasOwn(gaps, text);

/** Stores the grade that an item was given today. */
export function storeGrade(store: Store, id: string, grade: Grade): void {
  store.set("review", id, {on: dayOf(new Date()), gap: gaps[grade]});
}

/** Calls back when a card of the page is graded. The page, and not the card, then says when the card comes again. */
export function onGraded(page: HTMLElement, onGrade: (id: string, grade: Grade) => void): void {
  page.addEventListener("lora-graded", (event) => {
    const {id, grade} = (event as CustomEvent<GradeEvent>).detail;
    event.preventDefault();
    onGrade(id, grade);
  });
}

/**
 * Starts the interview questions of a page. Pressing a grade stores it and sends `lora-graded`; then the card says when it
 * comes again, unless `onGraded` has taken that over.
 */
export function startGrades(root: Document, store: Store): void {
  const all = [...root.querySelectorAll<HTMLElement>(".interview:has(.interview-grade)")];
  for (const card of all) {
    const last = store.get("review", card.id);
    const days = last && dueIn(last, dayOf(new Date()));
    if (days !== undefined)
      card.querySelector(".interview-before")!.textContent =
        days > 0 ? ` · comes again ${gapText(days)}` : " · due today";
    card.addEventListener("click", ({target}) => {
      const grade = target instanceof Element ? target.closest<HTMLElement>("[data-grade]")?.dataset.grade : undefined;
      if (!isGrade(grade)) return;
      storeGrade(store, card.id, grade);
      for (const button of card.querySelectorAll<HTMLElement>("[data-grade]"))
        button.setAttribute("aria-pressed", String(button.dataset.grade === grade));
      const detail: GradeEvent = {id: card.id, grade};
      if (!card.dispatchEvent(new CustomEvent("lora-graded", {bubbles: true, cancelable: true, detail}))) return;
      card.querySelector(".interview-said")!.textContent =
        grade === "again" ? "It stays due in the review." : `It comes again in the review ${gapText(gaps[grade])}.`;
      askToKeep(store, card);
    });
  }
}
