/** The screen “What it is”: facts and checks of an adapter, a map of all modules and the spectrum of one. */
import {inOrder} from "../engine/adapters/moduleNames.ts";
import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {drawAlphaCard} from "./alphaCard.ts";
import {drawBars} from "./bars.ts";
import {capitalUnlessName, fileSizeText, fixedPercent, short, unbroken} from "./format.ts";
import {ModuleMap} from "./moduleMap.ts";
import {
  aside,
  choiceButtons,
  type FactRow,
  factList,
  foldedTable,
  paragraph,
  progressBar,
  titledSection,
  writeSentence,
} from "./parts.ts";
import type {AdapterVerdict, ModuleView, OpenedFile, SpottedModule} from "./protocol.ts";
import type {InspectState, OpenAdapter, ScreenContext} from "./state.ts";

/** Maps have no more cells than this, and tables no more rows, because more would block the page. */
export const MAX_CELLS = 4000;
/** Of more notes than this the rest is left out. */
const MAX_NOTES = 200;
/** At most this many files are named that were left alone. */
const MAX_IGNORED = 5;

type Measure = InspectState["measure"];

/** What the cells of the map can show, each with a title and a note. */
const MEASURES: Readonly<Record<Measure, readonly [title: string, note: string]>> = {
  norm: ["‖ΔW‖", "the length of each module’s update. Without the base’s weights nobody can say whether that is a lot"],
  r90: ["r for 90%", "how many directions carry 90% of ‖ΔW‖²"],
  effective: ["effective rank, σ", "exp of the entropy of σ / Σσ, as in our chapters"],
  energy: [
    "effective rank, σ²",
    "exp of the entropy of σ² / Σσ², as other tools define the effective rank; always nearer to one direction",
  ],
};

/** More notes than this are folded at first. */
const MAX_OPEN_NOTES = 3;

/** The norm's name: ‖ΔW‖, or ‖BA‖ while the scale is not known. */
export const normName = (adapter: OpenAdapter) =>
  [...adapter.modules.values()].some(({scaleFrom}) => scaleFrom === "asked") ? "‖BA‖" : "‖ΔW‖";

export function drawWhatItIsScreen(screen: ScreenContext): void {
  const {state, panel, sentence} = screen;
  const adapter = state.adapters[state.shownSlot]!;
  const {opened, verdict} = adapter;
  writeSentence(sentence, whatItIsSentence(adapter));
  if (verdict && verdict.withoutAlpha > 0) drawAlphaCard(screen, adapter, verdict.withoutAlpha);
  const columns = make(panel, "div", "inspect-columns");
  const left = make(columns, "div", "inspect-left");
  const right = make(columns, "div", "inspect-right");
  drawFactsPart(left, opened, verdict);
  drawHealthPart(left, opened, verdict);
  if (opened.isTooLarge) drawTooLargePart(right, opened);
  else if (opened.pairs.length > 0) drawMapPart(screen, right, adapter);
}

/** The sentence at the top. */
export function whatItIsSentence({opened, verdict, isStopped}: OpenAdapter): string {
  if (opened.isTooLarge)
    return `Too large for a tab: ${fileSizeText(opened.facts.bytes)}. What its header says is below.`;
  if (verdict) return verdict.sentence;
  return isStopped ? "You stopped the reading. What was read until then is below." : "Reading spectra…";
}

/** Says, in place of the map, why the adapter is not measured and what measures it. */
function drawTooLargePart(root: Element, {pairs}: OpenedFile) {
  const section = titledSection(root, "Where it acts, and how much");
  paragraph(
    section,
    `A tab reads A and B of up to 2 GiB. In a terminal, npx lora-live inspect FILE reads larger ones. The header names ${counted(pairs.length, "pair")}.`,
  );
}

/** The facts by name, with their values and where these are from. */
export function factRows(
  {facts, hasConfig, isConfigUnreadable}: OpenedFile,
  verdict: AdapterVerdict | undefined,
): FactRow[] {
  const ranks = facts.ranks.map(([r]) => r);
  const scales = verdict?.scales.filter(({applies}) => applies) ?? [];
  return [
    [
      "Format",
      `${facts.families.join(" and ") || "no family that is known"} in ${facts.format}`,
      hasConfig
        ? "with adapter_config.json"
        : isConfigUnreadable
          ? "its adapter_config.json could not be read"
          : undefined,
    ],
    [
      "Base",
      facts.base?.name ?? "not named",
      facts.base ? `from ${facts.base.from}; its weights are not needed here` : "the file does not say",
    ],
    [
      "Adapts",
      counted(facts.modules, "module"),
      ranks.length === 1
        ? `rank ${ranks[0]} everywhere`
        : ranks.length > 1
          ? `ranks ${Math.min(...ranks)} to ${Math.max(...ranks)}`
          : "no pair of A and B",
    ],
    [
      "α and scale",
      (verdict && verdict.withoutAlpha > 0 ? "unknown; shown as 1" : scales.map(({says}) => says).join("; ")) ||
        (verdict ? "none" : "comes with the first modules"),
      scales.map(({where}) => (where.startsWith("no alpha") ? where : `from ${where}`)).join("; "),
    ],
    [
      "Stored as",
      facts.dtypes.map(([dtype, count]) => `${dtype} (${whole(count)})`).join(", "),
      `${whole(facts.bytes)} bytes`,
    ],
    [
      "Parameters",
      whole(facts.numbers),
      facts.otherNumbers > 0 ? `and ${whole(facts.otherNumbers)} in tensors of no pair` : "all of them in A and B",
    ],
  ];
}

function drawFactsPart(root: Element, opened: OpenedFile, verdict: AdapterVerdict | undefined): void {
  const section = titledSection(root, "What it is");
  factList(section, factRows(opened, verdict));
  for (const {name, why} of opened.ignored.slice(0, MAX_IGNORED)) aside(section, `${name} was left alone: ${why}.`);
}

/** Adds a full stop where there is none and no question mark. */
export const withFullStop = (text: string) => (/[.?]$/.test(text) ? text : `${text}.`);

/** Further sentences on a file, each once, without those that a check says too. */
export function noteLines({notes, problems}: OpenedFile, verdict: AdapterVerdict | undefined): string[] {
  const all = [
    ...notes,
    ...problems.map(({sentence}) => sentence),
    ...(verdict?.unmeasured ?? []).map((one) => one.sentence),
  ];
  const isInCheck = (note: string) => verdict?.checks.some(({sentence}) => sentence.includes(note)) ?? false;
  return [...new Set(all)]
    .filter((note) => !isInCheck(note))
    .slice(0, MAX_NOTES)
    .map((note) => withFullStop(capitalUnlessName(note)));
}

/** The heading above the checks. */
export function healthTitle(verdict: AdapterVerdict | undefined, {loading}: OpenedFile): string {
  if (!verdict) return "Health";
  const failed = verdict.checks.filter(({ok}) => !ok);
  if (failed.length === 0)
    return loading.isRight ? "Health: nothing is broken" : "Health: the numbers are sound; see Will it load?";
  return failed.every(({id}) => id === "names")
    ? "Health: the numbers are sound, but the names are not"
    : `Health: ${counted(failed.length, "thing")} to look at`;
}

function drawHealthPart(root: Element, opened: OpenedFile, verdict: AdapterVerdict | undefined): void {
  const section = titledSection(root, healthTitle(verdict, opened), "inspect-checks");
  if (!verdict) aside(section, "The checks come with the last module.");
  else {
    const list = make(section, "ul", "inspect-health");
    for (const {ok, sentence} of verdict.checks) {
      const item = make(list, "li", ok ? "ok" : "look");
      const mark = make(item, "span", "sign", ok ? "✓" : "!");
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", ok ? "fine" : "look at this");
      make(item, "span", "", unbroken(withFullStop(sentence)));
    }
  }
  const notes = noteLines(opened, verdict);
  if (notes.length === 0) return;
  const details = make(section, "details");
  details.open = notes.length <= MAX_OPEN_NOTES;
  make(details, "summary", "", `${counted(notes.length, "note")} on this file`);
  const list = make(details, "ul", "inspect-notes");
  for (const note of notes) make(list, "li", "", note);
}

/** The modules of the map, by layers: those that the header names and, once all are measured, those that were tried. */
export function modulesWithSpots({opened, modules, verdict}: OpenAdapter): SpottedModule[] {
  if (!verdict) return opened.spots;
  const all = [...modules.values(), ...verdict.unmeasured.filter(({name}) => !modules.has(name))];
  return inOrder<SpottedModule>(all, ({name}) => name);
}

function drawMapPart(screen: ScreenContext, root: Element, adapter: OpenAdapter): void {
  const {state} = screen;
  const section = titledSection(root, "Where it acts, and how much");
  const showProgress = drawProgressPart(section, adapter);
  if (adapter.opened.spots.length > MAX_CELLS) {
    paragraph(
      section,
      `${counted(adapter.opened.spots.length, "module")} are too many for a map; the table has the first ${whole(MAX_CELLS)}.`,
    );
    screen.onMeasured = showProgress;
    drawTablePart(section, adapter);
    return;
  }
  const titles = Object.entries(MEASURES).map(([measure, [title]]) => [measure as Measure, title] as const);
  choiceButtons(
    section,
    "What the cells say",
    titles.map(([measure, title]) => [measure, measure === "norm" ? normName(adapter) : title]),
    state.measure,
    (measure) => {
      state.measure = measure;
      update();
    },
  );
  const map = new ModuleMap(section, modulesWithSpots(adapter), "How much each module does", (name) => {
    adapter.chosenModule = name;
    showSpectrum();
  });
  for (const {name, sentence} of adapter.verdict?.unmeasured ?? []) map.setUnusable(name, sentence);
  const key = make(section, "p", "inspect-aside inspect-key");
  const spectrum = make(root, "section", "inspect-spectrum");
  const update = () => {
    const largest = fillMap(map, adapter, state.measure);
    key.textContent = largest > 0 ? `From 0 to ${short(largest)}: ${MEASURES[state.measure][1]}.` : "";
  };
  const showSpectrum = () => {
    const one = adapter.modules.get(adapter.chosenModule ?? "");
    if (one) drawSpectrum(spectrum, one, normName(adapter));
  };
  update();
  if (adapter.verdict) adapter.chosenModule ??= strongestModule(adapter);
  if (adapter.chosenModule !== undefined) map.choose(adapter.chosenModule);
  showSpectrum();
  screen.onMeasured = () => {
    showProgress();
    update();
  };
  drawTablePart(section, adapter);
}

/** Draws the progress of the measurement. Returns a function that updates it. */
function drawProgressPart(root: Element, adapter: OpenAdapter): () => void {
  const {reading} = adapter;
  if (!reading) return () => {};
  const show = progressBar(root, "Reading", () => reading.stop.abort());
  const update = () => show(`${whole(reading.done)} of ${whole(reading.of)}`, reading.done / Math.max(1, reading.of));
  update();
  return update;
}

/** Draws all modules as a folded table. */
function drawTablePart(root: Element, adapter: OpenAdapter): void {
  foldedTable(root, "All modules", moduleHead(adapter), () => moduleRows(adapter));
}

/** The columns of the table of all modules. */
export const moduleHead = (adapter: OpenAdapter): string[] => [
  "module",
  "rank",
  "scale",
  normName(adapter),
  "r for 90%",
  "r for 99%",
  "effective rank, σ",
  "of σ²",
];
/** The rows of the table of all modules, MAX_CELLS at most. */
export const moduleRows = ({modules}: OpenAdapter): string[][] =>
  [...modules.values()]
    .slice(0, MAX_CELLS)
    .map((one) => [
      one.name,
      String(one.r),
      short(one.scale, 4),
      short(one.norm, 4),
      String(one.r90),
      String(one.r99),
      one.effective.toFixed(2),
      one.energy.toFixed(2),
    ]);

/** The module with the largest norm; undefined if none is measured. */
const strongestModule = ({modules}: OpenAdapter) =>
  [...modules.values()].reduce<ModuleView | undefined>(
    (most, one) => (most && most.norm >= one.norm ? most : one),
    undefined,
  )?.name;

/** A value as a cell of a map shows it: two digits, 7.0 as well as 6.7, and one digit for small values. */
export const cellText = (value: number) =>
  value >= 1 && value < 9.95 ? value.toFixed(1) : short(value, value < 0.1 ? 1 : 2);

/** Fills the cells of all modules measured so far. Returns the largest value, whose color is full. */
function fillMap(map: ModuleMap, {modules}: OpenAdapter, measure: Measure): number {
  const all = [...modules.values()];
  const largest = all.reduce((most, one) => Math.max(most, one[measure]), 0);
  for (const one of all) {
    const value = one[measure];
    const text = measure === "r90" ? String(value) : measure === "norm" ? cellText(value) : value.toFixed(1);
    map.set(one.name, {text, value: short(value), share: largest > 0 ? value / largest : 0, hue: "dw"});
  }
  return largest;
}

/** Draws the singular values of one module, with its norm and ranks. */
function drawSpectrum(root: HTMLElement, one: ModuleView, norm: string): void {
  root.replaceChildren();
  const title = make(root, "h2", "", "Spectrum of ");
  make(title, "code", "", one.name);
  const columns = make(root, "div", "inspect-spectrum-columns");
  drawBars(make(columns, "div"), one.s, `Singular values of ${one.name}`);
  factList(columns, [
    [norm, short(one.norm)],
    ["σ₁", short(one.s[0] ?? 0)],
    ["90% needs", `r = ${one.r90}`],
    ["99% needs", `r = ${one.r99}`],
    ["Effective rank, σ", `${one.effective.toFixed(2)} of ${one.r}`],
    ["Effective rank, σ²", `${one.energy.toFixed(2)} of ${one.r}`, "as other tools print it"],
    [
      "Size",
      `${whole(one.d)} × ${whole(one.k)}`,
      `${fixedPercent((one.r * (one.d + one.k)) / (one.d * one.k))} of ${whole(one.d * one.k)} parameters`,
    ],
  ]);
}
