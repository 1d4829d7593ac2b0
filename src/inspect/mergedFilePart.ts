/** The part “The merged file” of the merge screen: the file that an export would write, whole or cut to a lower rank. */
import {make} from "../figure/makeElement.ts";
import {numberField} from "./fields.ts";
import {fileSizeText, fixedPercent} from "./format.ts";
import {pressButton, titledSection} from "./parts.ts";
import {planFacts} from "./planFacts.ts";
import type {ComparedAdapters} from "./protocol.ts";
import type {ScreenContext} from "./state.ts";

/** Draws the part → a function to call when the weights have changed, with what a cut to rank 1, 2, … loses. */
export function mergedFilePart(
  screen: ScreenContext,
  root: Element,
  compared: ComparedAdapters,
): (losses: readonly number[]) => void {
  const {state} = screen;
  const section = titledSection(root, "The merged file");
  make(
    section,
    "p",
    "",
    "The sum of both updates, exactly: B₁ and B₂ side by side, times their weights, and A₁ above A₂, so the ranks add up. It can then be cut to a lower rank. Take home also offers PEFT’s way of adding the factors, TIES and DARE, which give other updates.",
  );
  const ranks = [0, 1].map((i) => compared.pairs.reduce((most, pair) => Math.max(most, pair.ranks[i]!), 1));
  const whole = ranks[0]! + ranks[1]!;
  let rank = Math.min(state.take.rank ?? Math.max(...ranks), whole - 1);
  let losses: readonly number[] | undefined;
  const form = make(section, "div", "inspect-form");
  const lost = make(section, "p", "inspect-lost");
  lost.setAttribute("role", "status");
  const facts = make(section, "div", "inspect-plan");
  const row = make(section, "div", "inspect-buttons");
  const goToExport = (rank: number | undefined) => {
    state.shown = 0;
    Object.assign(state.take, {kind: "merge", method: "sum", rank});
    screen.goTo("take");
  };
  const main = pressButton(row, "", () => goToExport(rank), "main");
  pressButton(row, "Take it home whole", () => goToExport(undefined));
  const tell = () => {
    main.textContent = `Cut to rank ${rank} and take home`;
    lost.textContent = losses ? cutSentence(rank, losses, whole) : "";
  };
  const plan = planShower(screen, facts);
  numberField(form, "Cut to rank", rank, 1, whole - 1, (value) => {
    rank = value;
    tell();
    plan(rank);
  });
  make(
    section,
    "p",
    "inspect-aside",
    "Neither was trained on what the other does to its inputs. Only a test on the task can tell how well the merge works.",
  );
  tell();
  plan(rank);
  return (now) => {
    losses = now;
    tell();
  };
}

/** → a function that shows the files of the merge, whole and cut to a rank. An answer for an older rank is not shown. */
function planShower({state, client}: ScreenContext, root: HTMLElement): (rank: number) => Promise<void> {
  let newest = 0;
  return async (rank) => {
    newest = rank;
    const change = {kind: "merge", weights: state.weights, method: "sum", density: 1} as const;
    const as = state.adapters[0]!.opened.cannot.PEFT === undefined ? "PEFT" : "same";
    try {
      const [all, cut] = await Promise.all([
        client.ask("plan", {slot: 0, as, change}),
        client.ask("plan", {slot: 0, as, change: {...change, rank}}),
      ]);
      if (newest !== rank) return;
      root.replaceChildren();
      planFacts(root, all, `${fileSizeText(all.bytes)} whole, ${fileSizeText(cut.bytes)} at rank ${rank}`);
    } catch (error) {
      if (newest !== rank) return;
      root.replaceChildren();
      make(root, "p", "inspect-note", (error as Error).message);
    }
  };
}

/** What the merge loses by a cut, in a sentence; `losses` begins with rank 1. */
export function cutSentence(rank: number, losses: readonly number[], whole: number): string {
  const lost = losses[rank - 1] ?? 0;
  return lost < 1e-7
    ? `Cut to rank ${rank}, the merge loses nothing: its updates share directions.`
    : `Cut to rank ${rank}, the merge changes by ${fixedPercent(lost, 2)} of its length; whole, at rank ${whole}, it loses nothing.`;
}
