import {askToKeep} from "../kept/askToKeep.ts";
import type {Keep} from "../kept/store.ts";
import {type Graded, keepGrade} from "./grade.ts";
import {dayOf, type Grade, gaps, gapText, type Item, type Sitting, sitting, sittingText} from "./schedule.ts";

const SIZE = 10;

/**
 * Brings the review to life: of all the items in its HTML one is shown at a time. Whether an answer to a question is right the
 * question says itself (quiz.ts); an interview question is graded by the reader (grade.ts). A page may stay open over the night:
 * what is due then is another sitting. `today` counts as schedule.ts does.
 */
export function startReview(root: Document, keep: Keep, today = () => dayOf(new Date())): void {
  const page = root.querySelector<HTMLElement>(".review")!;
  const state = page.querySelector(".review-state")!;
  const foot = page.querySelector(".review-foot")!;
  const end = foot.querySelector<HTMLElement>(".review-end")!;
  const choose = page.querySelector("select")!;
  const [next, more] = foot.querySelectorAll<HTMLButtonElement>(".review-moves button");
  const places = new Map(
    [...page.querySelectorAll<HTMLElement>(".review-item")].map((place) => [place.dataset.item!, place]),
  );
  const last = (id: string) => keep.get("review", id);
  let current: Sitting = {queue: [], outcome: new Map()};
  /** The day of which the sitting is. */
  let day = today();

  const takes: Readonly<Record<string, (item: Item) => boolean>> = {
    all: () => true,
    cards: ({id}) => id.startsWith("c-"),
    read: ({chapter}) => keep.get("chapter", chapter) === "finished",
  };
  const drawn = (): Item[] =>
    [...places].map(([id, {dataset}]) => ({id, chapter: dataset.from!})).filter(takes[choose.value]!);
  const place = () => (current.now === undefined ? undefined : places.get(current.now));

  function begin(focus: boolean) {
    day = today();
    const {due, fresh} = sitting(drawn(), last, day, SIZE);
    leave();
    current = {queue: [...due, ...fresh].map(({id}) => id), outcome: new Map()};
    advance(focus);
  }

  function leave() {
    const before = place();
    before?.removeAttribute("data-now");
    // A question about keeping that was not answered goes on standing where it can be seen.
    const unanswered = before?.querySelector("[data-asking]");
    if (!unanswered) return;
    unanswered.removeAttribute("data-asking");
    unanswered.replaceChildren();
    askToKeep(keep, foot);
  }

  /** Shows the next item, or how the sitting went. The focus goes along, but not when the page has just been opened. */
  function advance(focus = true) {
    if (day !== today()) return begin(focus);
    leave();
    current.now = current.queue.shift();
    const now = place();
    state.removeAttribute("aria-live");
    next!.hidden = true;
    end.hidden = now !== undefined;
    more!.hidden = true;
    if (!now) return finish(focus);
    reset(now);
    now.setAttribute("data-now", "");
    state.textContent = whereabouts(current.now!);
    if (focus) focusOn(now);
  }

  /** "3 of 10 · due" */
  function whereabouts(id: string): string {
    const {outcome, queue} = current;
    if (outcome.has(id)) return "Once more";
    const total = new Set([...outcome.keys(), id, ...queue]).size;
    return `${outcome.size + 1} of ${total} · ${last(id) ? "due" : "new"}`;
  }

  function finish(focus: boolean) {
    const {text, left} = sittingText(current, drawn(), last, day);
    const isNoneRead = choose.value === "read" && !drawn().length;
    end.textContent = isNoneRead
      ? "No chapter is marked as read on this device. Draw from everything, or read one to its end."
      : text;
    more!.hidden = left === 0;
    state.textContent = "";
    if (focus) end.focus();
  }

  /** What is not known comes again at the end of the sitting, once; what is known then comes tomorrow. Returns the days. */
  function settle(id: string, grade: Grade): number {
    const isRepeat = current.outcome.has(id);
    const given: Grade = isRepeat ? "partly" : grade;
    keepGrade(keep, id, given, today());
    current.outcome.set(id, gaps[given]);
    if (given === "again" && !isRepeat) current.queue.push(id);
    askToKeep(keep, foot);
    return gaps[given];
  }

  page.addEventListener("lora-graded", (event) => {
    const {id, grade} = (event as CustomEvent<Graded>).detail;
    event.preventDefault();
    if (id !== current.now) return;
    const gap = settle(id, grade);
    advance();
    if (current.now !== undefined) state.textContent = `Comes again ${gapText(gap)}. ${state.textContent}`;
  });

  /** A question has judged. Only the first try of a showing counts. */
  page.addEventListener("lora-answered", ({target}) => {
    const quiz = target as Element;
    if (quiz.id !== current.now || !next!.hidden) return;
    const feedback = quiz.querySelector(".quiz-feedback")!;
    const isRight = feedback.hasAttribute("data-right");
    const text = `Comes again ${gapText(settle(quiz.id, isRight ? "knew" : "again"))}.`;
    // Seen here, heard with the verdict: one message.
    state.setAttribute("aria-live", "off");
    state.textContent = text;
    const heard = root.createElement("span");
    heard.className = "spoken";
    heard.textContent = ` ${text}`;
    feedback.append(heard);
    next!.hidden = false;
  });
  page.addEventListener("keydown", ({key, target, ctrlKey, metaKey, altKey}) => {
    if (!(target instanceof Element)) return;
    const card = target.closest(".interview");
    if (!card || ctrlKey || metaKey || altKey || !/^[123]$/.test(key)) return;
    // Only once there is something to compare with: then the buttons can be seen.
    const button = card.querySelectorAll<HTMLElement>("[data-grade]")[Number(key) - 1]!;
    if (button.checkVisibility()) button.click();
  });
  next!.addEventListener("click", () => advance());
  more!.addEventListener("click", () => begin(true));
  choose.addEventListener("change", () => begin(false));

  /** What a reader has begun to answer stays; the next one is of the new day. */
  function wake() {
    if (root.hidden || day === today()) return;
    if (!place() || !isBegun(place()!)) begin(false);
  }
  root.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", wake);

  page.setAttribute("data-live", "");
  begin(false);
}

/** Whether something is chosen, typed or opened. */
const isBegun = (item: HTMLElement): boolean =>
  item.querySelector("details[open], [data-tried], input:checked") !== null ||
  [...item.querySelectorAll<HTMLInputElement>("input[type=text]")].some(({value}) => value !== "");

/** An item as it was before it was answered. */
function reset(item: HTMLElement) {
  for (const input of item.querySelectorAll("input")) {
    input.checked = false;
    if (input.type === "text") input.value = "";
  }
  for (const details of item.querySelectorAll("details")) details.open = false;
  for (const button of item.querySelectorAll("[aria-pressed]")) button.removeAttribute("aria-pressed");
  item.querySelector(".quiz")?.removeAttribute("data-tried");
  for (const field of item.querySelectorAll("[aria-describedby]")) field.removeAttribute("aria-describedby");
  for (const field of item.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  const feedback = item.querySelector(".quiz-feedback");
  feedback?.replaceChildren();
  for (const mark of ["data-right", "data-wrong"]) feedback?.removeAttribute(mark);
}

function focusOn(item: HTMLElement) {
  const asked = item.querySelector<HTMLElement>("legend, .interview-asked")!;
  asked.tabIndex = -1;
  asked.focus();
}
