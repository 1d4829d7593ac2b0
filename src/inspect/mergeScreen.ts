/** The screen “Merge”: a weighted sum of two updates. It is computed from Gram matrices, fast enough to follow the sliders. */
import {make} from "../figure/makeElement.ts";
import {drawBars} from "./bars.ts";
import {Cancelled} from "./client.ts";
import {comparisonFor, listLeftOut} from "./compareScreen.ts";
import {differentBases} from "./displayName.ts";
import {wordsPart} from "./forge/forgeWords.ts";
import {fileSizeText, fixedPercent, signed} from "./format.ts";
import {ModuleMap} from "./moduleMap.ts";
import {newestOnly} from "./newestOnly.ts";
import {aside, note, numberField, paragraph, planFacts, pressButton, titledSection, writeSentence} from "./parts.ts";
import type {ComparedAdapters, MergeRanks, MergeView} from "./protocol.ts";
import type {InspectState, ScreenContext} from "./state.ts";

/** Weights that have a button. */
const PRESETS: readonly [string, [number, number]][] = [
  ["1 only", [1, 0]],
  ["Both", [1, 1]],
  ["Half and half", [0.5, 0.5]],
  ["2 only", [0, 1]],
  ["1 minus 2", [1, -1]],
];
/** The color is full where the merge is this much longer or shorter than two unrelated updates would make it. */
const FULL_COLOR = 0.4;

/** Draws the screen. */
export function mergeScreen(screen: ScreenContext): void {
  const compared = comparisonFor(screen, "Merging");
  if (!compared) return;
  const {state, panel} = screen;
  listLeftOut(panel, compared, "in these numbers");
  noteBases(panel, state);
  const columns = make(panel, "div", "inspect-columns wide-left");
  const left = make(columns, "div");
  const right = make(columns, "div");
  state.chosenPair = compared.pairs.some(({name}) => name === state.chosenPair)
    ? state.chosenPair!
    : compared.pairs[0]!.name;
  const section = titledSection(right, "Length kept, module by module");
  const map = new ModuleMap(section, compared.spots, "Length kept by the merge", (name) => {
    if (!compared.pairs.some((one) => one.name === name)) return;
    state.chosenPair = name;
    ask();
  });
  for (const {name, why} of compared.failed) map.setUnusable(name, why);
  map.choose(state.chosenPair);
  aside(section, "100% is the length if the two were unrelated. Below it they cancel, above it they add up.");
  const spectrum = make(right, "section", "inspect-spectrum");
  let kept = 1;
  const ask = mergeShower(screen, (view, ranks) => {
    if (view) {
      kept = view.whole.kept;
      compared.pairs.forEach(({name}, i) => {
        const excess = view.kept[i]! - 1;
        map.set(name, {
          text: fixedPercent(view.kept[i]!, 0),
          share: Math.abs(excess) / FULL_COLOR,
          hue: excess < 0 ? "negative" : "positive",
        });
      });
      spectrum.replaceChildren();
      const title = make(spectrum, "h2", "", "Exact spectrum of the merge, ");
      make(title, "code", "", state.chosenPair);
      drawBars(make(spectrum, "div"), view.s, `Singular values of the merge of ${state.chosenPair}`);
    }
    showSentence(screen, compared, kept, ranks);
    if (ranks) showLosses(ranks.lost);
  });
  weightsPart(screen, left, () => {
    ask();
    write?.();
  });
  const write = wordsPart(screen, left);
  // The forge's words fill the left column, so the file goes to the right then.
  const showLosses = mergedFilePart(screen, write ? right : left, compared);
  ask();
}

/** Writes a note where the configs of both name different bases. */
export function noteBases(root: Element, {adapters: [one, two]}: InspectState): void {
  const sentence = one && two && differentBases(one.opened, two.opened);
  if (sentence) note(root, sentence);
}

/** Writes the sentence at the top; `kept` is the norm of the merge over the norm that two unrelated updates would give it. */
function showSentence(
  {sentence, state}: ScreenContext,
  compared: ComparedAdapters,
  kept: number,
  ranks?: MergeRanks,
): void {
  const [w1, w2] = state.weights;
  if (w1 === 0 || w2 === 0) {
    writeSentence(
      sentence,
      w1 === w2
        ? "With both weights at 0 nothing is left."
        : `Only the ${w2 === 0 ? "first" : "second"} counts: its weight is ${signed(w1 || w2)}.`,
    );
    return;
  }
  if (ranks?.r90 === 0) {
    writeSentence(sentence, "The merge changes nothing: its ΔW is 0 in every module.");
    return;
  }
  const [r1, r2] = ranks?.ranks ?? [0, 1].map((i) => Math.max(...compared.pairs.map((pair) => pair.ranks[i]!)));
  const change = Math.round(100 * kept) - 100;
  const size = change === 0 ? "as long as" : `${Math.abs(change)}% ${change > 0 ? "longer" : "shorter"} than`;
  const length = `it is ${size} the sum of two unrelated updates of these lengths`;
  writeSentence(
    sentence,
    ranks
      ? `The merge has rank ${r1! + r2!} (${r1} + ${r2}); on average ${ranks.r90.toFixed(1)} directions carry 90% of it, and ${length}.`
      : `The merge has rank ${r1! + r2!} (${r1} + ${r2}), and ${length}.`,
  );
}

/** Returns a function that computes the merge at the present weights and shows it: first the norms, then the ranks of all modules. */
function mergeShower(screen: ScreenContext, show: (view?: MergeView, ranks?: MergeRanks) => void): () => void {
  const {state, client} = screen;
  let stop = new AbortController();
  screen.onLeave = () => stop.abort();
  const compute = newestOnly(async () => {
    stop = new AbortController();
    const {signal} = stop;
    const weights: [number, number] = [...state.weights];
    try {
      show(await client.ask("merge", {weights, name: state.chosenPair!}));
      if (!signal.aborted) show(undefined, await client.ask("mergeRanks", {weights}, {signal}));
    } catch (error) {
      if (!(error instanceof Cancelled)) writeSentence(screen.sentence, (error as Error).message);
    }
  });
  return () => {
    stop.abort();
    compute();
  };
}

/** The sliders of both weights, and buttons for common ones. */
function weightsPart({state}: ScreenContext, root: Element, ask: () => void): void {
  const section = titledSection(root, "Weights");
  const fields = ([0, 1] as const).map((slot) => {
    const label = make(section, "label", "inspect-weight");
    make(label, "span", "badge", String(slot + 1));
    make(label, "span", "name", state.adapters[slot]!.opened.name);
    const slider = make(label, "input");
    slider.type = "range";
    [slider.min, slider.max, slider.step] = ["-1", "2", "0.05"];
    const output = make(label, "output");
    const show = () => {
      slider.value = String(state.weights[slot]);
      output.textContent = signed(state.weights[slot]);
    };
    slider.addEventListener("input", () => {
      state.weights[slot] = slider.valueAsNumber;
      show();
      ask();
    });
    slider.addEventListener("keydown", (event) => {
      const step = event.key === "PageUp" ? 0.5 : event.key === "PageDown" ? -0.5 : 0;
      if (step === 0) return;
      event.preventDefault();
      state.weights[slot] = Math.max(-1, Math.min(2, state.weights[slot] + step));
      show();
      ask();
    });
    show();
    return show;
  });
  const row = make(section, "div", "inspect-buttons");
  for (const [name, weights] of PRESETS)
    pressButton(row, name, () => {
      state.weights = [...weights];
      for (const show of fields) show();
      ask();
    });
}

/** Draws the part “The merged file”: the file that an export would write, whole or cut. Returns a function to call when the weights have changed, with what a cut to rank 1, 2, … loses. */
export function mergedFilePart(
  screen: ScreenContext,
  root: Element,
  compared: ComparedAdapters,
): (losses: readonly number[]) => void {
  const {state} = screen;
  const section = titledSection(root, "The merged file");
  paragraph(
    section,
    "The sum of both updates, exactly: B₁ and B₂ side by side, times their weights, and A₁ above A₂, so the ranks add up. It can then be cut to a lower rank. Take home also offers PEFT’s way of adding the factors, TIES and DARE, which give other updates.",
  );
  const ranks = [0, 1].map((i) => compared.pairs.reduce((most, pair) => Math.max(most, pair.ranks[i]!), 1));
  const whole = ranks[0]! + ranks[1]!;
  let rank = Math.min(state.take.rank ?? Math.max(...ranks), whole - 1);
  let losses: readonly number[] | undefined;
  const form = make(section, "div", "inspect-form");
  const lossText = make(section, "p", "inspect-lost");
  lossText.setAttribute("role", "status");
  const facts = make(section, "div", "inspect-plan");
  const row = make(section, "div", "inspect-buttons");
  const goToExport = (rank: number | undefined) => {
    state.shown = 0;
    Object.assign(state.take, {kind: "merge", method: "sum", rank});
    screen.goTo("take");
  };
  const main = pressButton(row, "", () => goToExport(rank), "main");
  pressButton(row, "Take it home whole", () => goToExport(undefined));
  const update = () => {
    main.textContent = `Cut to rank ${rank} and take home`;
    lossText.textContent = losses ? cutSentence(rank, losses, whole) : "";
  };
  const showPlan = planShower(screen, facts, () => rank);
  numberField(form, "Cut to rank", rank, 1, whole - 1, (value) => {
    rank = value;
    update();
    showPlan();
  });
  aside(
    section,
    "Neither was trained on what the other does to its inputs. Only a test on the task can tell how well the merge works.",
  );
  update();
  showPlan();
  return (newLosses) => {
    losses = newLosses;
    update();
  };
}

/** Returns a function that shows the files of the merge, whole and cut to the present rank. */
function planShower({state, client}: ScreenContext, root: HTMLElement, rankOf: () => number): () => void {
  return newestOnly(async () => {
    const rank = rankOf();
    const change = {kind: "merge", weights: state.weights, method: "sum", density: 1} as const;
    const as = state.adapters[0]!.opened.exportErrors.PEFT === undefined ? "PEFT" : "same";
    try {
      const [all, cut] = await Promise.all([
        client.ask("plan", {slot: 0, as, change}),
        client.ask("plan", {slot: 0, as, change: {...change, rank}}),
      ]);
      root.replaceChildren();
      planFacts(root, all, `${fileSizeText(all.bytes)} whole, ${fileSizeText(cut.bytes)} at rank ${rank}`);
    } catch (error) {
      root.replaceChildren();
      note(root, (error as Error).message);
    }
  });
}

/** What the merge loses by a cut, in a sentence; `losses` begins with rank 1. */
export function cutSentence(rank: number, losses: readonly number[], whole: number): string {
  const loss = losses[rank - 1] ?? 0;
  return loss < 1e-7
    ? `Cut to rank ${rank}, the merge loses nothing: its updates share directions.`
    : `Cut to rank ${rank}, the merge changes by ${fixedPercent(loss, 2)} of its length; whole, at rank ${whole}, it loses nothing.`;
}
