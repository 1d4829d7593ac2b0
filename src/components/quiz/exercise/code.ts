import {askToKeep, showTrouble} from "../../kept/askToKeep.ts";
import {keepText} from "../../kept/keepText.ts";
import type {Store} from "../../kept/store.ts";
import {explanation, showFeedback, showProblem} from "../feedback.ts";
import {startEditor} from "./editor.ts";
import {type Json, same, shown} from "./json.ts";
import type {CodeData} from "./program.ts";
import {type Outcome, type Report, runProgram} from "./runner.ts";

/** Starts a code exercise: runs the reader's program against the cases in a frame of its own; the solution can be opened once one has run. */
export function startCode(quiz: HTMLElement, store: Store): void {
  const data = JSON.parse(quiz.querySelector(".code-data")!.textContent!) as CodeData;
  const box = quiz.querySelector<HTMLTextAreaElement>("textarea")!;
  const button = quiz.querySelector<HTMLButtonElement>(".quiz-check")!;
  let running = false;
  keepText(box, "draft", quiz.id, store, () => showTrouble(store, quiz));

  const run = async () => {
    if (running) return;
    const program = box.value;
    if (program.trim() === box.defaultValue.trim())
      return showProblem(quiz, "Write something into the function first; then it runs against the cases.");
    showProblem(quiz);
    running = true;
    button.setAttribute("aria-disabled", "true");
    showFeedback(quiz, ["Running …"]);
    const report = await runProgram(
      program,
      data.task,
      data.cases.map(({args}) => args),
    );
    running = false;
    button.removeAttribute("aria-disabled");
    const passed = data.cases.filter(({due}, i) => isRight(report.outcomes[i], due)).length;
    const all = passed === data.cases.length && report.problem === undefined;
    showFeedback(quiz, [`${passed} of ${data.cases.length} cases pass.`, ...details(quiz, data, report)], all);
    quiz.setAttribute("data-tried", "");
    store.set("draft", quiz.id, program);
    store.set("answer", quiz.id, {given: `${passed} of ${data.cases.length} cases`, right: all});
    askToKeep(store, quiz);
  };

  startEditor(box, quiz.querySelector(".code-paint")!, run);
  button.addEventListener("click", run);
}

const isRight = (outcome: Outcome | undefined, due: Json) =>
  outcome !== undefined && "value" in outcome && same(outcome.value, due);

/** The feedback below the count: why the program was ended, the mistake if it is a known one, the cases, what was printed. */
function details(quiz: HTMLElement, data: CodeData, report: Report): (string | Node)[] {
  const root = quiz.ownerDocument;
  const list = (name: string, lines: readonly string[]) => {
    const ul = root.createElement("ul");
    ul.className = name;
    for (const line of lines) {
      const li = root.createElement("li");
      li.textContent = line;
      ul.append(li);
    }
    return ul;
  };
  const slip = recognized(data, report);
  const parts: (string | Node)[] = [];
  if (report.problem !== undefined) parts.push(report.problem);
  if (slip !== undefined) parts.push(...explanation(quiz.querySelectorAll(".quiz-answer li")[slip]!));
  if (report.outcomes.length > 0) parts.push(list("code-results", results(data, report)));
  if (report.printed.length > 0) parts.push("Printed:", list("code-printed", report.printed));
  return parts;
}

/** A line for every case that was run. Of a hidden case it gives the name only. */
function results({cases}: CodeData, {outcomes}: Report): string[] {
  return outcomes.map((outcome, i) => {
    const {name, hidden, due} = cases[i]!;
    const title = hidden ? `hidden, ${name}` : name;
    if (isRight(outcome, due)) return `✓ ${title}`;
    if ("thrown" in outcome) return `✕ ${title}: ${outcome.thrown}`;
    return hidden ? `✕ ${title}` : `✕ ${title}: gave ${shown(outcome.value)}, due is ${shown(due)}`;
  });
}

/** The index of the known mistake that gives the same results as this program in every case; undefined if none does or all are right. */
function recognized({cases, mistakes}: CodeData, {outcomes}: Report): number | undefined {
  if (outcomes.length === 0 || outcomes.every((outcome, i) => isRight(outcome, cases[i]!.due))) return undefined;
  const found = mistakes.findIndex((values) =>
    outcomes.every((outcome, i) => "value" in outcome && values[i] !== null && same(outcome.value, values[i]!)),
  );
  return found < 0 ? undefined : found;
}
