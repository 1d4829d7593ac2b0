/** The words that the lab's word forge writes with the merge, beside those with each adapter alone. */

import {listed} from "../../engine/wording.ts";
import {reloadButton, whenLate} from "../../figure/errorNote.ts";
import {make} from "../../figure/makeElement.ts";
import {signed} from "../format.ts";
import {newestOnly} from "../newestOnly.ts";
import {aside, paragraph, pressButton, titledSection} from "../parts.ts";
import type {InspectState, ScreenContext} from "../state.ts";
import {doubtPart} from "./doubtPart.ts";

/** The first seed of the draws, which is the lab's, so that a run from there writes the same words here. */
const FIRST_SEED = 11;
/** Milliseconds without a change before screen readers hear the words. */
const ANNOUNCE_DELAY = 900;

/** The columns of the table. */
const COLUMNS = ["1 alone", "2 alone", "The merge"] as const;

/** Draws the part, unless neither adapter is for the forge. Returns a function to call when the weights have changed. */
export function wordsPart(screen: ScreenContext, root: Element): (() => void) | undefined {
  const bases = screen.state.adapters.map((adapter) => adapter?.opened.lab);
  if (bases.every((lab) => lab === undefined)) return undefined;
  const section = titledSection(root, "What the merge writes", "inspect-words");
  if (bases.includes(undefined)) {
    aside(section, oneForForgeSentence(screen.state));
    return undefined;
  }
  let write = () => {};
  const begin = (isPressed: boolean) => {
    write = loadForge(screen, section, isPressed);
  };
  if (bases.includes("either")) askFirst(section, () => begin(true));
  else begin(false);
  return () => write();
}

/** The sentence where only one of the two is for the forge: which one, and what the other says of its base. */
export function oneForForgeSentence({adapters}: Pick<InspectState, "adapters">): string {
  const [which, other] = adapters[0]?.opened.lab === undefined ? ["second", 0] : ["first", 1];
  const base = adapters[other as 0 | 1]?.opened.facts.base?.name;
  const says = base ? `names ${base} as its base` : "does not say which base it belongs to";
  return `The ${which} adapter is for our word forge, which could write words with it here. The other ${says}, so the forge cannot write with both.`;
}

/** Asks whether the adapters are for the forge, as the lab's archives call both of its models base.safetensors. */
function askFirst(section: HTMLElement, onYes: () => void): void {
  const box = make(section, "div");
  paragraph(
    box,
    "Our lab’s archives give every base the same name, and these came without base.safetensors, so only you know which it was. If both runs learned words, the word forge can write with them.",
  );
  const row = make(box, "div", "inspect-buttons");
  pressButton(row, "Let the word forge write", () => {
    box.remove();
    onYes();
  });
}

/**
 * Loads the forge and draws its words. Returns a function that writes them again. `isPressed`: the reader pressed a button of this part,
 * which had the focus.
 */
function loadForge(screen: ScreenContext, section: HTMLElement, isPressed: boolean): () => void {
  make(section.querySelector("h2")!, "span", "from", "by the word forge of our lab, the base of both");
  const status = paragraph(section, "The word forge is being loaded…", "inspect-aside inspect-buttons");
  status.setAttribute("role", "status");
  let write = () => {};
  const showError = (how: string) =>
    status.replaceChildren(`The word forge ${how}. Reload the page and open the files again.`, reloadButton(document));
  // Only this screen needs the forge's weights.
  whenLate(
    import("../../../content/lab/word-forge.weights.json"),
    (isLate) => isLate && showError("has not loaded yet"),
  )
    .then(({default: {base64}}) => screen.client.ask("useForge", {base64}))
    .then(
      () => {
        if (!section.isConnected) return;
        status.remove();
        write = writer(screen, section, isPressed);
      },
      () => showError("did not load"),
    );
  return () => write();
}

/** Draws the table and its button. Returns a function that writes the words for the present weights. */
function writer(screen: ScreenContext, section: HTMLElement, isFocused: boolean): () => void {
  const {state, client} = screen;
  const show = wordTable(section);
  const row = make(section, "div", "inspect-buttons");
  const announced = make(section, "p", "spoken");
  announced.setAttribute("role", "status");
  let seed = FIRST_SEED;
  let alone: {seed: number; words: [string[], string[]]} | undefined;
  let announceTimer: ReturnType<typeof setTimeout> | undefined;
  const ask = (weights: [number, number]) => client.ask("writeWords", {weights, seed});
  const write = newestOnly(async () => {
    const weights: [number, number] = [...state.weights];
    clearTimeout(announceTimer);
    try {
      if (alone?.seed !== seed) alone = {seed, words: await Promise.all([ask([1, 0]), ask([0, 1])])};
      const words = await ask(weights);
      show([...alone.words, words]);
      match.textContent = matchSentence(weights, ...alone.words, words);
      const sentence = `At ${signed(weights[0])} and ${signed(weights[1])} the merge writes ${wordList(words)}.`;
      announceTimer = setTimeout(() => (announced.textContent = sentence), ANNOUNCE_DELAY);
    } catch (error) {
      show([...(alone?.words ?? [[], []]), []]);
      match.textContent = (error as Error).message;
    }
  });
  const other = pressButton(row, "New words", () => {
    seed++;
    write();
  });
  const match = make(row, "p", "inspect-aside");
  if (isFocused) other.focus({preventScroll: true});
  const updateDoubt = doubtPart(screen, section);
  write();
  return () => {
    write();
    updateDoubt();
  };
}

/** A table of three columns, in which the words of a row come from the same draws. Returns a function that fills it. */
function wordTable(section: HTMLElement): (columns: readonly (readonly string[])[]) => void {
  const table = make(section, "table", "inspect-table inspect-written");
  table.setAttribute("aria-label", "Words of each adapter alone and of the merge, row by row from the same draws");
  const head = make(make(table, "thead"), "tr");
  for (const name of COLUMNS) make(head, "th", "", name).scope = "col";
  const body = make(table, "tbody");
  return (columns) => {
    const rows = Math.max(...columns.map(({length}) => length));
    if (body.rows.length !== rows) {
      body.replaceChildren();
      for (let i = 0; i < rows; i++) {
        const row = make(body, "tr");
        for (const _ of COLUMNS) make(row, "td");
      }
    }
    columns.forEach((words, column) => {
      for (let i = 0; i < rows; i++) body.rows[i]!.cells[column]!.textContent = words[i] || "–";
    });
  };
}

/** "ann, bea and –", where a word that ended at once is a dash. */
export const wordList = (words: readonly string[]): string => listed(words.map((word) => word || "–"));

/** A sentence on the rows in which the merge writes the same word as each adapter alone. */
export function matchSentence(
  [w1, w2]: readonly [number, number],
  one: readonly string[],
  two: readonly string[],
  merge: readonly string[],
): string {
  const rows = "The words of a row share their random draws.";
  if (w1 === 0 && w2 === 0) return `${rows} With both weights at 0, the last column is the base alone.`;
  const [first, second] = [one, two].map((words) => merge.filter((word, i) => word === words[i]).length) as [
    number,
    number,
  ];
  const all = merge.length;
  if (first === all || second === all)
    return `${rows} The merge matches adapter ${first === all ? 1 : 2} in every row.`;
  if (first + second === 0) return `${rows} The merge matches neither adapter in any row.`;
  const matchText = (count: number, which: number) =>
    `adapter ${which} in ${count === 0 ? "no row" : `${count} of ${all} rows`}`;
  return `${rows} The merge matches ${matchText(first, 1)} and ${matchText(second, 2)}.`;
}
