/** What it is: the header's facts and the health list, beside a map of all modules and the spectrum of one. */

import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {alphaCard} from "./alphaCard.ts";
import {drawBars} from "./bars.ts";
import {capitalUnlessName, fileSizeText, fixedPercent, short, unbroken} from "./format.ts";
import {ModuleMap, type Spotted} from "./moduleMap.ts";
import {asTable, choiceButtons, factList, part, progressBar, sayIn} from "./parts.ts";
import type {AdapterVerdict, ModuleView, Opened} from "./protocol.ts";
import type {InspectState, OpenAdapter, ScreenContext} from "./state.ts";

/** A map with more cells than this would stop the page. */
export const MOST_CELLS = 4000;
/** Notes that are listed. */
const MOST_NOTES = 200;

const MEASURES = {
  norm: "‖ΔW‖",
  r90: "r for 90%",
  effective: "effective rank, σ",
  energy: "effective rank, σ²",
} as const;

/** What the numbers of each are. */
const KEYS = {
  norm: "the length of each module’s update. Without the base’s weights nobody can say whether that is a lot",
  r90: "how many directions carry 90% of ‖ΔW‖²",
  effective: "exp of the entropy of σ / Σσ, as in our chapters",
  energy: "exp of the entropy of σ² / Σσ², as other tools define the effective rank; always nearer to one direction",
};

/** How the norm is called: ‖ΔW‖, or ‖BA‖ as long as the scale is open. */
export const normName = (place: OpenAdapter) =>
  [...place.modules.values()].some(({scaleFrom}) => scaleFrom === "asked") ? "‖BA‖" : "‖ΔW‖";

export function whatScreen(screen: ScreenContext): void {
  const {state, panel, sentence} = screen;
  const place = state.places[state.shown]!;
  const {opened, verdict} = place;
  sayIn(sentence, sentenceNow(place));
  if (verdict && verdict.asked > 0) alphaCard(screen, place, verdict.asked);
  const columns = make(panel, "div", "inspect-columns");
  const left = make(columns, "div", "inspect-left");
  const right = make(columns, "div", "inspect-right");
  factsPart(left, opened, verdict);
  healthPart(left, opened, verdict);
  if (opened.isTooLarge) tooLarge(right, opened);
  else if (opened.pairs.length > 0) mapPart(screen, right, place);
}

/** The sentence at the top. */
export function sentenceNow({opened, verdict, isStopped}: OpenAdapter): string {
  if (opened.isTooLarge)
    return `Too large for a tab: ${fileSizeText(opened.facts.bytes)}. What its header says is below.`;
  if (verdict) return verdict.sentence;
  return isStopped ? "You stopped the reading. What was read until then is below." : "Reading spectra…";
}

function tooLarge(root: Element, {pairs}: Opened) {
  const section = part(root, "Where it acts, and how much");
  make(
    section,
    "p",
    "",
    `A tab reads A and B of up to 2 GiB. In a terminal, npx lora-live inspect FILE reads larger ones. The header names ${counted(pairs.length, "pair")}.`,
  );
}

/** Names, values and where they came from. */
export function factRows(
  {facts: f, hasConfig, badConfig}: Opened,
  verdict: AdapterVerdict | undefined,
): [name: string, value: string, from?: string | undefined][] {
  const ranks = f.ranks.map(([r]) => r);
  const scale = verdict?.scales.filter(({applies}) => applies) ?? [];
  return [
    [
      "Format",
      `${f.families.join(" and ") || "no family that is known"} in ${f.format}`,
      hasConfig ? "with adapter_config.json" : badConfig ? "its adapter_config.json could not be read" : undefined,
    ],
    [
      "Base",
      f.base?.name ?? "not named",
      f.base ? `from ${f.base.from}; its weights are not needed here` : "the file does not say",
    ],
    [
      "Adapts",
      counted(f.modules, "module"),
      ranks.length === 1
        ? `rank ${ranks[0]} everywhere`
        : ranks.length > 1
          ? `ranks ${Math.min(...ranks)} to ${Math.max(...ranks)}`
          : "no pair of A and B",
    ],
    [
      "α and scale",
      (verdict && verdict.asked > 0 ? "unknown; shown as 1" : scale.map(({says}) => says).join("; ")) ||
        (verdict ? "none" : "comes with the first modules"),
      scale.map(({where}) => (where.startsWith("no alpha") ? where : `from ${where}`)).join("; "),
    ],
    ["Stored as", f.dtypes.map(([dtype, count]) => `${dtype} (${whole(count)})`).join(", "), `${whole(f.bytes)} bytes`],
    [
      "Parameters",
      whole(f.numbers),
      f.otherNumbers > 0 ? `and ${whole(f.otherNumbers)} in tensors of no pair` : "all of them in A and B",
    ],
  ];
}

function factsPart(root: Element, opened: Opened, verdict: AdapterVerdict | undefined): void {
  const section = part(root, "What it is");
  factList(section, factRows(opened, verdict));
  for (const {name, why} of opened.ignored.slice(0, 5))
    make(section, "p", "inspect-aside", `${name} was left alone: ${why}.`);
}

/** With one full stop, or its question mark. */
export const withFullStop = (text: string) => (/[.?]$/.test(text) ? text : `${text}.`);

/** What else there is to say of a file, each once. */
export function noteLines({notes, problems}: Opened, verdict: AdapterVerdict | undefined): string[] {
  const all = [
    ...notes,
    ...problems.map(({sentence}) => sentence),
    ...(verdict?.unmeasured ?? []).map((one) => one.sentence),
  ];
  // What Health says is not said again.
  const isSaid = (note: string) => verdict?.checks.some(({sentence}) => sentence.includes(note)) ?? false;
  return [...new Set(all)]
    .filter((note) => !isSaid(note))
    .slice(0, MOST_NOTES)
    .map((note) => withFullStop(capitalUnlessName(note)));
}

/** The heading above the checks. */
export function healthTitle(verdict: AdapterVerdict | undefined, {loading}: Opened): string {
  if (!verdict) return "Health";
  const look = verdict.checks.filter(({ok}) => !ok);
  if (look.length === 0)
    return loading.isRight ? "Health: nothing is broken" : "Health: the numbers are sound; see Will it load?";
  return look.every(({id}) => id === "names")
    ? "Health: the numbers are sound, but the names are not"
    : `Health: ${counted(look.length, "thing")} to look at`;
}

function healthPart(root: Element, opened: Opened, verdict: AdapterVerdict | undefined): void {
  const section = part(root, healthTitle(verdict, opened), "inspect-checks");
  if (!verdict) make(section, "p", "inspect-aside", "The checks come with the last module.");
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
  const more = noteLines(opened, verdict);
  if (more.length === 0) return;
  const details = make(section, "details");
  details.open = more.length <= 3;
  make(details, "summary", "", `${counted(more.length, "note")} on this file`);
  const list = make(details, "ul", "inspect-notes");
  for (const note of more) make(list, "li", "", note);
}

/** The modules of the map: an expert has a cell of its own. */
export function spotted({opened, modules, verdict}: OpenAdapter): Spotted[] {
  if (!verdict) return opened.spots;
  const places = new Map(opened.spots.map(({name}, i) => [name, i]));
  const at = ({name}: Spotted) => places.get(name) ?? Number.POSITIVE_INFINITY;
  const all: Spotted[] = [...modules.values(), ...verdict.unmeasured.filter(({name}) => !modules.has(name))];
  return all.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
}

function mapPart(screen: ScreenContext, root: Element, place: OpenAdapter): void {
  const {state} = screen;
  const section = part(root, "Where it acts, and how much");
  const tell = readingPart(section, place);
  if (place.opened.spots.length > MOST_CELLS) {
    make(
      section,
      "p",
      "",
      `${counted(place.opened.spots.length, "module")} are too many for a map; the table has the first ${whole(MOST_CELLS)}.`,
    );
    screen.grow = tell;
    allAsTable(section, place);
    return;
  }
  choiceButtons(
    section,
    "What the cells say",
    (Object.keys(MEASURES) as InspectState["measure"][]).map((name) => [
      name,
      name === "norm" ? normName(place) : MEASURES[name],
    ]),
    state.measure,
    (measure) => {
      state.measure = measure;
      paint();
    },
  );
  const map = new ModuleMap(section, spotted(place), "How much each module does", (name) => {
    place.chosen = name;
    showSpectrum();
  });
  const key = make(section, "p", "inspect-aside inspect-key");
  const spectrum = make(root, "section", "inspect-spectrum");
  let largest = 0;
  /** Paints the new cells, or all cells if the scale has changed. */
  const paint = (fresh?: readonly ModuleView[]) => {
    const before = largest;
    largest = largestOf(place, state.measure);
    paintMap(map, place, state.measure, fresh && largest === before ? fresh : [...place.modules.values()], largest);
    key.textContent = largest > 0 ? `From 0 to ${short(largest)}: ${KEYS[state.measure]}.` : "";
  };
  const showSpectrum = () => {
    const one = place.modules.get(place.chosen ?? "");
    if (one) spectrumPart(spectrum, one, normName(place));
  };
  paint();
  if (place.chosen === undefined && place.verdict) place.chosen = strongest(place);
  if (place.chosen !== undefined) map.choose(place.chosen);
  showSpectrum();
  screen.grow = (fresh) => {
    tell();
    paint(fresh);
  };
  allAsTable(section, place);
}

/** How far the reading is, with its button; gives what tells of progress. */
function readingPart(root: Element, place: OpenAdapter): () => void {
  const {reading} = place;
  if (!reading) return () => {};
  const show = progressBar(root, "Reading", () => reading.stop.abort());
  const tell = () => show(`${whole(reading.done)} of ${whole(reading.of)}`, reading.done / Math.max(1, reading.of));
  tell();
  return tell;
}

function allAsTable(root: Element, place: OpenAdapter): void {
  asTable(root, "All modules", moduleHead(place), () => moduleRows(place));
}

/** The columns of the table of all modules, and its rows. */
export const moduleHead = (place: OpenAdapter): string[] => [
  ...["module", "rank", "scale", normName(place)],
  ...["r for 90%", "r for 99%", "effective rank, σ", "of σ²"],
];
export const moduleRows = ({modules}: OpenAdapter): string[][] =>
  [...modules.values()]
    .slice(0, MOST_CELLS)
    .map((one) => [
      ...[one.name, String(one.r), short(one.scale, 4), short(one.norm, 4), String(one.r90), String(one.r99)],
      ...[one.effective.toFixed(2), one.energy.toFixed(2)],
    ]);

const strongest = ({modules}: OpenAdapter) =>
  [...modules.values()].reduce<ModuleView | undefined>(
    (most, one) => (most && most.norm >= one.norm ? most : one),
    undefined,
  )?.name;

/** Two digits, 7.0 as well as 6.7, and one of small ones. */
export const inCell = (value: number) =>
  value >= 1 && value < 9.95 ? value.toFixed(1) : short(value, value < 0.1 ? 1 : 2);

const largestOf = ({modules}: OpenAdapter, measure: InspectState["measure"]) =>
  [...modules.values()].reduce((most, one) => Math.max(most, one[measure]), 0);

function paintMap(
  map: ModuleMap,
  place: OpenAdapter,
  measure: InspectState["measure"],
  modules: readonly ModuleView[],
  largest: number,
): void {
  for (const one of modules) {
    const value = one[measure];
    const text = measure === "r90" ? String(value) : measure === "norm" ? inCell(value) : value.toFixed(1);
    map.set(one.name, {text, full: short(value), share: largest > 0 ? value / largest : 0, hue: "dw"});
  }
  for (const {name, sentence} of place.verdict?.unmeasured ?? []) map.spoil(name, sentence);
}

function spectrumPart(root: HTMLElement, one: ModuleView, norm: string): void {
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
