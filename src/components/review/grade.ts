import {askToKeep} from "../kept/askToKeep.ts";
import type {Keep} from "../kept/store.ts";
import {dayOf, dueIn, type Grade, gaps, gapText} from "./schedule.ts";

/** What is told of a graded item, as an event that bubbles from it. */
export interface Graded {
  id: string;
  grade: Grade;
}

const isGrade = (text: string | undefined): text is Grade => text !== undefined && Object.hasOwn(gaps, text);

/** Keeps the grade of an item that was given on a day. */
export function keepGrade(keep: Keep, id: string, grade: Grade, on = dayOf(new Date())): void {
  keep.set("review", id, {on, gap: gaps[grade]});
}

/**
 * The interview questions of a page: a press on a grade keeps it, says when the question comes again, and tells the page. On a
 * page of the review `graded` takes over what is said; elsewhere the card says it.
 */
export function startGrades(root: Document, keep: Keep): void {
  const all = [...root.querySelectorAll<HTMLElement>(".interview:has(.interview-grade)")];
  const say = () => {
    for (const card of all) {
      const last = keep.get("review", card.id);
      const days = last && dueIn(last, dayOf(new Date()));
      card.querySelector(".interview-before")!.textContent =
        days === undefined ? "" : days > 0 ? ` · comes again ${gapText(days)}` : " · due today";
    }
  };
  say();
  // A page may be left open over the night.
  if (all.length) root.addEventListener("visibilitychange", say);
  for (const card of all) {
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
