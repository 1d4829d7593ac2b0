import {focusItem, resetItem} from "./reviewItem.ts";
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
    page,
    state,
    foot,
    items,
    next: next!,
    more: more!,
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
      next!.hidden = false;
    },
  };
}
