import {reloadButton, whenLate} from "../../../figure/errorNote.ts";
import {make} from "../../../figure/makeElement.ts";
import {askToKeep, showTrouble} from "../../kept/askToKeep.ts";
import {keepText} from "../../kept/keepText.ts";
import type {Store} from "../../kept/store.ts";
import {explanation, showFeedback, showProblem} from "../feedback.ts";
import type {CodeData, ForgeData} from "./codeData.ts";
import type {ForgeVerdict} from "./forgeRun.ts";
import {isSame, type JsonValue, pythonText} from "./json.ts";
import {loadMicroPython, type MicroPython} from "./pythonLoader.ts";
import {type CaseOutcome, type ProgramReport, runProgram} from "./runner.ts";

/** Starts a code exercise: runs the reader's program against the cases in a frame of its own; the solution can be opened once one has run. */
export function startCode(quiz: HTMLElement, store: Store): void {
  const data = JSON.parse(quiz.querySelector(".code-data")!.textContent!) as CodeData;
  const box = quiz.querySelector<HTMLTextAreaElement>("textarea")!;
  const buttons = quiz.querySelectorAll<HTMLButtonElement>(".quiz-check");
  let isRunning = false;
  keepText(box, quiz.id, store, () => showTrouble(store, quiz));

  /** Has `judge` run the program, unless one is running or nothing was written yet. */
  const start = async (judge: (python: MicroPython, program: string) => Promise<void>) => {
    if (isRunning) return;
    const program = box.value;
    if (!data.whole && program.trim() === box.defaultValue.trim())
      return showProblem(quiz, "Write something into the function first; then it runs against the cases.");
    showProblem(quiz);
    isRunning = true;
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    showFeedback(quiz, ["Running …"]);
    const python = await loadOrTell(quiz, loadMicroPython(), "Python");
    if (python) await judge(python, program);
    isRunning = false;
    for (const button of buttons) button.removeAttribute("aria-disabled");
    if (!python) return;
    quiz.setAttribute("data-tried", "");
    store.set("draft", quiz.id, program);
    askToKeep(store, quiz);
  };
  const run = () => start((python, program) => runCases(quiz, data, {python, program}, store));

  startEditor(box, run);
  buttons[0]!.addEventListener("click", run);
  buttons[1]?.addEventListener("click", () => start((python, program) => runOnForge(quiz, data, {python, program})));
}

/** A reader's program, and what runs it. */
interface ReaderProgram {
  python: MicroPython;
  program: string;
}

/** Waits for something to load, and tells the reader if it is late. If it does not load, says so and gives undefined. */
async function loadOrTell<T>(quiz: HTMLElement, loading: Promise<T>, what: string): Promise<T | undefined> {
  const say = (text: string) => showFeedback(quiz, [text, reloadButton(quiz.ownerDocument)]);
  try {
    return await whenLate(loading, (isLate) => isLate && say(`${what} has not loaded yet.`));
  } catch {
    say(`${what} did not load.`);
    return undefined;
  }
}

/** Runs a program against the cases, says how many pass, and stores that as the answer. */
async function runCases(quiz: HTMLElement, data: CodeData, {python, program}: ReaderProgram, store: Store) {
  const {task, cases} = data;
  const report = await runProgram(python, {program, task, cases: cases.map(({args}) => args)});
  const passCount = cases.filter(({expected}, i) => isPassed(report.outcomes[i], expected)).length;
  const isAllRight = passCount === cases.length && report.problem === undefined;
  showFeedback(quiz, [`${passCount} of ${cases.length} cases pass.`, ...details(quiz, data, report)], isAllRight);
  store.set("answer", quiz.id, {given: `${passCount} of ${cases.length} cases`, right: isAllRight});
}

/** The script that tries a program on the word forge, and the forge, which are loaded when a reader asks. */
async function loadForge({task}: ForgeData) {
  const script = await import("./forgeRun.ts");
  await script.readyFor(task);
  return script;
}

/** Tries a program on the word forge. */
async function runOnForge(quiz: HTMLElement, data: CodeData, {python, program}: ReaderProgram) {
  const forge = data.forge!;
  const script = await loadOrTell(quiz, loadForge(forge), "The forge");
  if (!script) return;
  const {isRight, lead, lines, todo, mistake, printed} = await script.tryOnForge(python, program, data.task, forge);
  const parts: (string | Node)[] = [lead];
  if (mistake !== undefined) parts.push(...mistakeText(quiz, mistake));
  if (todo !== undefined) parts.push(todo);
  if (lines.length > 0) parts.push(wordLists(quiz, lines));
  if (printed.length > 0) parts.push("Printed:", list(quiz, "code-printed", printed));
  showFeedback(quiz, parts, isRight);
}

/** Whether a case was run and has the expected result. */
const isPassed = (outcome: CaseOutcome | undefined, expected: JsonValue) =>
  outcome !== undefined && "value" in outcome && isSame(outcome.value, expected);

/** A list of lines with a class. */
function list(quiz: HTMLElement, name: string, lines: readonly string[]): HTMLElement {
  const ul = Object.assign(quiz.ownerDocument.createElement("ul"), {className: name});
  for (const line of lines) make(ul, "li", "", line);
  return ul;
}

/** The words of each forge, below a line that says whose they are. */
function wordLists(quiz: HTMLElement, lines: ForgeVerdict["lines"]): HTMLElement {
  const ul = list(quiz, "code-cases", []);
  for (const {name, words} of lines) {
    const li = make(ul, "li");
    make(li, "span", "code-case", name);
    make(li, "code", "", words);
  }
  return ul;
}

/** What the answer says of a known mistake, by its index. */
const mistakeText = (quiz: HTMLElement, at: number): Node[] =>
  explanation(quiz.querySelectorAll(".quiz-answer li")[at]!);

/** The feedback below the count: why the program was ended, the mistake if it is a known one, the cases, what was printed. */
function details(quiz: HTMLElement, data: CodeData, report: ProgramReport): (string | Node)[] {
  const mistake = knownMistake(data, report);
  const parts: (string | Node)[] = [];
  if (report.problem !== undefined) parts.push(report.problem);
  if (mistake !== undefined) parts.push(...mistakeText(quiz, mistake));
  if (report.outcomes.length > 0) parts.push(list(quiz, "code-results", results(data, report)));
  if (report.printed.length > 0) parts.push("Printed:", list(quiz, "code-printed", report.printed));
  return parts;
}

/** A line for every case that was run. Of a hidden case it gives the name only. */
function results({cases}: CodeData, {outcomes}: ProgramReport): string[] {
  return outcomes.map((outcome, i) => {
    const {name, hidden, expected} = cases[i]!;
    const title = hidden ? `hidden, ${name}` : name;
    if (isPassed(outcome, expected)) return `✓ ${title}`;
    if ("thrown" in outcome) return `✕ ${title}: ${outcome.thrown}`;
    return hidden ? `✕ ${title}` : `✕ ${title}: gave ${pythonText(outcome.value)}, due is ${pythonText(expected)}`;
  });
}

/** The index of the known mistake that gives the same results as this program in every case; undefined if none does or all are right. */
function knownMistake({cases, mistakes}: CodeData, {outcomes}: ProgramReport): number | undefined {
  if (outcomes.length === 0 || outcomes.every((outcome, i) => isPassed(outcome, cases[i]!.expected))) return undefined;
  const index = mistakes.findIndex((values) =>
    outcomes.every((outcome, i) => "value" in outcome && values[i] !== null && isSame(outcome.value, values[i]!)),
  );
  return index < 0 ? undefined : index;
}

const INDENT = "    ";

/**
 * Makes a text box an editor for programs: Tab indents until Escape is pressed, a new line is indented as the one before, or one
 * step more after a colon, and Control + Enter runs.
 */
function startEditor(box: HTMLTextAreaElement, run: () => void): void {
  /** Whether Tab leaves the box, as it does after Escape. */
  let isLeaving = false;
  box.addEventListener("blur", () => {
    isLeaving = false;
  });
  const insert = (text: string) => {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", {bubbles: true}));
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") isLeaving = true;
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const line = box.value.slice(0, box.selectionStart).split("\n").at(-1)!;
      insert(`\n${/^ */.exec(line)![0]}${/:\s*(#.*)?$/.test(line) ? INDENT : ""}`);
    } else if (event.key === "Tab" && !isLeaving && !event.shiftKey && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      insert(INDENT);
    } else if (!["Shift", "Tab"].includes(event.key)) isLeaving = false;
  });
}
