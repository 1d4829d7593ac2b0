import {askToKeep} from "../kept/askToKeep.ts";
import type {Keep} from "../kept/store.ts";
import {copies, explanation, refuse, say} from "./feedback.ts";
import type {Typed} from "./typedNumber.ts";
import {isNear} from "./withinTolerance.ts";

/** What came of an answer: what the reader gave, and the item of the answer list that explains it, if one does. */
interface Judged {
  given: string;
  item?: Element;
}

/**
 * Brings the questions of a page to life. Everything they say stands in their HTML already: an answer is looked up in the list
 * behind "Show the answer", and its explanation is copied into the feedback.
 */
export function startQuizzes(root: Document, keep: Keep): void {
  for (const quiz of root.querySelectorAll<HTMLElement>(".quiz[data-kind]")) {
    const {kind} = quiz.dataset;
    if (keep.isKept("answer", quiz.id)) void import("./earlierAnswer.ts").then((it) => it.tellBefore(quiz, keep));
    if (kind === "choice" || kind === "numeric" || kind === "predict") {
      quiz.setAttribute("data-live", "");
      if (kind === "predict") prediction(quiz, keep);
      else scored(quiz, keep);
    } else void import("./exercise/exercise.ts").then((it) => it.startExercise(quiz, keep));
  }
}

/** Check, or Enter in a field, hands over what was chosen or typed. */
function onCheck(quiz: HTMLElement, check: () => void) {
  quiz.querySelector(".quiz-check")!.addEventListener("click", check);
  quiz.querySelector("fieldset")!.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    check();
  });
}

function scored(quiz: HTMLElement, keep: Keep) {
  onCheck(quiz, async () => {
    const {problem, given, item} = await judge(quiz);
    refuse(quiz, problem);
    if (problem !== undefined) return;
    const isRight = !!item?.hasAttribute("data-right");
    say(quiz, [isRight ? "Right." : "Not this one.", ...(item ? explanation(item) : ["You may try again."])], isRight);
    quiz.setAttribute("data-tried", "");
    keep.set("answer", quiz.id, {given, right: isRight});
    askToKeep(keep, quiz);
    quiz.dispatchEvent(new CustomEvent("lora-answered", {bubbles: true}));
  });
}

/** A prediction is locked once committed and never scored. Back on the page, the reader finds it beside what happened. */
function prediction(quiz: HTMLElement, keep: Keep) {
  const answer = quiz.querySelector<HTMLDetailsElement>(".quiz-answer")!;
  const lock = (radio: HTMLInputElement) => {
    radio.checked = true;
    quiz.querySelector("fieldset")!.disabled = true;
    quiz.querySelector<HTMLElement>(".quiz-check")!.hidden = true;
    say(quiz, ["You predicted: ", ...copies(radio.parentElement!.querySelector(".quiz-text")!)]);
    quiz.setAttribute("data-tried", "");
    recall(quiz, radio);
  };
  const kept = keep.get("prediction", quiz.id)?.given;
  const earlier = radios(quiz).find(({value}) => value === kept);
  if (earlier) {
    lock(earlier);
    answer.open = true;
  }
  onCheck(quiz, () => {
    const chosen = radios(quiz).find(({checked}) => checked);
    refuse(quiz, chosen ? undefined : "Choose an option first.");
    if (!chosen) return;
    lock(chosen);
    // The pressed button is gone: the focus goes to what comes next.
    answer.querySelector("summary")!.focus();
    keep.set("prediction", quiz.id, {given: chosen.value});
    askToKeep(keep, quiz);
  });
}

/** The evidence begins with what was predicted: a line under the heading of the section that the question names. */
function recall(quiz: HTMLElement, radio: HTMLInputElement) {
  const root = quiz.ownerDocument;
  const heading = root.getElementById(quiz.dataset.evidence ?? "");
  if (!heading) return;
  const line = root.createElement("p");
  line.className = "recalled";
  const back = root.createElement("a");
  back.href = `#${quiz.id}`;
  back.textContent = "You predicted";
  line.append(back, ": ", ...copies(radio.parentElement!.querySelector(".quiz-text")!), ".");
  (heading.closest(".headed") ?? heading).after(line);
}

const radios = (quiz: Element) => [...quiz.querySelectorAll<HTMLInputElement>("input[type=radio]")];

/** Digits alone are read here. What else people type is read by what comes once somebody does. */
async function read(text: string, asked: DOMStringMap): Promise<Typed> {
  if (/^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text.trim())) return {value: Number(text), slack: 0};
  try {
    return (await import("./typedNumber.ts")).typedNumber(text, asked);
  } catch {
    return {problem: "A part of this page did not arrive. Write the number in digits alone, such as 1234 or 0.25."};
  }
}

async function judge(quiz: Element): Promise<Judged & {problem?: string}> {
  const items = [...quiz.querySelectorAll(".quiz-answer li")];
  const field = quiz.querySelector<HTMLInputElement>(".quiz-number input");
  if (!field) {
    const at = radios(quiz).findIndex(({checked}) => checked);
    return at < 0 ? {given: "", problem: "Choose an option first."} : {given: radios(quiz)[at]!.value, item: items[at]};
  }
  const given = field.value.slice(0, 100);
  const typed = await read(field.value, field.dataset);
  if (typed.value === undefined) return {given: "", problem: typed.problem};
  const {value, slack} = typed;
  const due = (item: Element) => Number(item.querySelector("data")!.getAttribute("value"));
  const apart = (item: Element) => Math.abs(value - due(item));
  // A rounded number may stand for several: it is taken for the nearest.
  const near = items.filter((item) => isNear(value, due(item), Math.max(slack, Number(field.dataset.tolerance))));
  return {given, item: near.sort((a, b) => apart(a) - apart(b))[0]};
}
