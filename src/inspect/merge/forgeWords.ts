/** The words that a merge writes, beside each adapter's own words, if both adapters are for the lab's word forge. */

import {reloadButton, whenLate} from "../../figure/errorNote.ts";
import {make} from "../../figure/makeElement.ts";
import {signed} from "../format.ts";
import {part, pressButton} from "../parts.ts";
import type {InspectState, ScreenContext} from "../state.ts";
import {doubtPart} from "./doubtPart.ts";
import {inWords, likeness} from "./likeness.ts";
import {newestOnly} from "./newestOnly.ts";

/** The draws of the lab's column After: a run that comes from there writes the same words here. */
const FIRST_DRAWS = 11;
/** Milliseconds without a change until the words are read out. */
const STILL = 900;

/** What each column is called: the two adapters alone, and both at the weights of the screen. */
const COLUMNS = ["1 alone", "2 alone", "The merge"] as const;

/** Draws it, unless neither is for the forge; gives a function to call whenever the weights have changed. */
export function wordsPart(screen: ScreenContext, root: Element): (() => void) | undefined {
  const labs = screen.state.places.map((place) => place?.opened.lab);
  if (labs.every((lab) => lab === undefined)) return undefined;
  const section = part(root, "What the merge writes", "inspect-words");
  if (labs.includes(undefined)) {
    make(section, "p", "inspect-aside", oneOnly(screen.state));
    return undefined;
  }
  let write = () => {};
  const begin = (isPressed: boolean) => {
    write = written(screen, section, isPressed);
  };
  if (labs.includes("either")) askFirst(section, () => begin(true));
  else begin(false);
  return () => write();
}

/** What is said if only one of the two is for the forge: which one, and what the other says of its base. */
export function oneOnly({places}: Pick<InspectState, "places">): string {
  const [which, other] = places[0]?.opened.lab === undefined ? ["second", 0] : ["first", 1];
  const base = places[other as 0 | 1]?.opened.facts.base?.name;
  const says = base ? `names ${base} as its base` : "does not say which base it belongs to";
  return `The ${which} adapter is for our word forge, which could write words with it here. The other ${says}, so the forge cannot write with both.`;
}

/** The lab's archives call both of its models base.safetensors, so only the reader knows which of them these adapters are for. */
function askFirst(section: HTMLElement, go: () => void): void {
  const box = make(section, "div");
  make(
    box,
    "p",
    "",
    "Our lab’s archives give every base the same name, and these came without base.safetensors, so only you know which it was. If both runs learned words, the word forge can write with them.",
  );
  const row = make(box, "div", "inspect-buttons");
  pressButton(row, "Let the word forge write", () => {
    box.remove();
    go();
  });
}

/** Draws the words once the forge is there; gives a function that writes them anew. `isPressed`: a button of this part asked for it and had the focus. */
function written(screen: ScreenContext, section: HTMLElement, isPressed: boolean): () => void {
  make(section.querySelector("h2")!, "span", "from", "by the word forge of our lab, the base of both");
  const told = make(section, "p", "inspect-aside inspect-buttons", "The word forge is being loaded…");
  told.setAttribute("role", "status");
  let write = () => {};
  const lose = (how: string) =>
    told.replaceChildren(`The word forge ${how}. Reload the page and open the files again.`, reloadButton(document));
  // The forge's weights are asked for by this screen alone.
  whenLate(import("../../../content/lab/word-forge.weights.json"), (isLate) => isLate && lose("has not loaded yet"))
    .then(({default: {base64}}) => screen.client.ask("lend", {base64}))
    .then(
      () => {
        if (!section.isConnected) return;
        told.remove();
        write = writer(screen, section, isPressed);
      },
      () => lose("did not load"),
    );
  return () => write();
}

/** Draws the table and its buttons; gives a function that writes for the weights as they are then. */
function writer(screen: ScreenContext, section: HTMLElement, isFocused: boolean): () => void {
  const {state, client} = screen;
  const show = wordTable(section);
  const row = make(section, "div", "inspect-buttons");
  const heard = make(section, "p", "inspect-heard");
  heard.setAttribute("role", "status");
  let seed = FIRST_DRAWS;
  let alone: {seed: number; words: [string[], string[]]} | undefined;
  let still: ReturnType<typeof setTimeout> | undefined;
  const ask = (weights: [number, number]) => client.ask("write", {weights, seed});
  const write = newestOnly(async () => {
    const weights: [number, number] = [...state.weights];
    clearTimeout(still);
    try {
      if (alone?.seed !== seed) alone = {seed, words: await Promise.all([ask([1, 0]), ask([0, 1])])};
      const words = await ask(weights);
      show([...alone.words, words]);
      like.textContent = likeness(weights, ...alone.words, words);
      const said = `At ${signed(weights[0])} and ${signed(weights[1])} the merge writes ${inWords(words)}.`;
      still = setTimeout(() => (heard.textContent = said), STILL);
    } catch (error) {
      show([...(alone?.words ?? [[], []]), []]);
      like.textContent = (error as Error).message;
    }
  });
  const other = pressButton(row, "New words", () => {
    seed++;
    write();
  });
  const like = make(row, "p", "inspect-aside");
  if (isFocused) other.focus({preventScroll: true});
  const doubt = doubtPart(screen, section);
  write();
  return () => {
    write();
    doubt();
  };
}

/** Three columns; the words of a row come from the same draws. Gives a function that fills them. */
function wordTable(section: HTMLElement): (columns: readonly (readonly string[])[]) => void {
  const table = make(section, "table", "inspect-written");
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
