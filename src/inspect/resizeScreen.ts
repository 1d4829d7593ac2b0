/** The screen “Resize”: what a cut to each lower rank would lose, in a table whose rows choose the rank. */
import {make} from "../figure/makeElement.ts";
import {fileSizeText, fixedPercent, unbroken} from "./format.ts";
import {spotWords} from "./moduleMap.ts";
import {
  aside,
  choiceButtons,
  isUnavailable,
  mainButton,
  paragraph,
  pressButton,
  titledSection,
  writeSentence,
} from "./parts.ts";
import type {CutRow, Cuts, EnoughRanks} from "./protocol.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";

/** Draws the screen. */
export function resizeScreen(screen: ScreenContext): void {
  const {state, sentence, panel} = screen;
  const adapter = state.adapters[state.shown]!;
  if (isUnavailable(screen, adapter)) return;
  const reason = nothingToCut([...adapter.modules.values()]);
  if (reason) {
    writeSentence(sentence, reason);
    return;
  }
  if (adapter.cuts) {
    drawCuts(screen, adapter, adapter.cuts);
    return;
  }
  writeSentence(sentence, "Counting what each rank would lose…");
  screen.client.ask("cuts", {slot: state.shown}).then(
    (cuts) => {
      adapter.cuts = cuts;
      screen.draw();
    },
    (error: Error) => {
      writeSentence(sentence, error.message);
      paragraph(panel, "Nothing can be cut here.");
    },
  );
}

/** A sentence where there is no lower rank or nothing to lose. */
export function nothingToCut(modules: readonly {r: number; norm: number}[]): string | undefined {
  if (modules.every(({norm}) => norm === 0)) return "Every ΔW is 0: there is nothing to cut.";
  return modules.every(({r}) => r === 1) ? "Every update has rank 1: there is nothing to cut." : undefined;
}

/** The rank to begin with: half of the largest, or the next one offered below it. */
const firstRank = ({even}: Cuts) => even.findLast(({r}) => r <= Math.max(1, even.at(-1)!.r / 2))!.r;

const SMALL_ERROR = "an error under 10%";

/** Which ranks are enough, as a sentence, and the ranks that get a button. */
export function suggestion({forAll, forMost, enoughCount, moduleCount, largest}: EnoughRanks): {
  sentence: string;
  ranks: number[];
} {
  const share = enoughCount === moduleCount ? "every module" : `most modules, ${enoughCount} of ${moduleCount}`;
  if (forMost >= largest) return {sentence: `No rank below ${largest} has ${SMALL_ERROR} in most modules.`, ranks: []};
  if (forAll >= largest)
    return {
      sentence: `Rank ${forMost} is the smallest with ${SMALL_ERROR} in ${share}. In every module only rank ${largest} has that, as it is.`,
      ranks: [forMost],
    };
  const alsoMost = forMost < forAll ? ` For ${share}, rank ${forMost} is enough.` : "";
  return {
    sentence: `Rank ${forAll} is the smallest with ${SMALL_ERROR} in every module.${alsoMost}`,
    ranks: forMost < forAll ? [forAll, forMost] : [forAll],
  };
}

function suggestPart(screen: ScreenContext, root: Element, {enough}: Cuts): void {
  const {sentence, ranks} = suggestion(enough);
  paragraph(root, sentence, "inspect-suggestion");
  const row = make(root, "div", "inspect-buttons");
  for (const r of ranks)
    pressButton(row, `Choose rank ${r}`, () => {
      Object.assign(screen.state.cut, {r, isSplit: false});
      screen.draw();
      screen.panel.querySelector<HTMLElement>(`.inspect-ranks input[value="${r}"]`)?.focus();
    });
  if (ranks.length === 0) row.remove();
}

/** Draws the table and curve, and what the chosen rank loses. */
function drawCuts(screen: ScreenContext, adapter: OpenAdapter, cuts: Cuts): void {
  const {state, panel} = screen;
  const largest = cuts.even.at(-1)!.r;
  if (!cuts.even.some(({r}) => r === state.cut.r)) state.cut.r = firstRank(cuts);
  const columns = make(panel, "div", "inspect-columns wide-left");
  const left = titledSection(make(columns, "div"), "To which rank?");
  const right = make(columns, "div");
  suggestPart(screen, left, cuts);
  choiceButtons(
    left,
    "How ranks are given",
    [
      ["even", "Same rank everywhere"],
      ["split", "Best split"],
    ],
    state.cut.isSplit ? "split" : "even",
    (value) => {
      state.cut.isSplit = value === "split";
      redraw();
    },
  );
  const curve = make(left, "div", "inspect-curve");
  const redraw = () => {
    const [line, beside] = state.cut.isSplit ? [cuts.split, cuts.even] : [cuts.even, cuts.split];
    drawCurve(curve, line, beside, state.cut.r);
    sayCut(screen, adapter, cuts);
    lossPart(right, screen, adapter, cuts);
    updateTable();
  };
  const updateTable = rankTable(left, screen, cuts, largest, redraw);
  const observer = new ResizeObserver(() => redraw());
  observer.observe(left);
  screen.onLeave = () => observer.disconnect();
  redraw();
}

/** Makes the table whose rows choose the rank. Returns a function that updates its numbers. */
function rankTable(root: Element, {state}: ScreenContext, cuts: Cuts, largest: number, redraw: () => void): () => void {
  const box = make(root, "div", "scroller");
  const table = make(box, "table", "inspect-table inspect-ranks");
  const head = make(make(table, "thead"), "tr");
  for (const name of ["Rank", "‖ΔW − ΔW′‖ / ‖ΔW‖", "Of ‖ΔW‖² kept", "File size, about"])
    make(head, "th", "", name).scope = "col";
  const body = make(table, "tbody");
  const cells = cuts.even.map(({r}) => {
    const row = make(body, "tr");
    const label = make(make(row, "th"), "label");
    const dot = make(label, "input");
    dot.type = "radio";
    dot.name = "inspect-rank";
    dot.value = String(r);
    dot.checked = r === state.cut.r;
    label.append(` ${r}${r === largest ? ", as it is" : ""}`);
    dot.addEventListener("change", () => {
      state.cut.r = r;
      redraw();
    });
    return {row, texts: [make(row, "td"), make(row, "td"), make(row, "td")] as const};
  });
  return () => {
    const rows = state.cut.isSplit ? cuts.split : cuts.even;
    rows.forEach(({r, error, bytes}, i) => {
      const {row, texts} = cells[i]!;
      row.className = r === state.cut.r ? "chosen" : "";
      texts[0].textContent = fixedPercent(error, 2);
      texts[1].textContent = fixedPercent(1 - error * error);
      texts[2].textContent = fileSizeText(bytes);
    });
  };
}

/** Writes the sentence at the top. */
function sayCut({state, sentence}: ScreenContext, adapter: OpenAdapter, cuts: Cuts): void {
  const {r, isSplit} = state.cut;
  const row = (isSplit ? cuts.split : cuts.even).find((one) => one.r === r)!;
  const [before, after] = [fileSizeText(adapter.opened.facts.bytes), fileSizeText(row.bytes)];
  writeSentence(
    sentence,
    r === cuts.even.at(-1)!.r
      ? "At its own rank nothing is lost, and nothing saved."
      : `${isSplit ? `With the best split at the size of rank ${r}` : `At rank ${r}`}, the update changes by ${fixedPercent(row.error)} of its length, and the file shrinks from ${before} to about ${after}.`,
  );
}

/** What the chosen rank loses, in which module most, and the button to export it. */
function lossPart(root: HTMLElement, screen: ScreenContext, adapter: OpenAdapter, cuts: Cuts): void {
  const {state} = screen;
  root.replaceChildren();
  const at = cuts.even.findIndex(({r}) => r === state.cut.r);
  const {isSplit} = state.cut;
  const [even, split, worst] = [cuts.even[at]!, cuts.split[at]!, (isSplit ? cuts.worstSplit : cuts.worst)[at]!];
  const section = titledSection(root, "What is lost, and where");
  const spot = adapter.modules.get(worst.name)?.spot;
  paragraph(
    section,
    `The error is exact: no update of ${isSplit ? "these ranks" : `rank ${even.r}`} is nearer to yours (Eckart and Young). ` +
      (worst.share > 0
        ? `The module that loses the largest share is ${spot ? spotWords(spot) : worst.name}, ${fixedPercent(worst.share, 0)} of its own length. `
        : "") +
      "What that costs on your task, only your task can tell.",
  );
  const best = make(section, "p");
  make(best, "b", "", "Best split: ");
  best.append(
    `the same number of parameters, given to the modules that lose most without them (ranks ${split.least} to ${split.most}), leaves an error of ${fixedPercent(split.error)} instead of ${fixedPercent(even.error)}. PEFT reads such ranks through rank_pattern. vLLM and llama.cpp need the largest rank everywhere, as Take home writes it for every reader; for them, take the same rank.`,
  );
  const scales = new Set([...adapter.modules.values()].map(({scale}) => scale));
  aside(
    section,
    unbroken(
      `α is written so that α / r keeps its value${scales.size === 1 ? `, ${[...scales][0]!.toLocaleString("en-US")}` : ""}. Sizes are counted with the formats that the file has now.`,
    ),
  );
  mainButton(section, state.cut.isSplit ? "Take the split home" : `Take rank ${even.r} home`, () => {
    state.take.kind = "cut";
    screen.goTo("take");
  });
}

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 230;
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 14, 12, 28];
/** The most ranks that are written below the axis. */
const MAX_TICKS = 10;

type Attributes = Record<string, string | number>;

function shape(parent: Element, tag: string, attributes: Attributes, text = ""): SVGElement {
  const element = parent.ownerDocument.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text) element.textContent = text;
  parent.append(element);
  return element;
}

/** The end of the error axis: the least of 5, 10, 25, 50 and 100% that is not below the largest error. */
const axisEnd = (most: number) => [0.05, 0.1, 0.25, 0.5, 1].find((top) => most <= top) ?? 1;

/** Draws `rows` as a line into an element, which is emptied, and `beside` as a second, thinner line. */
export function drawCurve(root: HTMLElement, rows: readonly CutRow[], beside: readonly CutRow[], chosen: number): void {
  root.replaceChildren();
  const width = Math.max(260, root.clientWidth || 560);
  const svg = shape(root, "svg", {viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img"});
  svg.setAttribute("aria-label", "Error by rank; the table below has the numbers");
  const largest = rows.at(-1)?.r ?? 1;
  const top = axisEnd(rows.reduce((most, {error}) => Math.max(most, error), 0));
  const x = (r: number) => LEFT + ((width - LEFT - RIGHT) * (r - 1)) / Math.max(1, largest - 1);
  const y = (error: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - error / top);
  for (const share of [0, 0.5, 1]) {
    shape(svg, "line", {class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(share * top), y2: y(share * top)});
    shape(
      svg,
      "text",
      {class: "tick", x: LEFT - 8, y: y(share * top) + 4.5, "text-anchor": "end"},
      fixedPercent(share * top, top < 0.1 ? 1 : 0),
    );
  }
  const every = Math.ceil(rows.length / MAX_TICKS);
  rows.forEach(({r}, i) => {
    if (i % every === 0)
      shape(svg, "text", {class: "tick", x: x(r), y: HEIGHT - 8, "text-anchor": "middle"}, String(r));
  });
  const line = (all: readonly CutRow[], name: string) =>
    shape(svg, "polyline", {
      class: name,
      points: all.map(({r, error}) => `${x(r).toFixed(1)},${y(error).toFixed(1)}`).join(" "),
    });
  line(beside, "beside");
  line(rows, "line");
  for (const {r, error} of rows)
    if (rows.length <= 32) shape(svg, "circle", {class: "dot", cx: x(r), cy: y(error), r: 3.5});
  const one = rows.find(({r}) => r === chosen);
  if (one) shape(svg, "circle", {class: "chosen", cx: x(one.r), cy: y(one.error), r: 7});
}
