/** The screen “Merge”: a weighted sum of two updates. It is computed from Gram matrices, fast enough to follow the sliders. */
import {make} from "../figure/makeElement.ts";
import {fixed} from "../figure/plot/text/format.ts";
import {drawBars} from "./bars.ts";
import {CancelledError} from "./client.ts";
import {comparisonFor, listLeftOut} from "./compareScreen.ts";
import {differentBases} from "./displayName.ts";
import {drawWordsPart} from "./forge/forgeWords.ts";
import {fixedPercent} from "./format.ts";
import {ModuleMap} from "./moduleMap.ts";
import {oneAtATime} from "./oneAtATime.ts";
import {aside, mainButton, note, paragraph, pressButton, titledSection, writeSentence} from "./parts.ts";
import type {AdapterSlot, ComparedAdapters, MergeView, Weights} from "./protocol.ts";
import type {InspectState, ScreenContext} from "./state.ts";

/** Weights that have a button. */
const PRESETS: readonly [name: string, weights: Weights][] = [
  ["1 only", [1, 0]],
  ["Both", [1, 1]],
  ["Half and half", [0.5, 0.5]],
  ["2 only", [0, 1]],
  ["1 minus 2", [1, -1]],
];
/** The sliders' range, and how far Page Up and Page Down move them. */
const [MIN_WEIGHT, MAX_WEIGHT, WEIGHT_STEP, PAGE_STEP] = [-1, 2, 0.05, 0.5];
/** The color is full where the merge is longer or shorter by this share than two unrelated updates would make it. */
const FULL_COLOR = 0.4;

export function drawMergeScreen(screen: ScreenContext): void {
  const compared = comparisonFor(screen, "Merging");
  if (!compared) return;
  const {state, panel} = screen;
  listLeftOut(panel, compared, "in these numbers");
  noteBases(panel, state);
  const columns = make(panel, "div", "inspect-columns wide-left");
  const left = make(columns, "div");
  const right = make(columns, "div");
  const updateSum = drawSumPart(screen, right, compared);
  drawWeightsPart(screen, left, () => {
    updateSum();
    updateWords?.();
  });
  const updateWords = drawWordsPart(screen, left);
  drawFilePart(screen, left);
}

/** Writes a note where the configs of both name different bases. */
export function noteBases(root: Element, {adapters: [one, two]}: InspectState): void {
  const sentence = one && two && differentBases(one.opened, two.opened);
  if (sentence) note(root, sentence);
}

/** Draws the map of lengths and the spectrum of one module, and the sentence at the top. Returns a function that updates them. */
function drawSumPart(screen: ScreenContext, root: Element, compared: ComparedAdapters): () => void {
  const {state} = screen;
  const isCompared = (name: string | undefined) => compared.pairs.some((pair) => pair.name === name);
  if (!isCompared(state.chosenPair)) state.chosenPair = compared.pairs[0]!.name;
  const section = titledSection(root, "Length kept, module by module");
  const map = new ModuleMap(section, compared.spots, "Length kept by the merge", (name) => {
    if (!isCompared(name)) return;
    state.chosenPair = name;
    update();
  });
  for (const {name, why} of compared.leftOut) map.setUnusable(name, why);
  map.choose(state.chosenPair!);
  aside(section, "100% is the length if the two were unrelated. Below it they cancel, above it they add up.");
  const spectrum = make(root, "section", "inspect-spectrum");
  const update = mergeUpdater(screen, (merge, directions) => {
    writeSentence(screen.sentence, mergeSentence(state.weights, compared, merge.whole.lengthKept, directions));
    if (directions !== undefined) return;
    compared.pairs.forEach(({name}, i) => {
      const excess = merge.lengthsKept[i]! - 1;
      map.set(name, {
        text: fixedPercent(merge.lengthsKept[i]!, 0),
        share: Math.abs(excess) / FULL_COLOR,
        hue: excess < 0 ? "negative" : "positive",
      });
    });
    spectrum.replaceChildren();
    const title = make(spectrum, "h2", "", "Exact spectrum of the merge, ");
    make(title, "code", "", state.chosenPair);
    drawBars(make(spectrum, "div"), merge.s, `Singular values of the merge of ${state.chosenPair}`);
  });
  update();
  return update;
}

/** Returns a function that computes the merge at the present weights. `show` gets it at once, and again with its mean of directions. */
function mergeUpdater(screen: ScreenContext, show: (merge: MergeView, directions?: number) => void): () => void {
  const {state, client} = screen;
  let stop = new AbortController();
  screen.onLeave = () => stop.abort();
  const compute = oneAtATime(async () => {
    stop = new AbortController();
    const {signal} = stop;
    const weights: Weights = [...state.weights];
    try {
      const merge = await client.ask("merge", {weights, name: state.chosenPair!});
      show(merge);
      if (!signal.aborted) show(merge, await client.ask("mergeDirections", {weights}, {signal}));
    } catch (error) {
      if (!(error instanceof CancelledError)) writeSentence(screen.sentence, (error as Error).message);
    }
  });
  return () => {
    stop.abort();
    compute();
  };
}

/**
 * The sentence at the top. `lengthKept` is the norm of the merge over the norm that two unrelated updates would give it; `directions` is
 * how many carry 90% of it, absent until that is computed.
 */
function mergeSentence([w1, w2]: Weights, {pairs}: ComparedAdapters, lengthKept: number, directions?: number): string {
  if (w1 === 0 && w2 === 0) return "With both weights at 0 nothing is left.";
  if (w1 === 0 || w2 === 0)
    return `Only the ${w2 === 0 ? "first" : "second"} counts: its weight is ${fixed(w1 || w2, 2)}.`;
  if (directions === 0) return "The merge changes nothing: its ΔW is 0 in every module.";
  const largestRank = (slot: AdapterSlot) => pairs.reduce((most, {ranks}) => Math.max(most, ranks[slot]), 0);
  const [r1, r2] = [largestRank(0), largestRank(1)];
  const change = Math.round(100 * lengthKept) - 100;
  const size = change === 0 ? "as long as" : `${Math.abs(change)}% ${change > 0 ? "longer" : "shorter"} than`;
  const directionsText = directions ? `; on average ${directions.toFixed(1)} directions carry 90% of it, and` : ", and";
  return `The merge has rank ${r1 + r2} (${r1} + ${r2})${directionsText} it is ${size} the sum of two unrelated updates of these lengths.`;
}

/** Draws the sliders of both weights, and buttons for common ones. */
function drawWeightsPart({state}: ScreenContext, root: Element, onChange: () => void): void {
  const section = titledSection(root, "Weights");
  const weightShowers = ([0, 1] as const).map((slot) => {
    const label = make(section, "label", "inspect-weight");
    make(label, "span", "badge", String(slot + 1));
    make(label, "span", "name", state.adapters[slot]!.opened.name);
    const slider = make(label, "input");
    slider.type = "range";
    Object.assign(slider, {min: String(MIN_WEIGHT), max: String(MAX_WEIGHT), step: String(WEIGHT_STEP)});
    const output = make(label, "output");
    const show = () => {
      slider.value = String(state.weights[slot]);
      output.textContent = fixed(state.weights[slot], 2);
    };
    const set = (weight: number) => {
      state.weights[slot] = Math.max(MIN_WEIGHT, Math.min(MAX_WEIGHT, weight));
      show();
      onChange();
    };
    slider.addEventListener("input", () => set(slider.valueAsNumber));
    slider.addEventListener("keydown", (event) => {
      const step = {PageUp: PAGE_STEP, PageDown: -PAGE_STEP}[event.key];
      if (step === undefined) return;
      event.preventDefault();
      set(state.weights[slot] + step);
    });
    show();
    return show;
  });
  const row = make(section, "div", "inspect-buttons");
  for (const [name, weights] of PRESETS)
    pressButton(row, name, () => {
      state.weights = [...weights];
      for (const show of weightShowers) show();
      onChange();
    });
}

/** Draws what the merged file is, and the button that leads to its export. */
function drawFilePart(screen: ScreenContext, root: Element): void {
  const section = titledSection(root, "The merged file");
  paragraph(
    section,
    "The sum of both updates, exactly: B₁ and B₂ side by side, times their weights, and A₁ above A₂, so the ranks add up. Take home says what a cut to a lower rank loses, and also offers PEFT’s way of adding the factors, TIES and DARE, which give other updates.",
  );
  aside(
    section,
    "Neither was trained on what the other does to its inputs. Only a test on the task can tell how well the merge works.",
  );
  mainButton(section, "Take the merge home", () => {
    screen.state.shownSlot = 0;
    Object.assign(screen.state.exportFields, {kind: "merge", method: "sum"});
    screen.goTo("take");
  });
}
