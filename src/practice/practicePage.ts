/** The practice page: reads the form and the address, and draws the answer and the files. */
import {copyText} from "../figure/export/clipboard.ts";
import {save} from "../figure/export/save.ts";
import {make} from "../figure/makeElement.ts";
import {answerLines} from "./answerLines.ts";
import {type Case, caseAddress, caseOf, caseSentence, OWN_ID, type RawCase, type RefusedValue} from "./cases.ts";
import {drawFiles, drawLines, markLines} from "./drawAnswer.ts";
import {drawMemory} from "./drawMemory.ts";
import {formFieldsFrom} from "./modelConfig.ts";
import {type TrainingFile, trainingFiles} from "./trainingFiles.ts";

/** How far below the top of its file a line is shown, in pixels. */
const LINE_MARGIN = 80;

/** Writes at each field what is wrong with its value. */
function showRefusals(fields: readonly HTMLInputElement[], refused: readonly RefusedValue[]): void {
  for (const field of fields) {
    const sentences = refused.filter((one) => one.field === field.name).map((one) => one.sentence);
    const label = field.closest("label")!;
    label.querySelector(".refused")?.remove();
    if (sentences.length > 0) make(label, "span", "refused", sentences.join(" "));
    field.setAttribute("aria-invalid", String(sentences.length > 0));
  }
}

/** Starts the buttons of the files and the marks at their lines. Returns a function that draws the files of a case. */
function startFiles(root: HTMLElement, answers: HTMLElement): (run: Case) => void {
  const page = root.ownerDocument;
  let files: TrainingFile[] = [];
  let chosenName = "";
  const draw = () => drawFiles(root, files, chosenName);
  root.addEventListener("click", async ({target}) => {
    const button = (target as Element).closest("button");
    if (!button) return;
    const {show, act} = button.dataset;
    if (show) {
      chosenName = show;
      draw();
      root.querySelector<HTMLElement>(`[data-show="${show}"]`)!.focus();
      return;
    }
    const file = files.find(({name}) => name === chosenName) ?? files[0]!;
    if (act === "save") save(page, file.name, new Blob([file.text]));
    if (act === "notebook") save(page, file.name.replace(/py$/, "ipynb"), new Blob([file.notebook!]));
    if (act !== "copy") return;
    const isCopied = await copyText(file.text);
    if (!isCopied) page.getSelection()?.selectAllChildren(root.querySelector(".shown pre")!);
    button.textContent = isCopied ? "Copied" : "Selected: copy by key";
  });
  const topicOf = (event: Event) => (event.target as Element).closest<HTMLElement>(".answer")?.dataset.topic ?? "";
  answers.addEventListener("pointerover", (event) => markLines(root, topicOf(event)));
  answers.addEventListener("pointerleave", () => markLines(root, ""));
  answers.addEventListener("click", (event) => {
    const line = markLines(root, topicOf(event));
    const pre = line?.closest("pre");
    // On wide screens the file is beside the answer and scrolls by itself.
    if (line && pre && pre.scrollHeight > pre.clientHeight)
      pre.scrollTop = line.offsetTop - pre.offsetTop - LINE_MARGIN;
  });
  return (run) => {
    files = trainingFiles(run);
    draw();
  };
}

/** Reads a config.json that is chosen or dropped on the form, and says what is wrong with other files. */
function startConfig(form: HTMLFormElement, onRead: (fields: RawCase) => void): void {
  const field = form.querySelector<HTMLInputElement>("[name=config]")!;
  const status = form.querySelector(".config-says")!;
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      onRead(formFieldsFrom(await file.text()));
      status.textContent = `Sizes are from ${file.name}.`;
    } catch (error) {
      status.textContent = `${file.name} is no config.json of a language model: ${(error as Error).message}.`;
    }
  };
  field.addEventListener("change", () => read(field.files?.[0]));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    read(event.dataTransfer?.files[0]);
  });
}

/** Shows the fields that a case has, and its task, which may differ from the chosen one. */
function showFields(form: HTMLFormElement, run: Case): void {
  form.querySelector<HTMLElement>(".own-sizes")!.hidden = run.preset.id !== OWN_ID;
  form.querySelector<HTMLSelectElement>("[name=task]")!.value = run.task;
  const isText = run.task !== "images";
  for (const label of form.querySelectorAll<HTMLElement>("[data-only]"))
    label.hidden = label.dataset.only === "text" ? !isText : label.dataset.only !== run.task;
}

/** Starts the page: takes the case from the address, draws the answer when the form changes, and keeps the address up to date. */
export function startPractice(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form.case")!;
  const part = (selector: string) => page.querySelector<HTMLElement>(selector)!;
  const [lines, memory] = [part(".answers"), part(".memory")];
  const fields = () =>
    [...form.elements].filter((one) => "name" in one && one.name !== "" && one.name !== "config") as HTMLInputElement[];
  const claims = page.querySelector<HTMLTemplateElement>("#claims")!.content;
  const write = (item: Element, id: string) =>
    item.append(...claims.getElementById(`claim-${id}`)!.cloneNode(true).childNodes);
  const drawFilesOf = startFiles(part(".files"), lines);

  /** Draws the answer and writes the case in the address. Returns the values that are used. */
  function show(raw: RawCase): RawCase {
    const {run, refused} = caseOf(raw);
    showRefusals(fields(), refused);
    part(".refusals").textContent = refused.map(({sentence}) => sentence).join(" ");
    showFields(form, run);
    part(".case-said").textContent = caseSentence(run);
    drawLines(lines, answerLines(run), write);
    drawMemory(memory, run, write);
    part(".dock-answer").textContent = memory.querySelector("h2")!.textContent;
    drawFilesOf(run);
    const address = caseAddress(run);
    const {pathname, hash} = page.location;
    page.defaultView!.history.replaceState(null, "", `${pathname}${address && `?${address}`}${hash}`);
    return {...rawOf(address), task: run.task};
  }

  const formValues = (): RawCase => Object.fromEntries(fields().map(({name, value}) => [name, value]));
  const rawOf = (address: string): RawCase => Object.fromEntries(new URLSearchParams(address));
  const setFields = (values: RawCase) => {
    for (const field of fields()) field.value = values[field.name] ?? field.value;
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({target}) => {
    if ((target as HTMLInputElement).name !== "config") show(formValues());
  });
  startConfig(form, (configFields) => {
    setFields(configFields);
    show(formValues());
  });
  // The address of the case is printed with it.
  page.defaultView!.addEventListener("beforeprint", () => {
    part(".case-address").textContent = page.location.href;
  });
  if (page.location.search === "") show(formValues());
  else {
    // The fields show the values that are used, as an address may have others that were refused.
    const used = show(rawOf(page.location.search));
    form.reset();
    setFields(used);
  }
}
