import {askToKeep} from "./asking.ts";
import {type Graded, keepGrade} from "./grade.ts";
import type {Keep} from "./keep.ts";
import {dayOf, dueIn, type Grade, gaps, gapText, type Item, sitting} from "./schedule.ts";

const SIZE = 10;

/** How a sitting goes: what is still to be asked, what was asked, and how each came out. */
interface Sitting {
  queue: string[];
  /** How many were due when it began; the first of the queue. */
  due: number;
  /** Items by the days until they come again; what was wrong first may be right later in the sitting. */
  outcome: Map<string, number>;
  now?: string;
}

/**
 * Brings the review to life: of all the items in its HTML one is shown at a time. Whether an answer to a question is right the
 * question says itself (quiz.ts); an interview question is graded by the reader (grade.ts).
 */
export function startReview(root: Document, keep: Keep): void {
  const page = root.querySelector<HTMLElement>(".review")!;
  const state = page.querySelector(".review-state")!;
  const end = page.querySelector<HTMLElement>(".review-end")!;
  const choose = page.querySelector("select")!;
  const [next, more] = page.querySelectorAll<HTMLButtonElement>(".review-moves button");
  const places = new Map(
    [...page.querySelectorAll<HTMLElement>(".review-item")].map((place) => [place.dataset.item!, place]),
  );
  const today = dayOf(new Date());
  const last = (id: string) => keep.get("review", id);
  let current: Sitting = {queue: [], due: 0, outcome: new Map()};

  const drawn = (): Item[] =>
    [...places].flatMap(([id, {dataset}]) => {
      const isOf = {
        all: true,
        cards: id.startsWith("c-"),
        read: keep.get("chapter", dataset.from!) === "finished",
      }[choose.value];
      return isOf ? [{id, chapter: dataset.from!}] : [];
    });

  const place = () => (current.now === undefined ? undefined : places.get(current.now));

  /** Shows the next item, or how the sitting went. The focus goes with it, but for the first item of a page just opened. */
  function advance(focus = true) {
    const before = place();
    before?.removeAttribute("data-now");
    // A question about keeping that was not answered goes on standing where it can be seen.
    const unanswered = before?.querySelector("[data-asking]");
    if (unanswered) {
      unanswered.removeAttribute("data-asking");
      unanswered.replaceChildren();
      askToKeep(keep, page);
    }
    current.now = current.queue.shift();
    next!.hidden = true;
    const now = place();
    const asked = current.outcome.size;
    end.hidden = more!.hidden = now !== undefined;
    if (!now) {
      end.textContent = summary(current, drawn(), choose.value === "read");
      state.textContent = "";
      if (focus) end.focus();
      return;
    }
    reset(now);
    now.setAttribute("data-now", "");
    const total = new Set([...current.outcome.keys(), current.now!, ...current.queue]).size;
    const place_ = current.outcome.has(current.now!) ? "Once more" : `${asked + 1} of ${total}`;
    state.textContent = `${place_}${last(current.now!) ? "" : " · new"}`;
    if (focus) focusOn(now);
  }

  function begin(focus: boolean) {
    place()?.removeAttribute("data-now");
    const {due, fresh} = sitting(drawn(), last, today, SIZE);
    current = {queue: [...due, ...fresh].map(({id}) => id), due: due.length, outcome: new Map()};
    advance(focus);
  }

  /** What is not known yet is asked again at the end of the sitting, and what is then known comes tomorrow. */
  function settle(id: string, grade: Grade) {
    const isRepeat = current.outcome.get(id) === 0;
    const given: Grade = isRepeat && grade === "knew" ? "partly" : grade;
    keepGrade(keep, id, given);
    current.outcome.set(id, gaps[given]);
    if (given === "again" && !current.queue.includes(id)) current.queue.push(id);
    return gaps[given];
  }

  page.addEventListener("lora-graded", (event) => {
    const {id, grade} = (event as CustomEvent<Graded>).detail;
    event.preventDefault();
    if (id !== current.now) return;
    const gap = settle(id, grade);
    askToKeep(keep, page);
    advance();
    state.textContent = `Comes again ${gapText(gap)}. ${state.textContent}`;
  });

  // The question's own listeners sit deeper and have judged by now.
  const judged = ({target}: Event) => {
    const quiz = target instanceof Element ? target.closest(".quiz") : null;
    const feedback = quiz?.querySelector(".quiz-feedback");
    if (!quiz || quiz.id !== current.now || !feedback) return;
    const isRight = feedback.hasAttribute("data-right");
    if (!isRight && !feedback.hasAttribute("data-wrong")) return;
    // Only the first try of a showing counts.
    if (next!.hidden) settle(quiz.id, isRight ? "knew" : "again");
    next!.hidden = false;
  };
  page.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".quiz-check")) judged(event);
  });
  page.addEventListener("keydown", (event) => {
    const {key, target} = event;
    if (!(target instanceof HTMLElement)) return;
    if (key === "Enter" && target.closest(".quiz fieldset")) return judged(event);
    const isBusy = event.ctrlKey || event.metaKey || event.altKey;
    if (isBusy || !/^[123]$/.test(key) || !target.closest(".interview")) return;
    // Only once there is something to compare with: then the buttons can be seen.
    const button = target.closest(".interview")!.querySelectorAll<HTMLElement>("[data-grade]")[Number(key) - 1];
    if (button?.checkVisibility()) button.click();
  });
  next!.addEventListener("click", () => advance());
  more!.addEventListener("click", () => begin(true));
  choose.addEventListener("change", () => begin(false));

  page.setAttribute("data-live", "");
  begin(false);

  /** What the sitting brought, and what is left for now. */
  function summary({outcome}: Sitting, from: readonly Item[], isRead: boolean): string {
    const count = (gap: number) => [...outcome.values()].filter((one) => one === gap).length;
    const done = outcome.size
      ? `Done: ${outcome.size} asked. ${count(gaps.knew)} come again in ${gaps.knew} days, ${count(gaps.partly)} tomorrow.`
      : isRead && !from.length
        ? "No chapter is marked as read on this device. Draw from everything, or read one to its end."
        : "Nothing is due, and nothing here is new.";
    const ahead = from.flatMap(({id}) => (last(id) ? [dueIn(last(id)!, today)] : []));
    const left = from.length - ahead.length + ahead.filter((days) => days === 0).length;
    more!.hidden = left === 0;
    const soonest = Math.min(...ahead);
    if (left > 0) return `${done} ${left} more are due or new.`;
    return ahead.length ? `${done} The next is due ${gapText(soonest)}.` : done;
  }
}

/** An item as it was before it was answered. */
function reset(item: HTMLElement) {
  for (const input of item.querySelectorAll("input")) {
    input.checked = false;
    if (input.type === "text") input.value = "";
  }
  for (const details of item.querySelectorAll("details")) details.open = false;
  for (const button of item.querySelectorAll("[aria-pressed]")) button.removeAttribute("aria-pressed");
  item.querySelector(".quiz")?.removeAttribute("data-tried");
  const feedback = item.querySelector(".quiz-feedback");
  feedback?.replaceChildren();
  for (const mark of ["data-right", "data-wrong"]) feedback?.removeAttribute(mark);
}

function focusOn(item: HTMLElement) {
  const asked = item.querySelector<HTMLElement>("legend, .interview-asked")!;
  asked.tabIndex = -1;
  asked.focus();
}
