import {askToKeep} from "../kept/askToKeep.ts";
import type {Store} from "../kept/store.ts";
import type {GradeEvent} from "./grade.ts";
import {focusItem, resetItem} from "./reviewItem.ts";
import type {Grade} from "./schedule.ts";
import type {Item} from "./sitting.ts";

/** The elements of the review page, and what it can show. */
export function reviewView(root: Document) {
  const page = root.querySelector<HTMLElement>(".review")!;
  const state = page.querySelector(".review-state")!;
  const foot = page.querySelector(".review-foot")!;
  const end = foot.querySelector<HTMLElement>(".review-end")!;
  const [next, more] = foot.querySelectorAll<HTMLButtonElement>(".review-moves button");
  const elements = new Map(
    [...page.querySelectorAll<HTMLElement>(".review-item")].map((element) => [element.dataset.item!, element]),
  );
  const items: Item[] = [...elements].map(([id, {dataset}]) => ({id, chapter: dataset.from!}));

  function show(text: string, item?: HTMLElement, hasMore = false) {
    state.removeAttribute("aria-live");
    state.textContent = text;
    next!.hidden = true;
    end.hidden = item !== undefined;
    more!.hidden = !hasMore;
  }
  return {
    ...{page, state, foot, items, next: next!, more: more!, menu: page.querySelector("select")!},
    elementOf: (id: string | undefined) => (id === undefined ? undefined : elements.get(id)),
    showItem(item: HTMLElement, text: string, focus: boolean) {
      resetItem(item);
      item.setAttribute("data-now", "");
      show(text, item);
      if (focus) focusItem(item);
    },
    showEnd(text: string, hasMore: boolean, focus: boolean) {
      end.textContent = text;
      show("", undefined, hasMore);
      if (focus) end.focus();
    },
    /** Calls `graded` when the reader grades a card, and `answered` when a question has judged an answer. */
    listen(graded: (id: string, grade: Grade) => void, answered: (quiz: Element, isRight: boolean) => void) {
      page.addEventListener("lora-graded", (event) => {
        const {id, grade} = (event as CustomEvent<GradeEvent>).detail;
        // This page says itself when the card comes again.
        event.preventDefault();
        graded(id, grade);
      });
      page.addEventListener("lora-answered", ({target}) => {
        const quiz = target as Element;
        answered(quiz, quiz.querySelector(".quiz-feedback")!.hasAttribute("data-right"));
      });
    },
    /** Adds to the verdict on an answer when it comes again. The feedback speaks it; the state line only shows it. */
    showVerdict(quiz: Element, text: string) {
      state.setAttribute("aria-live", "off");
      state.textContent = text;
      const spoken = Object.assign(root.createElement("span"), {className: "spoken", textContent: ` ${text}`});
      quiz.querySelector(".quiz-feedback")!.append(spoken);
      next!.hidden = false;
    },
    /** Hides the item. Where it still asks whether to keep, the foot of the page asks instead. */
    leave(item: HTMLElement | undefined, store: Store) {
      item?.removeAttribute("data-now");
      const unanswered = item?.querySelector("[data-asking]");
      if (!unanswered) return;
      unanswered.removeAttribute("data-asking");
      unanswered.replaceChildren();
      askToKeep(store, foot);
    },
  };
}
