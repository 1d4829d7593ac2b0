/** The words that the lab's word forge writes with the merge, beside those with each adapter alone. */
import {listed} from "../../engine/wording.ts";
import {reloadButton} from "../../figure/errorNote.ts";
import {make} from "../../figure/makeElement.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {oneAtATime} from "../oneAtATime.ts";
import {aside, paragraph, pressButton, titledSection} from "../parts.ts";
import type {Weights} from "../protocol.ts";
import type {InspectState, ScreenContext} from "../state.ts";
import {drawDoubtPart} from "./doubtPart.ts";

/** The first seed of the draws, which is the lab's, so that a run from there writes the same words here. */
const FIRST_SEED = 11;
/** Milliseconds without a change before screen readers hear the words. */
const ANNOUNCE_DELAY = 900;

/** Draws the part, unless neither adapter is for the forge. Returns a function to call when the weights have changed, if both are. */
export function drawWordsPart(screen: ScreenContext, root: Element): (() => void) | undefined {
  const areForForge = screen.state.adapters.map((adapter) => adapter!.opened.isForForge);
  if (!areForForge.includes(true)) return undefined;
  const section = titledSection(root, "What the merge writes", "inspect-words");
  if (areForForge.includes(false)) {
    aside(section, oneForForgeSentence(screen.state));
    return undefined;
  }
  make(section.querySelector("h2")!, "span", "from", "by the word forge of our lab, the base of both");
  const status = paragraph(section, "The word forge is being loaded…", "inspect-aside inspect-buttons");
  status.setAttribute("role", "status");
  let write = () => {};
  // Only this screen needs the forge's weights.
  import("../../../content/lab/word-forge.weights.json")
    .then(({default: {base64}}) => screen.client.ask("useForge", {base64}))
    .then(
      () => {
        if (!section.isConnected) return;
        status.remove();
        write = drawWords(screen, section);
      },
      () =>
        status.replaceChildren(
          "The word forge did not load. Reload the page and open the files again.",
          reloadButton(document),
        ),
    );
  return () => write();
}

/** The sentence where only one of the two is for the forge: which one, and what the other says of its base. */
export function oneForForgeSentence({adapters}: Pick<InspectState, "adapters">): string {
  const [which, other] = adapters[0]!.opened.isForForge ? ["first", adapters[1]!] : ["second", adapters[0]!];
  const base = other.opened.facts.base?.name;
  const says = base ? `names ${base} as its base` : "does not say which base it belongs to";
  return `The ${which} adapter is for our word forge, which could write words with it here. The other ${says}, so the forge cannot write with both.`;
}

/** Draws the table and its button. Returns a function that writes the words for the present weights. */
function drawWords(screen: ScreenContext, section: HTMLElement): () => void {
  const {state, client} = screen;
  const show = drawWordTable(section);
  const row = make(section, "div", "inspect-buttons");
  const announced = make(section, "p", "spoken");
  announced.setAttribute("role", "status");
  let seed = FIRST_SEED;
  /** The words of each adapter alone, and the seed that drew them. */
  let alone: {seed: number; words: [string[], string[]]} | undefined;
  let announceTimer: ReturnType<typeof setTimeout> | undefined;
  const ask = (weights: Weights) => client.ask("writeWords", {weights, seed});
  const write = oneAtATime(async () => {
    const weights: Weights = [...state.weights];
    clearTimeout(announceTimer);
    try {
      if (alone?.seed !== seed) alone = {seed, words: await Promise.all([ask([1, 0]), ask([0, 1])])};
      const words = await ask(weights);
      show([...alone.words, words]);
      matchLine.textContent = matchSentence(weights, ...alone.words, words);
      const sentence = `At ${fixed(weights[0], 2)} and ${fixed(weights[1], 2)} the merge writes ${wordListText(words)}.`;
      announceTimer = setTimeout(() => (announced.textContent = sentence), ANNOUNCE_DELAY);
    } catch (error) {
      show([...(alone?.words ?? [[], []]), []]);
      matchLine.textContent = (error as Error).message;
    }
  });
  pressButton(row, "New words", () => {
    seed++;
    write();
  });
  const matchLine = make(row, "p", "inspect-aside");
  const updateDoubt = drawDoubtPart(screen, section);
  write();
  return () => {
    write();
    updateDoubt();
  };
}

/** Draws a table of three columns, in which the words of a row come from the same draws. Returns a function that fills it. */
function drawWordTable(section: HTMLElement): (columns: readonly (readonly string[])[]) => void {
  const table = make(section, "table", "inspect-table inspect-written");
  table.setAttribute("aria-label", "Words of each adapter alone and of the merge, row by row from the same draws");
  const head = make(make(table, "thead"), "tr");
  for (const name of ["1 alone", "2 alone", "The merge"]) make(head, "th", "", name).scope = "col";
  const body = make(table, "tbody");
  return (columns) => {
    body.replaceChildren();
    const count = Math.max(...columns.map(({length}) => length));
    for (let i = 0; i < count; i++) {
      const row = make(body, "tr");
      for (const words of columns) make(row, "td", "", words[i] || "–");
    }
  };
}

/** "ann, bea and –", where a word that ended at once is a dash. */
export const wordListText = (words: readonly string[]): string => listed(words.map((word) => word || "–"));

/** A sentence on the rows in which the merge writes the same word as each adapter alone. */
export function matchSentence(
  [w1, w2]: Readonly<Weights>,
  one: readonly string[],
  two: readonly string[],
  merge: readonly string[],
): string {
  const rows = "The words of a row share their random draws.";
  if (w1 === 0 && w2 === 0) return `${rows} With both weights at 0, the last column is the base alone.`;
  const matches = (words: readonly string[]) => merge.filter((word, i) => word === words[i]).length;
  const [first, second, all] = [matches(one), matches(two), merge.length];
  if (first === all || second === all)
    return `${rows} The merge matches adapter ${first === all ? 1 : 2} in every row.`;
  if (first + second === 0) return `${rows} The merge matches neither adapter in any row.`;
  const matchText = (count: number, which: number) =>
    `adapter ${which} in ${count === 0 ? "no row" : `${count} of ${all} rows`}`;
  return `${rows} The merge matches ${matchText(first, 1)} and ${matchText(second, 2)}.`;
}
