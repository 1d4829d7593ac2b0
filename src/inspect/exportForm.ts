/** The form of Take home: what is exported, how it is changed before that, and how it is written. */
import {make} from "../figure/makeElement.ts";
import {counted} from "../figure/plot/text/format.ts";
import {noteBases} from "./mergeScreen.ts";
import {aside, note} from "./parts.ts";
import type {ExportChange, ExportOptions, OpenedFile} from "./protocol.ts";
import type {InspectState, OpenAdapter} from "./state.ts";

/** The ways to merge, in words. */
const METHODS = {
  sum: "the sum of the updates, exact",
  factors: "PEFT’s “linear”: adds A to A and B to B, another update",
  ties: "TIES: the largest entries that agree in sign",
  dare: "DARE: entries at random, stretched",
} as const;

/** Whether a merge is offered: the first adapter is shown, the second is measured, and as far as is known they can be compared. */
export const canMerge = ({adapters, shownSlot, compared}: InspectState): boolean =>
  shownSlot === 0 && adapters[1]?.verdict !== undefined && adapters[1].modules.size > 0 && typeof compared !== "string";

/** The naming schemes in which an adapter can be written, in words. */
export const namingsOf = ({exportErrors, facts}: OpenedFile): {PEFT?: string; same?: string} => ({
  ...(exportErrors.PEFT === undefined && {PEFT: "PEFT files"}),
  ...(exportErrors.same === undefined &&
    facts.families.join() !== "PEFT" && {same: `its own names (${facts.families.join(" and ")})`}),
});

const largestRank = ({modules}: OpenAdapter) => [...modules.values()].reduce((most, {r}) => Math.max(most, r), 1);

/** Draws a list to choose from, by the values of its options. */
function drawSelect(form: Element, name: string, label: string, options: object, chosen: string): void {
  const field = make(make(form, "label", "inspect-field", label), "select");
  field.name = name;
  for (const [value, text] of Object.entries(options)) {
    const option = make(field, "option", "", text);
    option.value = value;
    option.selected = value === chosen;
  }
}

/** Draws a field for a number within limits. */
function drawNumberField(form: Element, name: string, label: string, value: number, limits: object): void {
  const field = make(make(form, "label", "inspect-field", label), "input");
  Object.assign(field, {type: "number", name, required: true, ...limits, value});
}

/** Draws the form with the fields that the chosen change has. Sets the rank of a cut if none is chosen yet. */
export function drawExportForm(root: Element, state: InspectState, adapter: OpenAdapter): HTMLFormElement {
  const {exportFields, cut} = state;
  const {opened, verdict} = adapter;
  const form = make(root, "form", "inspect-form");
  const largest = largestRank(adapter);
  cut.r ||= Math.max(1, Math.floor(largest / 2));
  const kinds = {
    none: "as it is",
    ...(largest > 1 && {cut: "cut to a lower rank"}),
    ...(canMerge(state) && {merge: "merged with the second adapter"}),
  };
  drawSelect(form, "kind", "What", kinds, exportFields.kind);
  if (exportFields.kind === "cut") {
    drawNumberField(form, "r", "Rank", cut.r, {min: 1, max: largest});
    const ways = {even: "the same everywhere", split: "best split of those bytes"};
    drawSelect(form, "ranks", "Ranks", ways, cut.isSplit ? "split" : "even");
  }
  if (exportFields.kind === "merge") drawMergeFields(form, state, largest);
  const namings = namingsOf(opened);
  const [[naming, words]] = Object.entries(namings) as [[string, string]];
  if (Object.keys(namings).length > 1) drawSelect(form, "as", "As", namings, naming);
  else aside(form, `It is written as ${words}.`);
  if (namings.PEFT) drawReaderFields(form, opened);
  const formats = {keep: `as they are (${opened.facts.dtypes[0]?.[0] ?? ""})`, F32: "F32", F16: "F16", BF16: "BF16"};
  drawSelect(form, "dtype", "Number format", formats, "keep");
  if (verdict!.withoutAlpha > 0)
    note(form, "The file has no alpha. It is written with scale 1; you can set another under What it is.");
  return form;
}

/** Draws what a merge can be given. `largest` is the largest rank of the first adapter. */
function drawMergeFields(form: Element, state: InspectState, largest: number): void {
  const {exportFields, weights, adapters} = state;
  aside(form, `Weights ${weights.join(" and ")}, as Merge has them.`);
  noteBases(form, state);
  drawSelect(form, "method", "By", METHODS, exportFields.method);
  const second = largestRank(adapters[1]!);
  const fullRank = exportFields.method === "sum" ? largest + second : Math.max(largest, second);
  drawNumberField(form, "rank", "Rank at most", Math.min(exportFields.rank ?? fullRank, fullRank), {
    min: 1,
    max: fullRank,
  });
  if (exportFields.method !== "ties" && exportFields.method !== "dare") return;
  drawNumberField(form, "density", "Share of entries kept", exportFields.density, {min: 0.05, max: 1, step: 0.01});
  aside(
    form,
    "These look at single entries of ΔW, so each module is formed, merged and cut again: about a second for a module of 4,096 × 4,096.",
  );
}

/** Draws fields for PEFT files: one rank and scale for every program, or as they are; and whether to leave out other tensors. */
function drawReaderFields(form: Element, {facts, otherNames}: OpenedFile): void {
  const readers = {all: "every reader: one rank, one scale", own: "PEFT: ranks and scales as they are"};
  drawSelect(form, "readers", "For", readers, "all");
  const count = facts.tensors - facts.used;
  if (count === 0 || otherNames.length === 0) return;
  const label = make(form, "label", "inspect-tick");
  Object.assign(make(label, "input"), {type: "checkbox", name: "pairsOnly"});
  label.append(
    ` Leave out ${counted(count, "tensor")} of no pair (${otherNames[0]}${count > 1 ? " first" : ""}), which vLLM and llama.cpp refuse`,
  );
}

/** Takes the chosen change from the form into the state. */
export function keepChange({exportFields, cut}: InspectState, form: HTMLFormElement): void {
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement | null;
  const [r, ranks, method, rank, density] = ["r", "ranks", "method", "rank", "density"].map(field);
  exportFields.kind = field("kind")!.value as ExportChange["kind"];
  if (r && ranks) Object.assign(cut, {r: r.valueAsNumber, isSplit: ranks.value === "split"});
  if (method) exportFields.method = method.value as keyof typeof METHODS;
  // The full rank of the merge depends on the method, so it is not kept as a limit.
  if (rank) exportFields.rank = rank.value === rank.max ? undefined : rank.valueAsNumber;
  if (density) exportFields.density = density.valueAsNumber;
}

/** The export that the state and the form ask for. */
export function exportOptions(
  {exportFields, cut, weights, adapters, shownSlot}: InspectState,
  form: HTMLFormElement,
): ExportOptions {
  const {kind, method, density, rank} = exportFields;
  const merge = {kind: "merge", weights, method, density, ...(rank !== undefined && {rank})} as const;
  const change: ExportChange = kind === "merge" ? merge : kind === "cut" ? {kind, ...cut} : {kind};
  const values = new FormData(form);
  const dtype = values.get("dtype") as NonNullable<ExportOptions["dtype"]> | "keep";
  const [naming] = Object.keys(namingsOf(adapters[shownSlot]!.opened));
  return {
    change,
    as: (values.get("as") ?? naming) as ExportOptions["as"],
    oneRank: values.get("readers") !== "own",
    pairsOnly: values.has("pairsOnly"),
    ...(dtype !== "keep" && {dtype}),
  };
}
