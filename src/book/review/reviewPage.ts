/** The review page: one question at a time, then the result of the sitting. */
import {askToKeep} from "../kept/askToKeep.ts";
import type {Store} from "../kept/store.ts";
import {storeGrade} from "./grade.ts";
import {dayOf, type Grade, gaps, gapText} from "./schedule.ts";
import {type Item, newSitting, placeText, recordGrade, type Sitting, sittingResultText} from "./sitting.ts";

/** How many items a sitting has. */
const SITTING_SIZE = 10;
/** Said when only chapters that are read are drawn from, and none is. */
const NONE_READ = "No chapter is marked as read on this device. Draw from everything, or read one to its end.";

/** Which items a choice of the page's menu draws from. */
const sources: Readonly<Record<string, (item: Item, store: Store) => boolean>> = {
  all: () => true,
  cards: ({id}) => id.startsWith("c-"),
  read: ({chapter}, store) => store.get("chapter", chapter) === "finished",
};

/**
 * Starts the review page, which shows one of the items in its HTML at a time. A question judges its answer itself (quiz.ts);
 * an interview question is graded by the reader (grade.ts).
 */
export function startReview(root: Document, store: Store): void {
  const today = dayOf(new Date());
  const view = reviewView(root);
  const lastGrade = (id: string) => store.get("review", id);
  let sitting: Sitting = {day: today, queue: [], outcome: new Map()};
  const currentItem = () => view.elementOf(sitting.currentId);
  const sourceItems = () => view.items.filter((item) => sources[view.menu.value]!(item, store));

  /** Begins a new sitting. */
  function begin(focus: boolean) {
    leaveItem(currentItem(), view.foot, store);
    sitting = newSitting(sourceItems(), lastGrade, today, SITTING_SIZE);
    advance(focus);
  }

  /** Shows the next item, or the result of the sitting. `focus` is false when the page has just been opened. */
  function advance(focus = true) {
    leaveItem(currentItem(), view.foot, store);
    sitting.currentId = sitting.queue.shift();
    const item = currentItem();
    if (item) return view.showItem(item, placeText(sitting, lastGrade), focus);
    const items = sourceItems();
    const {text, left} = sittingResultText(sitting, items, lastGrade);
    view.showEnd(view.menu.value === "read" && !items.length ? NONE_READ : text, left > 0, focus);
  }

  /** Stores the grade and says when the item comes again. */
  function grade(id: string, given: Grade): string {
    const countedGrade = recordGrade(sitting, id, given);
    storeGrade(store, id, countedGrade);
    askToKeep(store, view.foot);
    return `Comes again ${gapText(gaps[countedGrade])}.`;
  }

  view.page.addEventListener("lora-graded", (event) => {
    const {id} = event.target as Element;
    if (id !== sitting.currentId) return;
    const again = grade(id, (event as CustomEvent<Grade>).detail);
    advance();
    if (sitting.currentId !== undefined) view.state.textContent = `${again} ${view.state.textContent}`;
  });
  view.page.addEventListener("lora-answered", ({target}) => {
    const quiz = target as Element;
    // Only the first try counts: after it, the button Next is there.
    if (quiz.id !== sitting.currentId || !view.nextButton.hidden) return;
    const isRight = quiz.querySelector(".quiz-feedback")!.hasAttribute("data-right");
    view.showVerdict(quiz, grade(quiz.id, isRight ? "knew" : "again"));
  });
  view.nextButton.addEventListener("click", () => advance());
  view.moreButton.addEventListener("click", () => begin(true));
  view.menu.addEventListener("change", () => begin(false));
  startGradeKeys(view.page);

  view.page.setAttribute("data-live", "");
  begin(false);
}

/** The elements of the review page, and what it can show. */
function reviewView(root: Document) {
  const page = root.querySelector<HTMLElement>(".review")!;
  const state = page.querySelector(".review-state")!;
  const foot = page.querySelector(".review-foot")!;
  const end = foot.querySelector<HTMLElement>(".review-end")!;
  const [nextButton, moreButton] = foot.querySelectorAll<HTMLButtonElement>(".review-moves button");
  const elements = new Map(
    [...page.querySelectorAll<HTMLElement>(".review-item")].map((element) => [element.dataset.item!, element]),
  );
  const items: Item[] = [...elements].map(([id, {dataset}]) => ({id, chapter: dataset.from!}));

  function show(text: string, item?: HTMLElement, hasMore = false) {
    state.removeAttribute("aria-live");
    state.textContent = text;
    nextButton!.hidden = true;
    end.hidden = item !== undefined;
    moreButton!.hidden = !hasMore;
  }
  return {
    page,
    state,
    foot,
    items,
    nextButton: nextButton!,
    moreButton: moreButton!,
    menu: page.querySelector("select")!,
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
    /** Adds to the verdict on an answer when it comes again. The feedback speaks it; the state line only shows it. */
    showVerdict(quiz: Element, text: string) {
      state.setAttribute("aria-live", "off");
      state.textContent = text;
      const spoken = Object.assign(root.createElement("span"), {className: "spoken", textContent: ` ${text}`});
      quiz.querySelector(".quiz-feedback")!.append(spoken);
      nextButton!.hidden = false;
    },
  };
}

/** Removes every trace of an earlier answer. */
function resetItem(item: HTMLElement) {
  for (const input of item.querySelectorAll("input")) {
    input.checked = false;
    if (input.type === "text") input.value = "";
  }
  for (const details of item.querySelectorAll("details")) details.open = false;
  for (const button of item.querySelectorAll("[aria-pressed]")) button.removeAttribute("aria-pressed");
  item.querySelector(".interview-said")?.replaceChildren();
  item.querySelector(".quiz")?.removeAttribute("data-tried");
  for (const name of ["aria-describedby", "aria-invalid"])
    for (const field of item.querySelectorAll(`[${name}]`)) field.removeAttribute(name);
  const feedback = item.querySelector(".quiz-feedback");
  feedback?.replaceChildren();
  for (const mark of ["data-right", "data-wrong"]) feedback?.removeAttribute(mark);
}

/** Moves the focus to the item's question. */
function focusItem(item: HTMLElement) {
  const question = item.querySelector<HTMLElement>("legend, .interview-asked")!;
  question.tabIndex = -1;
  question.focus();
}

/** Lets the keys 1, 2 and 3 press the grade buttons of a card once these are visible. Before, no answer is shown to grade by. */
function startGradeKeys(page: HTMLElement) {
  page.addEventListener("keydown", ({key, target, ctrlKey, metaKey, altKey}) => {
    const card = target instanceof Element && target.closest(".interview");
    if (!card || ctrlKey || metaKey || altKey || !/^[123]$/.test(key)) return;
    const button = card.querySelectorAll<HTMLElement>("[data-grade]")[Number(key) - 1]!;
    if (button.checkVisibility()) button.click();
  });
}

/** Hides the item. If it still asks whether to keep the answer, `foot` asks instead. */
function leaveItem(item: HTMLElement | undefined, foot: Element, store: Store) {
  item?.removeAttribute("data-now");
  const askingRegion = item?.querySelector("[data-asking]");
  if (!askingRegion) return;
  askingRegion.removeAttribute("data-asking");
  askingRegion.replaceChildren();
  askToKeep(store, foot);
}
