import {newButton} from "../../site/newButton.ts";
import type {Kept} from "../kept/entries.ts";
import type {Store} from "../kept/store.ts";

/** The result of an answer. For points and cases it is their count: readers who mark their own sentences are not told "right". */
function outcome(kind: string | undefined, {given, right}: Kept["answer"]): string {
  const [count] = kind === "written" || kind === "code" ? (/^\d+ of \d+/.exec(given) ?? []) : [];
  if (count === undefined) return right ? "right" : "not right yet";
  return `${count} ${kind === "written" ? "points" : "cases"}`;
}

/** A function that puts an answer back into its question; undefined if it no longer fits. Sentences and programs are kept as drafts. */
function putBack(quiz: HTMLElement, given: string): (() => void) | undefined {
  const {kind} = quiz.dataset;
  const all = <E extends Element>(selector: string) => [...quiz.querySelectorAll<E>(selector)];
  if (kind === "numeric") {
    const [field] = all<HTMLInputElement>(".quiz-number input");
    return () => Object.assign(field!, {value: given});
  }
  if (kind === "choice") {
    const radio = all<HTMLInputElement>("input[type=radio]").find(({value}) => value === given);
    return radio && (() => Object.assign(radio, {checked: true}));
  }
  const items = all<HTMLElement>(".order li");
  const order = given
    .split(" ")
    .flatMap((at) => items.find(({dataset}) => Number(dataset.place) + 1 === Number(at)) ?? []);
  if (kind !== "ordering" || order.length !== items.length || new Set(order).size !== items.length) return undefined;
  return () => quiz.querySelector(".order")!.append(...order);
}

/**
 * Says above a question whether it was answered right before, if this device knows. The answer itself is not shown, because that
 * would spoil a second try. A button puts it back and checks it, except on the review page. A new try removes the line.
 */
export function showEarlierAnswer(quiz: HTMLElement, store: Store): void {
  const root = quiz.ownerDocument;
  const before = quiz.querySelector(".quiz-before")!;
  const show = () => {
    before.replaceChildren();
    const earlier = store.isKept("answer", quiz.id) ? store.get("answer", quiz.id) : undefined;
    if (!earlier || quiz.hasAttribute("data-tried")) return;
    before.append(` · answered before: ${outcome(quiz.dataset.kind, earlier)}`);
    const back = quiz.closest(".review") ? undefined : putBack(quiz, earlier.given);
    if (!back) return;
    const button = newButton(root, "See what you answered", () => {
      const check = quiz.querySelector<HTMLElement>(".quiz-check")!;
      back();
      check.click();
      // The pressed button is removed now.
      check.focus();
    });
    const again = root.createElement("span");
    again.className = "quiz-again";
    again.append(". ", button);
    before.append(again);
  };
  show();
  new MutationObserver(show).observe(quiz, {attributeFilter: ["data-tried"]});
  // When the reader goes back to this page, the answer may have been erased meanwhile.
  window.addEventListener("pageshow", ({persisted}) => persisted && show());
}
