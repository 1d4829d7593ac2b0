/** Questions on a page: choices, numbers and predictions. Other exercises are loaded where a page has one. */
import {reloadButton, whenLate} from "../../figure/errorNote.ts";
import {askToKeep} from "../kept/askToKeep.ts";
import type {Store} from "../kept/store.ts";
import {clonedContent, explanation, showFeedback, showProblem} from "./feedback.ts";
import {typedNumber} from "./typedNumber.ts";

/** A judged answer: the text that the reader gave, and the item of the answer list that explains it, if there is one. */
interface JudgedAnswer {
  given: string;
  item?: Element;
}

/**
 * Starts the questions of a page. Everything they say is already in their HTML: an answer is looked up in the list behind
 * "Show the answer", and its explanation is copied into the feedback.
 */
export function startQuizzes(root: Document, store: Store): void {
  const exercises: HTMLElement[] = [];
  for (const quiz of root.querySelectorAll<HTMLElement>(".quiz[data-kind]")) {
    const {kind} = quiz.dataset;
    showEarlierAnswer(quiz, store);
    if (kind === "choice" || kind === "numeric" || kind === "predict") {
      quiz.setAttribute("data-live", "");
      if (kind === "predict") startPrediction(quiz, store);
      else startScored(quiz, store);
    } else exercises.push(quiz);
  }
  if (exercises.length) startExercises(exercises, store);
}

/**
 * Says above a question whether it was answered right before, if this device knows; quiz.css hides that after a new try. The answer
 * itself is not shown, because that would spoil a second try. For points and cases it is their count: readers who mark their own
 * sentences are not told "right".
 */
function showEarlierAnswer(quiz: HTMLElement, store: Store) {
  const earlier = store.isKept("answer", quiz.id) && store.get("answer", quiz.id);
  if (!earlier) return;
  const count = /^\d+ of \d+/.exec(earlier.given)?.[0];
  const {kind} = quiz.dataset;
  const outcome =
    count && kind === "written"
      ? `${count} points`
      : count && kind === "code"
        ? `${count} cases`
        : earlier.right
          ? "right"
          : "not right yet";
  quiz.querySelector(".quiz-before")!.textContent = ` · answered before: ${outcome}`;
}

/** Starts the questions of the kinds that few chapters have. If their script does not load, each says so. */
function startExercises(quizzes: readonly HTMLElement[], store: Store) {
  const showLoadError = (text: string) => {
    for (const quiz of quizzes) {
      quiz.setAttribute("data-lost", "");
      showFeedback(quiz, [text, reloadButton(quiz.ownerDocument)]);
    }
  };
  whenLate(import("./exercise/exercise.ts"), (isLate) => {
    if (isLate) return showLoadError("This exercise has not loaded yet.");
    for (const quiz of quizzes) {
      quiz.removeAttribute("data-lost");
      quiz.querySelector(".quiz-feedback")!.replaceChildren();
    }
  }).then(
    ({startExercise}) => {
      for (const quiz of quizzes) startExercise(quiz, store);
    },
    () => showLoadError("This exercise did not load."),
  );
}

/** Calls `check` when the button is pressed, or Enter in a field. */
function onCheck(quiz: HTMLElement, check: () => void) {
  quiz.querySelector(".quiz-check")!.addEventListener("click", check);
  quiz.querySelector("fieldset")!.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    check();
  });
}

/** Starts a question that is judged, as often as the reader tries. */
function startScored(quiz: HTMLElement, store: Store) {
  onCheck(quiz, () => {
    const {problem, given, item} = judge(quiz);
    showProblem(quiz, problem);
    if (problem !== undefined) return;
    const isRight = !!item?.hasAttribute("data-right");
    showFeedback(
      quiz,
      [isRight ? "Right." : "Not this one.", ...(item ? explanation(item) : ["You may try again."])],
      isRight,
    );
    quiz.setAttribute("data-tried", "");
    store.set("answer", quiz.id, {given, right: isRight});
    askToKeep(store, quiz);
    quiz.dispatchEvent(new CustomEvent("lora-answered", {bubbles: true}));
  });
}

/** Starts a prediction, which is locked once committed, and never scored. A reader who returns finds it beside what happened. */
function startPrediction(quiz: HTMLElement, store: Store) {
  const answer = quiz.querySelector<HTMLDetailsElement>(".quiz-answer")!;
  const lock = (radio: HTMLInputElement) => {
    radio.checked = true;
    quiz.querySelector("fieldset")!.disabled = true;
    quiz.querySelector<HTMLElement>(".quiz-check")!.hidden = true;
    showFeedback(quiz, ["You predicted: ", ...optionText(radio)]);
    quiz.setAttribute("data-tried", "");
    repeatPrediction(quiz, radio);
  };
  const keptText = store.get("prediction", quiz.id)?.given;
  const earlier = radios(quiz).find(({value}) => value === keptText);
  if (earlier) {
    lock(earlier);
    answer.open = true;
  }
  onCheck(quiz, () => {
    const radio = radios(quiz).find(({checked}) => checked);
    showProblem(quiz, radio ? undefined : "Choose an option first.");
    if (!radio) return;
    lock(radio);
    // The pressed button is hidden now, so the focus moves to what comes next.
    answer.querySelector("summary")!.focus();
    store.set("prediction", quiz.id, {given: radio.value});
    askToKeep(store, quiz);
  });
}

/** The text of an option. */
const optionText = (radio: HTMLInputElement) => clonedContent(radio.parentElement!.querySelector(".quiz-text")!);

/** Repeats the prediction below the heading of the section with the evidence, and says what happened. */
function repeatPrediction(quiz: HTMLElement, radio: HTMLInputElement) {
  const root = quiz.ownerDocument;
  const heading = root.getElementById(quiz.dataset.evidence ?? "");
  if (!heading) return;
  const line = root.createElement("p");
  line.className = "recalled";
  const back = root.createElement("a");
  back.href = `#${quiz.id}`;
  back.textContent = "You predicted";
  const at = [...quiz.querySelectorAll(".quiz-answer li")].findIndex((item) => item.matches("[data-right]"));
  const outcome = radios(quiz)[at]!;
  line.append(back, ": ", ...optionText(radio), ". What happened: ", ...optionText(outcome), ".");
  (heading.closest(".headed") ?? heading).after(line);
}

const radios = (quiz: Element) => [...quiz.querySelectorAll<HTMLInputElement>("input[type=radio]")];

/** Judges the answer that is given now. `problem` says why it cannot be judged. */
function judge(quiz: Element): JudgedAnswer & {problem?: string} {
  const items = [...quiz.querySelectorAll(".quiz-answer li")];
  const field = quiz.querySelector<HTMLInputElement>(".quiz-number input");
  if (!field) {
    const at = radios(quiz).findIndex(({checked}) => checked);
    return at < 0 ? {given: "", problem: "Choose an option first."} : {given: radios(quiz)[at]!.value, item: items[at]};
  }
  const given = field.value.slice(0, 100);
  const number = typedNumber(field.value, field.dataset);
  if (number.value === undefined) return {given: "", problem: number.problem};
  const {value, slack} = number;
  const expectedValue = (item: Element) => Number(item.querySelector("data")!.getAttribute("value"));
  const distance = (item: Element) => Math.abs(value - expectedValue(item));
  // A rounded number may match several items; the nearest counts.
  const matches = items.filter((item) =>
    isWithinTolerance(value, expectedValue(item), Math.max(slack, Number(field.dataset.tolerance))),
  );
  return {given, item: matches.sort((a, b) => distance(a) - distance(b))[0]};
}

/** Whether two numbers differ by at most the tolerance, plus rounding in the last bits of a float64. */
export const isWithinTolerance = (value: number, expected: number, tolerance: number): boolean =>
  Math.abs(value - expected) <= tolerance + 1e-9 * Math.abs(expected);
