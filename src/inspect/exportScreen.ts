/** The screen “Take home”: exports the adapter as it is, cut or merged. reportsPart.ts exports the reports on it. */
import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {comparisonFor} from "./compareScreen.ts";
import {canMerge, drawExportForm, exportOptions, keepChange, namingsOf} from "./exportForm.ts";
import {capitalUnlessName, fileSizeText, fixedPercent} from "./format.ts";
import {oneAtATime} from "./oneAtATime.ts";
import {
  aside,
  factList,
  mainButton,
  note,
  paragraph,
  pressButton,
  progressBar,
  sayIfUnavailable,
  titledSection,
  writeSentence,
} from "./parts.ts";
import type {ExportChange, ExportOptions, ExportResult, PlanView} from "./protocol.ts";
import {drawReportsPart, saveFile} from "./reportsPart.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";

export function drawExportScreen(screen: ScreenContext): void {
  const {state, panel, sentence} = screen;
  const adapter = state.adapters[state.shownSlot]!;
  if (sayIfUnavailable(screen, adapter)) return;
  if (state.exportFields.kind === "merge" && !canMerge(state)) state.exportFields.kind = "none";
  // Without the comparison nobody knows what a cut of the merge would lose.
  if (state.exportFields.kind === "merge" && !comparisonFor(screen, "Merging")) return;
  writeSentence(sentence, "Files for other programs, and the numbers of this page.");
  const columns = make(panel, "div", "inspect-columns wide-left");
  drawAdapterPart(screen, make(columns, "div"), adapter);
  drawReportsPart(screen, make(columns, "div"));
}

/** Draws the form for an export, what it would write, and the files once they are made. */
function drawAdapterPart(screen: ScreenContext, root: Element, adapter: OpenAdapter): void {
  const {state} = screen;
  const {exportErrors} = adapter.opened;
  const section = titledSection(root, "The adapter");
  if (exportErrors.PEFT !== undefined)
    aside(section, `It cannot be written as a PEFT adapter, because ${exportErrors.PEFT}.`);
  if (Object.keys(namingsOf(adapter.opened)).length === 0) {
    if (exportErrors.same !== undefined)
      aside(section, `Under its own names it cannot be written, because ${exportErrors.same}.`);
    return;
  }
  const form = drawExportForm(section, state, adapter);
  const plan = make(section, "div", "inspect-plan");
  const updatePlan = oneAtATime(() => showPlan(screen, plan, exportOptions(state, form)));
  const makeAll = async () => {
    if (!form.reportValidity()) return;
    // The error is shown now, so the sentence that promised it is removed.
    if (await makeFiles(screen, result, exportOptions(state, form))) plan.querySelector(".open")?.remove();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    makeAll();
  });
  form.addEventListener("input", ({target}) => {
    if (!form.checkValidity()) return;
    keepChange(state, form);
    const {name} = target as HTMLSelectElement;
    if (name === "kind" || name === "method") {
      // These have other fields.
      screen.draw();
      const field = screen.panel.querySelector<HTMLElement>(`select[name=${name}]`);
      if (field) field.focus();
      else screen.focusTab();
      return;
    }
    // Files that were made with other settings are removed.
    if (!result.querySelector("progress")) result.replaceChildren();
    updatePlan();
  });
  mainButton(section, "Make the files", makeAll);
  const result = make(section, "div", "inspect-taken");
  result.setAttribute("role", "status");
  updatePlan();
}

/** Writes what would be exported and what it would lose, or why it cannot be. */
async function showPlan({client, state}: ScreenContext, root: HTMLElement, options: ExportOptions): Promise<void> {
  const slot = state.shownSlot;
  const {change} = options;
  try {
    const [plan, lossShare] = await Promise.all([
      client.ask("plan", {slot, ...options}),
      client.ask("exportError", {slot, change}),
    ]);
    root.replaceChildren();
    const loss = lossSentence(change, lossShare);
    if (loss) paragraph(root, loss, lossShare === undefined ? "inspect-lost open" : "inspect-lost");
    drawPlan(root, plan);
  } catch (error) {
    root.replaceChildren();
    note(root, (error as Error).message);
  }
}

/** Draws what would be written. */
function drawPlan(root: Element, plan: PlanView): void {
  const {name, hasConfig, bytes, tensors, example, dtypes, modules, ranks, notes} = plan;
  const [minRank, maxRank] = ranks;
  factList(root, [
    ["File", name, hasConfig ? "and adapter_config.json beside it" : "alone: its readers want no config"],
    ["Size", `${fileSizeText(bytes)} (${whole(bytes)} bytes)`],
    ["Names", counted(tensors, "tensor"), `such as ${example}`],
    ["Stored as", dtypes.map(([dtype, count]) => `${dtype} (${whole(count)})`).join(", ")],
    ["Modules", whole(modules), minRank === maxRank ? `rank ${maxRank} everywhere` : `ranks ${minRank} to ${maxRank}`],
  ]);
  for (const sentence of notes) aside(root, `${capitalUnlessName(sentence)}.`);
}

/** What a change will lose, in a sentence; empty if there is nothing to say. `lossShare` is undefined where only writing can tell. */
export function lossSentence(change: ExportChange, lossShare: number | undefined): string {
  if (change.kind === "none") return "";
  const subject = change.kind === "merge" ? "the merge" : "the update";
  if (lossShare === undefined)
    return change.kind === "merge" && change.method === "factors" && change.rank === undefined
      ? ""
      : "You will see what this cut loses once it is made, before you save it.";
  if (lossShare === 0) return `Nothing of ${subject} is cut.`;
  const to = change.kind === "cut" ? change.r : change.rank;
  const split = change.kind === "cut" && change.isSplit ? "With the best split at the size of" : "Cut to";
  return `${split} rank ${to}, ${subject} changes by ${fixedPercent(lossShare, 2)} of its length.`;
}

/** Makes the files and offers them, with a progress bar meanwhile. Leaving the screen cancels. Resolves to false if it was cancelled or failed. */
async function makeFiles(screen: ScreenContext, root: HTMLElement, options: ExportOptions): Promise<boolean> {
  const {state, client} = screen;
  root.replaceChildren();
  const stop = new AbortController();
  const showProgress = progressBar(root, "Writing", () => stop.abort());
  screen.onLeave = () => stop.abort();
  try {
    const exported = await client.ask(
      "export",
      {slot: state.shownSlot, ...options},
      {progress: ({done, of}) => showProgress(`Writing, ${done} of ${of}`, done / of), signal: stop.signal},
    );
    const {kind, rank} = state.exportFields;
    showExported(root, exported, kind === "merge" ? `Cutting the merge${rank ? ` to rank ${rank}` : ""}` : "The cut");
    return true;
  } catch (error) {
    root.replaceChildren();
    note(root, stop.signal.aborted ? "Stopped; nothing was written." : (error as Error).message);
    return false;
  }
}

/** Draws a button for each file, and what they lose; `cause` is what changed the update. */
function showExported(root: HTMLElement, {files, error, rounding, notes}: ExportResult, cause: string): void {
  root.replaceChildren();
  paragraph(
    root,
    error > 0
      ? `Ready. ${cause} changed ${cause === "The cut" ? "the update" : "it"} by ${fixedPercent(error, 2)} of its length.`
      : rounding > 0
        ? `Ready. Rounding to one scale changed it by ${fixedPercent(rounding, 3)} of its length.`
        : "Ready.",
  );
  const row = make(root, "div", "inspect-buttons");
  for (const file of files)
    pressButton(row, `Save ${file.name} (${fileSizeText(file.bytes.length)})`, () => saveFile(root, file));
  for (const sentence of notes) aside(root, `${capitalUnlessName(sentence)}.`);
  root.scrollIntoView({block: "nearest"});
}
