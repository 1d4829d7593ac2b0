import {askToKeep} from "../kept/askToKeep.ts";
import type {Store} from "../kept/store.ts";

/** Whether the reader has begun to answer: something is chosen, typed or opened. */
export const isBegun = (item: HTMLElement): boolean =>
  item.querySelector("details[open], [data-tried], input:checked") !== null ||
  [...item.querySelectorAll<HTMLInputElement>("input[type=text]")].some(({value}) => value !== "");

/** Removes every trace of an earlier answer. */
export function resetItem(item: HTMLElement) {
  for (const input of item.querySelectorAll("input")) {
    input.checked = false;
    if (input.type === "text") input.value = "";
  }
  for (const details of item.querySelectorAll("details")) details.open = false;
  for (const button of item.querySelectorAll("[aria-pressed]")) button.removeAttribute("aria-pressed");
  item.querySelector(".quiz")?.removeAttribute("data-tried");
  for (const name of ["aria-describedby", "aria-invalid"])
    for (const field of item.querySelectorAll(`[${name}]`)) field.removeAttribute(name);
  const feedback = item.querySelector(".quiz-feedback");
  feedback?.replaceChildren();
  for (const mark of ["data-right", "data-wrong"]) feedback?.removeAttribute(mark);
}

/** Moves the focus to the item's question. */
export function focusItem(item: HTMLElement) {
  const question = item.querySelector<HTMLElement>("legend, .interview-asked")!;
  question.tabIndex = -1;
  question.focus();
}

/** Lets the keys 1, 2 and 3 press the grade buttons of a card once these are visible. Before, no answer is shown to grade by. */
export function startGradeKeys(page: HTMLElement) {
  page.addEventListener("keydown", ({key, target, ctrlKey, metaKey, altKey}) => {
    const card = target instanceof Element && target.closest(".interview");
    if (!card || ctrlKey || metaKey || altKey || !/^[123]$/.test(key)) return;
    const button = card.querySelectorAll<HTMLElement>("[data-grade]")[Number(key) - 1]!;
    if (button.checkVisibility()) button.click();
  });
}

/** Hides the item. If it still asks whether to keep the answer, `foot` asks instead. */
export function leaveItem(item: HTMLElement | undefined, foot: Element, store: Store) {
  item?.removeAttribute("data-now");
  const askingRegion = item?.querySelector("[data-asking]");
  if (!askingRegion) return;
  askingRegion.removeAttribute("data-asking");
  askingRegion.replaceChildren();
  askToKeep(store, foot);
}

/** Calls back when a question of the page has judged an answer. */
export function onAnswered(page: HTMLElement, onAnswer: (quiz: Element, isRight: boolean) => void) {
  page.addEventListener("lora-answered", ({target}) => {
    const quiz = target as Element;
    onAnswer(quiz, quiz.querySelector(".quiz-feedback")!.hasAttribute("data-right"));
  });
}
