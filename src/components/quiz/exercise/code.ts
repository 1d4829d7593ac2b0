import {askToKeep, tellTrouble} from "../../kept/askToKeep.ts";
import {keepText} from "../../kept/keepText.ts";
import type {Keep} from "../../kept/store.ts";
import {explanation, refuse, say} from "../feedback.ts";
import {startEditor} from "./editor.ts";
import {type Json, same, shown} from "./json.ts";
import type {CodeData} from "./program.ts";
import {type Outcome, type Report, runProgram} from "./runner.ts";

/** Runs what the reader wrote against the cases, in a worker; the solution opens after a program of theirs was run. */
export function startCode(quiz: HTMLElement, keep: Keep): void {
  const data = JSON.parse(quiz.querySelector(".code-data")!.textContent!) as CodeData;
  const box = quiz.querySelector<HTMLTextAreaElement>("textarea")!;
  const button = quiz.querySelector<HTMLButtonElement>(".quiz-check")!;
  let running = false;
  keepText(box, "draft", quiz.id, keep, () => tellTrouble(keep, quiz));

  const run = async () => {
    if (running) return;
    const program = box.value;
    if (program.trim() === box.defaultValue.trim())
      return refuse(quiz, "Write something into the function first; then it runs against the cases.");
    refuse(quiz);
    running = true;
    button.setAttribute("aria-disabled", "true");
    say(quiz, ["Running …"]);
    const report = await runProgram(
      program,
      data.task,
      data.cases.map(({args}) => args),
    );
    running = false;
    button.removeAttribute("aria-disabled");
    const passed = data.cases.filter(({due}, i) => isRight(report.outcomes[i], due)).length;
    const all = passed === data.cases.length && report.problem === undefined;
    say(quiz, [`${passed} of ${data.cases.length} cases pass.`, ...told(quiz, data, report)], all);
    quiz.setAttribute("data-tried", "");
    keep.set("draft", quiz.id, program);
    keep.set("answer", quiz.id, {given: `${passed} of ${data.cases.length} cases`, right: all});
    askToKeep(keep, quiz);
  };

  startEditor(box, quiz.querySelector(".code-paint")!, run);
  button.addEventListener("click", run);
}

const isRight = (outcome: Outcome | undefined, due: Json) =>
  outcome !== undefined && "value" in outcome && same(outcome.value, due);

/** What is said below the count: why it was ended, a mistake that is recognized, the cases, what was printed. */
function told(quiz: HTMLElement, data: CodeData, report: Report): (string | Node)[] {
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

/** A line for every case that was run. A hidden one says its name, not its numbers. */
function results({cases}: CodeData, {outcomes}: Report): string[] {
  return outcomes.map((outcome, i) => {
    const {name, hidden, due} = cases[i]!;
    const title = hidden ? `hidden, ${name}` : name;
    if (isRight(outcome, due)) return `✓ ${title}`;
    if ("thrown" in outcome) return `✕ ${title}: ${outcome.thrown}`;
    return hidden ? `✕ ${title}` : `✕ ${title}: gave ${shown(outcome.value)}, due is ${shown(due)}`;
  });
}

/** Which mistake of the bank gives what this program gave, in every case that was run; where it failed one. */
function recognized({cases, mistakes}: CodeData, {outcomes}: Report): number | undefined {
  if (outcomes.length === 0 || outcomes.every((outcome, i) => isRight(outcome, cases[i]!.due))) return undefined;
  const found = mistakes.findIndex((values) =>
    outcomes.every((outcome, i) => "value" in outcome && values[i] !== null && same(outcome.value, values[i]!)),
  );
  return found < 0 ? undefined : found;
}
