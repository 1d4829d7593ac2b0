/** The screen “Resize”: what a cut to each lower rank would lose, in a table whose rows choose the rank. */
import {make} from "../figure/makeElement.ts";
import {drawCurve} from "./curve.ts";
import {fileSizeText, fixedPercent, unbroken} from "./format.ts";
import {spotWords} from "./moduleMap.ts";
import {choiceButtons, pressButton, titledSection, writeSentence} from "./parts.ts";
import type {Cuts, EnoughRanks} from "./protocol.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";
import {isUnavailable} from "./unavailable.ts";

/** Draws the screen. */
export function resizeScreen(screen: ScreenContext): void {
  const {state, sentence, panel} = screen;
  const adapter = state.adapters[state.shown]!;
  if (isUnavailable(screen, adapter)) return;
  const none = nothingToCut([...adapter.modules.values()]);
  if (none) {
    writeSentence(sentence, none);
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
      make(panel, "p", "", "Nothing can be cut here.");
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

const UNDER = "an error under 10%";

/** Which ranks are enough, as a sentence, and the ranks that get a button. */
export function suggestion({every, most, within, of, largest}: EnoughRanks): {sentence: string; ranks: number[]} {
  const share = within === of ? "every module" : `most modules, ${within} of ${of}`;
  if (most >= largest) return {sentence: `No rank below ${largest} has ${UNDER} in most modules.`, ranks: []};
  if (every >= largest)
    return {
      sentence: `Rank ${most} is the smallest with ${UNDER} in ${share}. In every module only rank ${largest} has that, as it is.`,
      ranks: [most],
    };
  const alsoMost = most < every ? ` For ${share}, rank ${most} is enough.` : "";
  return {
    sentence: `Rank ${every} is the smallest with ${UNDER} in every module.${alsoMost}`,
    ranks: most < every ? [every, most] : [every],
  };
}

function suggestPart(screen: ScreenContext, root: Element, {enough}: Cuts): void {
  const {sentence, ranks} = suggestion(enough);
  make(root, "p", "inspect-suggestion", sentence);
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
  const most = cuts.even.at(-1)!.r;
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
      tell();
    },
  );
  const curve = make(left, "div", "inspect-curve");
  const tell = () => {
    const [line, beside] = state.cut.isSplit ? [cuts.split, cuts.even] : [cuts.even, cuts.split];
    drawCurve(curve, line, beside, state.cut.r);
    sayCut(screen, adapter, cuts);
    lossPart(right, screen, adapter, cuts);
    fill();
  };
  const fill = rankTable(left, screen, cuts, most, tell);
  const resized = new ResizeObserver(() => tell());
  resized.observe(left);
  screen.onLeave = () => resized.disconnect();
  tell();
}

/** The table whose rows choose the rank → a function that updates its numbers. */
function rankTable(root: Element, {state}: ScreenContext, cuts: Cuts, most: number, tell: () => void): () => void {
  const box = make(root, "div", "scroller");
  const made = make(box, "table", "inspect-table inspect-ranks");
  const head = make(make(made, "thead"), "tr");
  for (const name of ["Rank", "‖ΔW − ΔW′‖ / ‖ΔW‖", "Of ‖ΔW‖² kept", "File size, about"])
    make(head, "th", "", name).scope = "col";
  const body = make(made, "tbody");
  const cells = cuts.even.map(({r}) => {
    const row = make(body, "tr");
    const label = make(make(row, "th"), "label");
    const dot = make(label, "input");
    dot.type = "radio";
    dot.name = "inspect-rank";
    dot.value = String(r);
    dot.checked = r === state.cut.r;
    label.append(` ${r}${r === most ? ", as it is" : ""}`);
    dot.addEventListener("change", () => {
      state.cut.r = r;
      tell();
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
  make(
    section,
    "p",
    "",
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
  make(
    section,
    "p",
    "inspect-aside",
    unbroken(
      `α is written so that α / r keeps its value${scales.size === 1 ? `, ${[...scales][0]!.toLocaleString("en-US")}` : ""}. Sizes are counted with the formats that the file has now.`,
    ),
  );
  pressButton(
    make(section, "div", "inspect-buttons"),
    state.cut.isSplit ? `Take the split home` : `Take rank ${even.r} home`,
    () => {
      state.take.kind = "cut";
      screen.goTo("take");
    },
    "main",
  );
}
