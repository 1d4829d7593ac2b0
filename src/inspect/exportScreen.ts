/** Take home: files of the adapter as it is, cut or merged. foundPart.ts offers the reports on it. */

import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {comparisonFor} from "./compareScreen.ts";
import {number, select} from "./fields.ts";
import {capitalUnlessName, fileSizeText, fixedPercent} from "./format.ts";
import {foundPart, saveFile} from "./foundPart.ts";
import {sayBases} from "./mergeScreen.ts";
import {part, pressButton, progressBar, sayIn} from "./parts.ts";
import {planFacts} from "./planFacts.ts";
import type {TakeChange, TakenHome, TakeOrder} from "./protocol.ts";
import type {InspectState, OpenAdapter, ScreenContext} from "./state.ts";
import {waiting} from "./waiting.ts";

const METHODS = {
  sum: "the sum of the updates, exact",
  factors: "PEFT’s “linear”: adds A to A and B to B, another update",
  ties: "TIES: the largest entries that agree in sign",
  dare: "DARE: entries at random, stretched",
} as const;

export function exportScreen(screen: ScreenContext): void {
  const {state, panel, sentence} = screen;
  const place = state.places[state.shown]!;
  if (waiting(screen, place)) return;
  if (state.take.kind === "merge" && !canMerge(state)) state.take.kind = "none";
  // What a cut of the merge would lose is known from the comparison.
  if (state.take.kind === "merge" && !comparisonFor(screen, "Merging")) return;
  sayIn(sentence, "Files for other programs, and the numbers of this page.");
  const columns = make(panel, "div", "inspect-columns wide-left");
  adapterPart(screen, make(columns, "div"), place);
  foundPart(screen, make(columns, "div"));
}

/** Whether both adapters are there and could be measured, and nothing is known that keeps them apart. */
const canMerge = ({places, shown, compared}: InspectState) =>
  shown === 0 && places[1]?.verdict !== undefined && places[1].modules.size > 0 && typeof compared !== "string";

/** The names it can be written under; says on the page which it cannot, and why. */
function waysOf(section: Element, {cannot, facts}: OpenAdapter["opened"]): (readonly ["PEFT" | "same", string])[] {
  const ways = (
    [
      ["PEFT", "PEFT files"],
      ["same", `its own names (${facts.families.join(" and ")})`],
    ] as const
  ).filter(([as]) => cannot[as] === undefined && !(as === "same" && facts.families.join() === "PEFT"));
  for (const as of ["PEFT", "same"] as const)
    if (cannot[as] !== undefined && (as === "PEFT" || ways.length === 0))
      make(
        section,
        "p",
        "inspect-aside",
        as === "PEFT"
          ? `It cannot be written as a PEFT adapter, because ${cannot.PEFT}.`
          : `Under its own names it cannot be written, because ${cannot.same}.`,
      );
  return ways;
}

function adapterPart(screen: ScreenContext, root: Element, place: OpenAdapter): void {
  const {facts} = place.opened;
  const section = part(root, "The adapter");
  const ways = waysOf(section, place.opened);
  if (ways.length === 0) return;
  const form = make(section, "div", "inspect-form");
  const how: How = {as: ways[0]![0], oneRank: true};
  const plan = make(section, "div", "inspect-plan");
  const result = make(section, "div", "inspect-taken");
  result.setAttribute("role", "status");
  const tell = () => {
    // Files made earlier belong to the earlier settings.
    if (!result.querySelector("progress")) result.replaceChildren();
    sayPlan(screen, plan, how);
  };
  whatFields(screen, form, place, tell);
  if (ways.length > 1)
    select(form, "As", ways, how.as, (as) => {
      how.as = as;
      tell();
    });
  else make(form, "p", "inspect-aside", `It is written as ${ways[0]![1]}.`);
  readerFields(form, place.opened, how, tell);
  select(
    form,
    "Number format",
    [["keep", `as they are (${facts.dtypes[0]?.[0] ?? ""})`], ...DTYPES],
    "keep",
    (value) => {
      delete how.dtype;
      if (value !== "keep") how.dtype = value;
      tell();
    },
  );
  if (place.verdict!.asked > 0)
    make(
      form,
      "p",
      "inspect-note",
      "The file has no alpha. It is written with scale 1; you can set another under What it is.",
    );
  const row = make(section, "div", "inspect-buttons");
  const press = async () => {
    if (refused(form, result)) return;
    // The error is known now, so the sentence that promised it goes.
    if (await makeFiles(screen, result, how)) plan.querySelector(".open")?.remove();
  };
  pressButton(row, "Make the files", press, "main");
  section.append(result);
  tell();
}

/** For whom PEFT files are written: every reader, or PEFT alone; and without what two of them refuse. */
function readerFields(form: Element, {cannot, facts, others}: OpenAdapter["opened"], how: How, tell: () => void): void {
  if (cannot.PEFT !== undefined) return;
  const options = [
    ["all", "every reader: one rank, one scale"],
    ["own", "PEFT: ranks and scales as they are"],
  ] as const;
  select(form, "For", options, "all", (value) => {
    how.oneRank = value === "all";
    tell();
  });
  const count = facts.tensors - facts.used;
  if (count === 0 || others.length === 0) return;
  const label = make(form, "label", "inspect-tick");
  const tick = make(label, "input");
  tick.type = "checkbox";
  label.append(
    ` Leave out ${counted(count, "tensor")} of no pair (${others[0]}${count > 1 ? " first" : ""}), which vLLM and llama.cpp refuse`,
  );
  tick.addEventListener("change", () => {
    how.pairsOnly = tick.checked;
    tell();
  });
}

/** How the files are written. */
type How = Pick<TakeOrder, "as" | "dtype" | "oneRank" | "pairsOnly">;

const DTYPES = [
  ["F32", "F32"],
  ["F16", "F16"],
  ["BF16", "BF16"],
] as const;

/** Says what would be written and what it would lose, or why it cannot be. */
async function sayPlan(screen: ScreenContext, root: HTMLElement, how: How): Promise<void> {
  const {client, state} = screen;
  const order = {slot: state.shown, change: changeNow(screen)};
  const own = Symbol("plan");
  latest = own;
  try {
    const [plan, lost] = await Promise.all([client.ask("plan", {...order, ...how}), client.ask("lost", order)]);
    if (latest !== own) return;
    root.replaceChildren();
    const words = lostWords(order.change, lost);
    if (words) make(root, "p", lost === undefined ? "inspect-lost open" : "inspect-lost", words);
    planFacts(root, plan, `${fileSizeText(plan.bytes)} (${whole(plan.bytes)} bytes)`);
  } catch (error) {
    if (latest !== own) return;
    root.replaceChildren();
    make(root, "p", "inspect-note", (error as Error).message);
  }
}

/** The plan that was asked for last; an older one that comes late is not shown. */
let latest: symbol | undefined;

/** What a change will lose, before it is made. */
export function lostWords(change: TakeChange, lost: number | undefined): string {
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

/** Says which number of the form cannot be; true when there is one. */
function refused(form: Element, result: HTMLElement): boolean {
  const wrong = form.querySelector<HTMLInputElement>("[aria-invalid=true]");
  if (!wrong) return false;
  result.replaceChildren();
  const words = `${wrong.dataset.name} must be from ${wrong.min} to ${wrong.max}; nothing was written.`;
  make(result, "p", "inspect-note", words);
  wrong.focus();
  return true;
}

function whatFields(screen: ScreenContext, form: Element, place: OpenAdapter, tell: () => void): void {
  const {state} = screen;
  const {take} = state;
  const most = largestRank(place);
  state.cut.r ||= Math.max(1, Math.floor(most / 2));
  const kinds: [TakeChange["kind"], string][] = [
    ["none", "as it is"],
    ...(most > 1 ? [["cut", "cut to a lower rank"] as [TakeChange["kind"], string]] : []),
    ...(canMerge(state) ? [["merge", "merged with the second adapter"] as [TakeChange["kind"], string]] : []),
  ];
  select(form, "What", kinds, take.kind, (kind) => {
    take.kind = kind;
    screen.draw();
    const first = screen.panel.querySelector<HTMLElement>("select");
    if (first) first.focus();
    else screen.focusTab();
  });
  if (take.kind === "cut") cutFields(state, form, most, tell);
  if (take.kind === "merge") mergeFields(screen, form, most, tell);
}

const largestRank = ({modules}: OpenAdapter) => [...modules.values()].reduce((most, {r}) => Math.max(most, r), 1);

function cutFields({cut}: InspectState, form: Element, most: number, tell: () => void): void {
  number(form, "Rank", cut.r, 1, most, (r) => {
    cut.r = r;
    tell();
  });
  const ways = [
    ["even", "the same everywhere"],
    ["split", "best split of those bytes"],
  ] as const;
  select(form, "Ranks", ways, cut.isSplit ? "split" : "even", (value) => {
    cut.isSplit = value === "split";
    tell();
  });
}

function mergeFields(screen: ScreenContext, form: Element, most: number, tell: () => void): void {
  const {take, weights, places} = screen.state;
  make(form, "p", "inspect-aside", `Weights ${weights.join(" and ")}, as Merge has them.`);
  sayBases(form, screen.state);
  select(form, "By", Object.entries(METHODS) as [keyof typeof METHODS, string][], take.method, (method) => {
    take.method = method;
    screen.draw();
    screen.panel.querySelectorAll<HTMLElement>("select")[1]?.focus();
  });
  const second = largestRank(places[1]!);
  const whole = take.method === "sum" ? most + second : Math.max(most, second);
  number(form, "Rank at most", Math.min(take.rank ?? whole, whole), 1, whole, (r) => {
    take.rank = r === whole && take.method === "sum" ? undefined : r;
    tell();
  });
  if (take.method !== "ties" && take.method !== "dare") return;
  const keep = (share: number) => {
    take.density = share;
    tell();
  };
  number(form, "Share of entries kept", take.density, 0.05, 1, keep, 0.05);
  make(
    form,
    "p",
    "inspect-aside",
    "These look at single entries of ΔW, so each module is formed, merged and cut again: about a second for a module of 4,096 × 4,096.",
  );
}

function changeNow({state}: ScreenContext): TakeChange {
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

/** Makes the files and offers them; false if that was stopped or failed. */
async function makeFiles(screen: ScreenContext, root: HTMLElement, how: How): Promise<boolean> {
  const {state, client} = screen;
  root.replaceChildren();
  const stop = new AbortController();
  const tell = progressBar(root, "Writing", () => stop.abort());
  screen.leave = () => stop.abort();
  try {
    const taken = await client.ask(
      "take",
      {slot: state.shown, change: changeNow(screen), ...how},
      {news: ({done, of}) => tell(`Writing, ${done} of ${of}`, done / of), signal: stop.signal},
    );
    const {kind, rank} = state.take;
    showTaken(root, taken, kind === "merge" ? `Cutting the merge${rank ? ` to rank ${rank}` : ""}` : "The cut");
    return true;
  } catch (error) {
    root.replaceChildren();
    make(root, "p", "inspect-note", stop.signal.aborted ? "Stopped; nothing was written." : (error as Error).message);
    return false;
  }
}

function showTaken(root: HTMLElement, {files, error, rounding, notes}: TakenHome, what: string): void {
  root.replaceChildren();
  make(
    root,
    "p",
    "",
    error > 0
      ? `Ready. ${what} changed ${what === "The cut" ? "the update" : "it"} by ${fixedPercent(error, 2)} of its length.`
      : rounding > 0
        ? `Ready. Rounding to one scale changed it by ${fixedPercent(rounding, 3)} of its length.`
        : "Ready.",
  );
  const row = make(root, "div", "inspect-buttons");
  for (const file of files)
    pressButton(row, `Save ${file.name} (${fileSizeText(file.bytes.length)})`, () => saveFile(root, file));
  for (const note of notes) make(root, "p", "inspect-aside", `${capitalUnlessName(note)}.`);
  root.scrollIntoView({block: "nearest"});
}
