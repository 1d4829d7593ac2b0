/** The screen “Resize”: what a cut to each lower rank would lose, in a table whose rows choose the rank. */
import {make} from "../figure/makeElement.ts";
import {fileSizeText, fixedPercent, unbroken} from "./format.ts";
import {spotWords} from "./moduleMap.ts";
import {
  aside,
  choiceButtons,
  mainButton,
  paragraph,
  pressButton,
  sayIfUnavailable,
  titledSection,
  writeSentence,
} from "./parts.ts";
import type {CutRow, Cuts, EnoughRanks} from "./protocol.ts";
import type {InspectState, OpenAdapter, ScreenContext} from "./state.ts";

/** The rank that is chosen, and whether it is the same everywhere or the size of the best split. */
type ChosenCut = InspectState["cut"];

export function drawResizeScreen(screen: ScreenContext): void {
  const {state, sentence, panel} = screen;
  const adapter = state.adapters[state.shownSlot]!;
  if (sayIfUnavailable(screen, adapter)) return;
  const reason = whyNothingToCut([...adapter.modules.values()]);
  if (reason) {
    writeSentence(sentence, reason);
    return;
  }
  if (adapter.cuts) {
    drawCuts(screen, adapter, adapter.cuts);
    return;
  }
  writeSentence(sentence, "Counting what each rank would lose…");
  screen.client.ask("cuts", {slot: state.shownSlot}).then(
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

/** A sentence where there is no lower rank or nothing to lose; else undefined. */
export function whyNothingToCut(modules: readonly {r: number; norm: number}[]): string | undefined {
  if (modules.every(({norm}) => norm === 0)) return "Every ΔW is 0: there is nothing to cut.";
  return modules.every(({r}) => r === 1) ? "Every update has rank 1: there is nothing to cut." : undefined;
}

/** The rank to begin with: half of the largest, or the next one offered below it. */
const firstRank = ({rows}: Cuts) => rows.findLast(({r}) => r <= Math.max(1, rows.at(-1)!.r / 2))!.r;

/** The loss below which a rank is enough, SMALL_LOSS of cutting.ts in words. */
const SMALL_ERROR = "an error under 10%";

/** Which ranks are enough, as a sentence, and the ranks that get a button. */
export function suggestion({forAll, forMost, enoughCount, moduleCount, largest}: EnoughRanks): {
  sentence: string;
  ranks: number[];
} {
  const modulesText = enoughCount === moduleCount ? "every module" : `most modules, ${enoughCount} of ${moduleCount}`;
  if (forMost >= largest) return {sentence: `No rank below ${largest} has ${SMALL_ERROR} in most modules.`, ranks: []};
  if (forAll >= largest)
    return {
      sentence: `Rank ${forMost} is the smallest with ${SMALL_ERROR} in ${modulesText}. In every module only rank ${largest} has that, as it is.`,
      ranks: [forMost],
    };
  const forMostText = forMost < forAll ? ` For ${modulesText}, rank ${forMost} is enough.` : "";
  return {
    sentence: `Rank ${forAll} is the smallest with ${SMALL_ERROR} in every module.${forMostText}`,
    ranks: forMost < forAll ? [forAll, forMost] : [forAll],
  };
}

function drawSuggestPart(screen: ScreenContext, root: Element, {enough}: Cuts): void {
  const {sentence, ranks} = suggestion(enough);
  paragraph(root, sentence, "inspect-suggestion");
  if (ranks.length === 0) return;
  const row = make(root, "div", "inspect-buttons");
  for (const r of ranks)
    pressButton(row, `Choose rank ${r}`, () => {
      Object.assign(screen.state.cut, {r, isSplit: false});
      screen.draw();
      screen.panel.querySelector<HTMLElement>(`.inspect-ranks input[value="${r}"]`)?.focus();
    });
}

/** Draws the table of ranks, and what the chosen rank loses. */
function drawCuts(screen: ScreenContext, adapter: OpenAdapter, cuts: Cuts): void {
  const {cut} = screen.state;
  if (!cuts.rows.some(({r}) => r === cut.r)) cut.r = firstRank(cuts);
  const columns = make(screen.panel, "div", "inspect-columns wide-left");
  const left = titledSection(make(columns, "div"), "To which rank?");
  const right = make(columns, "div");
  const update = () => {
    const row = cuts.rows.find(({r}) => r === cut.r)!;
    writeSentence(screen.sentence, cutSentence(cut, row, cuts, adapter.opened.facts.bytes));
    drawLoss(right, screen, adapter, row);
    updateTable();
  };
  drawSuggestPart(screen, left, cuts);
  choiceButtons(
    left,
    "How ranks are given",
    [
      ["even", "Same rank everywhere"],
      ["split", "Best split"],
    ],
    cut.isSplit ? "split" : "even",
    (value) => {
      cut.isSplit = value === "split";
      update();
    },
  );
  const updateTable = drawRankTable(left, cut, cuts, update);
  update();
}

/** Draws the table whose rows choose the rank. Returns a function that writes its numbers and marks the chosen row. */
function drawRankTable(root: Element, cut: ChosenCut, {rows}: Cuts, onChoose: () => void): () => void {
  const table = make(make(root, "div", "scroller"), "table", "inspect-table inspect-ranks");
  const head = make(make(table, "thead"), "tr");
  for (const name of ["Rank", "‖ΔW − ΔW′‖ / ‖ΔW‖", "Of ‖ΔW‖² kept", "File size, about"])
    make(head, "th", "", name).scope = "col";
  const body = make(table, "tbody");
  const largestError = rows.reduce((most, {even}) => Math.max(most, even.error), 0);
  const updates = rows.map((row) => {
    const line = make(body, "tr");
    const label = make(make(line, "th"), "label");
    const field = make(label, "input");
    Object.assign(field, {type: "radio", name: "inspect-rank", value: String(row.r), checked: row.r === cut.r});
    label.append(` ${row.r}${row === rows.at(-1) ? ", as it is" : ""}`);
    field.addEventListener("change", () => {
      cut.r = row.r;
      onChoose();
    });
    const [errorCell, keptCell, sizeCell] = [make(line, "td", "error"), make(line, "td"), make(line, "td")];
    return () => {
      const {error, bytes} = cut.isSplit ? row.split : row.even;
      line.className = row.r === cut.r ? "chosen" : "";
      errorCell.textContent = fixedPercent(error, 2);
      errorCell.style.setProperty("--share", fixedPercent(largestError > 0 ? error / largestError : 0));
      keptCell.textContent = fixedPercent(1 - error ** 2);
      sizeCell.textContent = fileSizeText(bytes);
    };
  });
  return () => {
    for (const update of updates) update();
  };
}

/** The sentence at the top. The file has `fileBytes` now. */
function cutSentence({r, isSplit}: ChosenCut, row: CutRow, {rows}: Cuts, fileBytes: number): string {
  if (row === rows.at(-1)) return "At its own rank nothing is lost, and nothing saved.";
  const {error, bytes} = isSplit ? row.split : row.even;
  const where = isSplit ? `With the best split at the size of rank ${r}` : `At rank ${r}`;
  return `${where}, the update changes by ${fixedPercent(error)} of its length, and the file shrinks from ${fileSizeText(fileBytes)} to about ${fileSizeText(bytes)}.`;
}

/** Draws what the chosen rank loses, in which module most, and the button to export it. */
function drawLoss(root: HTMLElement, screen: ScreenContext, adapter: OpenAdapter, {r, even, split}: CutRow): void {
  const {cut, exportFields} = screen.state;
  root.replaceChildren();
  const {worst} = cut.isSplit ? split : even;
  const section = titledSection(root, "What is lost, and where");
  const spot = adapter.modules.get(worst.name)!.spot;
  paragraph(
    section,
    `The error is exact: no update of ${cut.isSplit ? "these ranks" : `rank ${r}`} is nearer to yours (Eckart and Young). ` +
      (worst.share > 0
        ? `The module that loses the largest share is ${spotWords(spot)}, ${fixedPercent(worst.share, 0)} of its own length. `
        : "") +
      "What that costs on your task, only your task can tell.",
  );
  const best = make(section, "p");
  make(best, "b", "", "Best split: ");
  best.append(
    `the same number of parameters, given to the modules that lose most without them (ranks ${split.minRank} to ${split.maxRank}), leaves an error of ${fixedPercent(split.error)} instead of ${fixedPercent(even.error)}. PEFT reads such ranks through rank_pattern. vLLM and llama.cpp need the largest rank everywhere, as Take home writes it for every reader; for them, take the same rank.`,
  );
  const scales = new Set([...adapter.modules.values()].map(({scale}) => scale));
  const scale = scales.size === 1 ? `, ${[...scales][0]!.toLocaleString("en-US")}` : "";
  aside(
    section,
    unbroken(
      `α is written so that α / r keeps its value${scale}. Sizes are counted with the formats that the file has now.`,
    ),
  );
  mainButton(section, cut.isSplit ? "Take the split home" : `Take rank ${r} home`, () => {
    exportFields.kind = "cut";
    screen.goTo("take");
  });
}
