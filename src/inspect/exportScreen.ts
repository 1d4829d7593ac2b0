/** The screen “Take home”: exports the adapter as it is, cut or merged. reportsPart.ts exports the reports on it. */
import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {comparisonFor} from "./compareScreen.ts";
import {capitalUnlessName, fileSizeText, fixedPercent} from "./format.ts";
import {noteBases} from "./mergeScreen.ts";
import {newestOnly} from "./newestOnly.ts";
import {
  aside,
  factList,
  isUnavailable,
  mainButton,
  note,
  numberField,
  paragraph,
  pressButton,
  progressBar,
  selectField,
  titledSection,
  writeSentence,
} from "./parts.ts";
import type {ExportChange, Exported, ExportOptions, Opened, PlanView} from "./protocol.ts";
import {reportsPart, saveFile} from "./reportsPart.ts";
import type {InspectState, OpenAdapter, ScreenContext} from "./state.ts";

/** The ways to merge. */
const METHODS = {
  sum: "the sum of the updates, exact",
  factors: "PEFT’s “linear”: adds A to A and B to B, another update",
  ties: "TIES: the largest entries that agree in sign",
  dare: "DARE: entries at random, stretched",
} as const;

/** Draws the screen. */
export function exportScreen(screen: ScreenContext): void {
  const {state, panel, sentence} = screen;
  const adapter = state.adapters[state.shown]!;
  if (isUnavailable(screen, adapter)) return;
  if (state.take.kind === "merge" && !canMerge(state)) state.take.kind = "none";
  // Without the comparison nobody knows what a cut of the merge would lose.
  if (state.take.kind === "merge" && !comparisonFor(screen, "Merging")) return;
  writeSentence(sentence, "Files for other programs, and the numbers of this page.");
  const columns = make(panel, "div", "inspect-columns wide-left");
  adapterPart(screen, make(columns, "div"), adapter);
  reportsPart(screen, make(columns, "div"));
}

/** Whether both adapters are measured and, as far as is known, can be merged. */
const canMerge = ({adapters, shown, compared}: InspectState) =>
  shown === 0 && adapters[1]?.verdict !== undefined && adapters[1].modules.size > 0 && typeof compared !== "string";

/** The naming schemes in which it can be written. */
const namingsOf = ({exportErrors, facts}: Opened): (readonly ["PEFT" | "same", string])[] => [
  ...(exportErrors.PEFT === undefined ? [["PEFT", "PEFT files"] as const] : []),
  ...(exportErrors.same === undefined && facts.families.join() !== "PEFT"
    ? [["same", `its own names (${facts.families.join(" and ")})`] as const]
    : []),
];

/** The form for an export, with what it would write. */
function adapterPart(screen: ScreenContext, root: Element, adapter: OpenAdapter): void {
  const {facts, exportErrors} = adapter.opened;
  const section = titledSection(root, "The adapter");
  if (exportErrors.PEFT !== undefined)
    aside(section, `It cannot be written as a PEFT adapter, because ${exportErrors.PEFT}.`);
  const namings = namingsOf(adapter.opened);
  if (namings.length === 0) {
    if (exportErrors.same !== undefined)
      aside(section, `Under its own names it cannot be written, because ${exportErrors.same}.`);
    return;
  }
  const form = make(section, "form", "inspect-form");
  const how: WritingOptions = {as: namings[0]![0], oneRank: true};
  const plan = make(section, "div", "inspect-plan");
  const result = make(section, "div", "inspect-taken");
  result.setAttribute("role", "status");
  const updatePlan = newestOnly(() => showPlan(screen, plan, how));
  const update = () => {
    // Files that were made with other settings are removed.
    if (!result.querySelector("progress")) result.replaceChildren();
    updatePlan();
  };
  changeFields(screen, form, adapter, update);
  if (namings.length > 1)
    selectField(form, "As", namings, how.as, (as) => {
      how.as = as;
      update();
    });
  else aside(form, `It is written as ${namings[0]![1]}.`);
  readerFields(form, adapter.opened, how, update);
  selectField(
    form,
    "Number format",
    [["keep", `as they are (${facts.dtypes[0]?.[0] ?? ""})`], ...DTYPES],
    "keep",
    (value) => {
      delete how.dtype;
      if (value !== "keep") how.dtype = value;
      update();
    },
  );
  if (adapter.verdict!.withoutAlpha > 0)
    note(form, "The file has no alpha. It is written with scale 1; you can set another under What it is.");
  const makeAll = async () => {
    if (!form.reportValidity()) return;
    // The error is shown now, so the sentence that promised it is removed.
    if (await makeFiles(screen, result, how)) plan.querySelector(".open")?.remove();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    makeAll();
  });
  mainButton(section, "Make the files", makeAll);
  section.append(result);
  update();
}

/** Fields for PEFT files: one rank and scale for every program, or as they are; and whether to leave out other tensors. */
function readerFields(
  form: Element,
  {exportErrors, facts, otherNames}: Opened,
  how: WritingOptions,
  update: () => void,
): void {
  if (exportErrors.PEFT !== undefined) return;
  const options = [
    ["all", "every reader: one rank, one scale"],
    ["own", "PEFT: ranks and scales as they are"],
  ] as const;
  selectField(form, "For", options, "all", (value) => {
    how.oneRank = value === "all";
    update();
  });
  const count = facts.tensors - facts.used;
  if (count === 0 || otherNames.length === 0) return;
  const label = make(form, "label", "inspect-tick");
  const checkbox = make(label, "input");
  checkbox.type = "checkbox";
  label.append(
    ` Leave out ${counted(count, "tensor")} of no pair (${otherNames[0]}${count > 1 ? " first" : ""}), which vLLM and llama.cpp refuse`,
  );
  checkbox.addEventListener("change", () => {
    how.pairsOnly = checkbox.checked;
    update();
  });
}

/** How the files are written. */
type WritingOptions = Omit<ExportOptions, "change">;

const DTYPES = [
  ["F32", "F32"],
  ["F16", "F16"],
  ["BF16", "BF16"],
] as const;

/** Writes what would be exported and what it would lose, or why it cannot be. */
async function showPlan(screen: ScreenContext, root: HTMLElement, how: WritingOptions): Promise<void> {
  const {client, state} = screen;
  const request = {slot: state.shown, change: chosenChange(screen)};
  try {
    const [plan, lost] = await Promise.all([
      client.ask("plan", {...request, ...how}),
      client.ask("exportError", request),
    ]);
    root.replaceChildren();
    const loss = lossSentence(request.change, lost);
    if (loss) paragraph(root, loss, lost === undefined ? "inspect-lost open" : "inspect-lost");
    drawPlan(root, plan);
  } catch (error) {
    root.replaceChildren();
    note(root, (error as Error).message);
  }
}

/** What would be written. */
function drawPlan(
  root: Element,
  {name, hasConfig, bytes, tensors, example, dtypes, modules, ranks, ...rest}: PlanView,
) {
  const [least, most] = ranks;
  factList(root, [
    ["File", name, hasConfig ? "and adapter_config.json beside it" : "alone: its readers want no config"],
    ["Size", `${fileSizeText(bytes)} (${whole(bytes)} bytes)`],
    ["Names", counted(tensors, "tensor"), `such as ${example}`],
    ["Stored as", dtypes.map(([dtype, count]) => `${dtype} (${whole(count)})`).join(", ")],
    ["Modules", whole(modules), least === most ? `rank ${most} everywhere` : `ranks ${least} to ${most}`],
    ...(rest.changes ? [["Config", rest.changes] as [string, string]] : []),
  ]);
  for (const sentence of rest.notes) aside(root, `${capitalUnlessName(sentence)}.`);
}

/** What a change will lose, in a sentence; empty if there is nothing to say. */
export function lossSentence(change: ExportChange, lost: number | undefined): string {
  if (change.kind === "none") return "";
  const where = change.kind === "merge" ? "the merge" : "the update";
  if (lost === undefined)
    return change.kind === "merge" && change.method === "factors" && change.rank === undefined
      ? ""
      : "You will see what this cut loses once it is made, before you save it.";
  if (lost === 0) return `Nothing of ${where} is cut.`;
  const to = change.kind === "cut" ? change.r : change.rank;
  const split = change.kind === "cut" && change.isSplit ? "With the best split at the size of" : "Cut to";
  return `${split} rank ${to}, ${where} changes by ${fixedPercent(lost, 2)} of its length.`;
}

/** The field for what is exported, and the fields of a cut or a merge. */
function changeFields(screen: ScreenContext, form: Element, adapter: OpenAdapter, update: () => void): void {
  const {state} = screen;
  const {take} = state;
  const largest = largestRank(adapter);
  state.cut.r ||= Math.max(1, Math.floor(largest / 2));
  const kinds: [ExportChange["kind"], string][] = [
    ["none", "as it is"],
    ...(largest > 1 ? [["cut", "cut to a lower rank"] as [ExportChange["kind"], string]] : []),
    ...(canMerge(state) ? [["merge", "merged with the second adapter"] as [ExportChange["kind"], string]] : []),
  ];
  selectField(form, "What", kinds, take.kind, (kind) => {
    take.kind = kind;
    screen.draw();
    const first = screen.panel.querySelector<HTMLElement>("select");
    if (first) first.focus();
    else screen.focusTab();
  });
  if (take.kind === "cut") cutFields(state, form, largest, update);
  if (take.kind === "merge") mergeFields(screen, form, largest, update);
}

const largestRank = ({modules}: OpenAdapter) => [...modules.values()].reduce((most, {r}) => Math.max(most, r), 1);

function cutFields({cut}: InspectState, form: Element, largest: number, update: () => void): void {
  numberField(form, "Rank", {value: cut.r, min: 1, max: largest}, (r) => {
    cut.r = r;
    update();
  });
  const ways = [
    ["even", "the same everywhere"],
    ["split", "best split of those bytes"],
  ] as const;
  selectField(form, "Ranks", ways, cut.isSplit ? "split" : "even", (value) => {
    cut.isSplit = value === "split";
    update();
  });
}

function mergeFields(screen: ScreenContext, form: Element, largest: number, update: () => void): void {
  const {take, weights, adapters} = screen.state;
  aside(form, `Weights ${weights.join(" and ")}, as Merge has them.`);
  noteBases(form, screen.state);
  selectField(form, "By", Object.entries(METHODS) as [keyof typeof METHODS, string][], take.method, (method) => {
    take.method = method;
    screen.draw();
    screen.panel.querySelectorAll<HTMLElement>("select")[1]?.focus();
  });
  const second = largestRank(adapters[1]!);
  const whole = take.method === "sum" ? largest + second : Math.max(largest, second);
  numberField(form, "Rank at most", {value: Math.min(take.rank ?? whole, whole), min: 1, max: whole}, (r) => {
    take.rank = r === whole && take.method === "sum" ? undefined : r;
    update();
  });
  if (take.method !== "ties" && take.method !== "dare") return;
  numberField(form, "Share of entries kept", {value: take.density, min: 0.05, max: 1, step: 0.01}, (share) => {
    take.density = share;
    update();
  });
  aside(
    form,
    "These look at single entries of ΔW, so each module is formed, merged and cut again: about a second for a module of 4,096 × 4,096.",
  );
}

/** The change that the form asks for. */
function chosenChange({state}: ScreenContext): ExportChange {
  const {take, cut, weights} = state;
  if (take.kind === "cut") return {kind: "cut", ...cut};
  if (take.kind === "none") return {kind: "none"};
  return {
    kind: "merge",
    weights,
    method: take.method,
    density: take.density,
    ...(take.rank !== undefined && {rank: take.rank}),
  };
}

/** Makes the files and offers them, with a progress bar meanwhile. Resolves to false if that was cancelled or failed. */
async function makeFiles(screen: ScreenContext, root: HTMLElement, how: WritingOptions): Promise<boolean> {
  const {state, client} = screen;
  root.replaceChildren();
  const stop = new AbortController();
  const showProgress = progressBar(root, "Writing", () => stop.abort());
  screen.onLeave = () => stop.abort();
  try {
    const exported = await client.ask(
      "export",
      {slot: state.shown, change: chosenChange(screen), ...how},
      {progress: ({done, of}) => showProgress(`Writing, ${done} of ${of}`, done / of), signal: stop.signal},
    );
    const {kind, rank} = state.take;
    showExported(root, exported, kind === "merge" ? `Cutting the merge${rank ? ` to rank ${rank}` : ""}` : "The cut");
    return true;
  } catch (error) {
    root.replaceChildren();
    note(root, stop.signal.aborted ? "Stopped; nothing was written." : (error as Error).message);
    return false;
  }
}

/** The files with a button for each, and what they lose. */
function showExported(root: HTMLElement, {files, error, rounding, notes}: Exported, what: string): void {
  root.replaceChildren();
  paragraph(
    root,
    error > 0
      ? `Ready. ${what} changed ${what === "The cut" ? "the update" : "it"} by ${fixedPercent(error, 2)} of its length.`
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
