import type {Kept} from "../kept/entries.ts";
import type {Keep} from "../kept/store.ts";

/** How it came out. Of points and cases the count was kept; a reader who marked their own sentences was not marked right. */
function outcome(kind: string | undefined, {given, right}: Kept["answer"]): string {
  const [count] = kind === "written" || kind === "code" ? (/^\d+ of \d+/.exec(given) ?? []) : [];
  if (count === undefined) return right ? "right" : "not right yet";
  return `${count} ${kind === "written" ? "points" : "cases"}`;
}

/** What puts an answer back into its question, where that still has a place for it; sentences and programs are drafts. */
function putBack(quiz: HTMLElement, given: string): (() => void) | undefined {
  const {kind} = quiz.dataset;
  const all = <E extends Element>(selector: string) => [...quiz.querySelectorAll<E>(selector)];
  if (kind === "numeric") {
    const [field] = all<HTMLInputElement>(".quiz-number input");
    return () => Object.assign(field!, {value: given});
  }
  if (kind === "choice") {
    const chosen = all<HTMLInputElement>("input[type=radio]").find(({value}) => value === given);
    return chosen && (() => Object.assign(chosen, {checked: true}));
  }
  const items = all<HTMLElement>(".order li");
  const order = given
    .split(" ")
    .flatMap((at) => items.find(({dataset}) => Number(dataset.place) + 1 === Number(at)) ?? []);
  if (kind !== "ordering" || order.length !== items.length || new Set(order).size !== items.length) return undefined;
  return () => quiz.querySelector(".order")!.append(...order);
}

/**
 * The line above a question says how it was answered, as this device has it. What was answered is not told there: it would give
 * the answer away to who tries again. A button puts it back and has it judged; in the review there is none. A new try takes the
 * line away.
 */
export function tellBefore(quiz: HTMLElement, keep: Keep): void {
  const root = quiz.ownerDocument;
  const before = quiz.querySelector(".quiz-before")!;
  const tell = () => {
    before.replaceChildren();
    const kept = keep.isKept("answer", quiz.id) ? keep.get("answer", quiz.id) : undefined;
    if (!kept || quiz.hasAttribute("data-tried")) return;
    before.append(` · answered before: ${outcome(quiz.dataset.kind, kept)}`);
    const back = quiz.closest(".review") ? undefined : putBack(quiz, kept.given);
    if (!back) return;
    const button = root.createElement("button");
    button.type = "button";
    button.textContent = "see what you answered";
    button.onclick = () => {
      const check = quiz.querySelector<HTMLElement>(".quiz-check")!;
      back();
      check.click();
      // The pressed button is gone.
      check.focus();
    };
    const again = root.createElement("span");
    again.className = "quiz-again";
    again.append(". Try it again or ", button);
    before.append(again);
  };
  tell();
  new MutationObserver(tell).observe(quiz, {attributeFilter: ["data-tried"]});
  // A page that comes back as it was left: what was kept may have been erased since.
  window.addEventListener("pageshow", ({persisted}) => persisted && tell());
}
