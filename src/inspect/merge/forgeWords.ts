/** The words that the lab's word forge writes with the merge, beside those with each adapter alone. */
import {reloadButton, whenLate} from "../../figure/errorNote.ts";
import {make} from "../../figure/makeElement.ts";
import {signed} from "../format.ts";
import {pressButton, titledSection} from "../parts.ts";
import type {InspectState, ScreenContext} from "../state.ts";
import {doubtPart} from "./doubtPart.ts";
import {inWords, likeness} from "./likeness.ts";
import {newestOnly} from "./newestOnly.ts";

/** The first seed of the draws, which is the lab's, so that a run from there writes the same words here. */
const FIRST_SEED = 11;
/** Milliseconds without a change before screen readers hear the words. */
const ANNOUNCE_DELAY = 900;

/** The columns of the table. */
const COLUMNS = ["1 alone", "2 alone", "The merge"] as const;

/** Draws the part, unless neither adapter is for the forge → a function to call when the weights have changed. */
export function wordsPart(screen: ScreenContext, root: Element): (() => void) | undefined {
  const labs = screen.state.adapters.map((adapter) => adapter?.opened.lab);
  if (labs.every((lab) => lab === undefined)) return undefined;
  const section = titledSection(root, "What the merge writes", "inspect-words");
  if (labs.includes(undefined)) {
    make(section, "p", "inspect-aside", oneForForgeSentence(screen.state));
    return undefined;
  }
  let write = () => {};
  const begin = (isPressed: boolean) => {
    write = loadForge(screen, section, isPressed);
  };
  if (labs.includes("either")) askFirst(section, () => begin(true));
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
  make(
    box,
    "p",
    "",
    "Our lab’s archives give every base the same name, and these came without base.safetensors, so only you know which it was. If both runs learned words, the word forge can write with them.",
  );
  const row = make(box, "div", "inspect-buttons");
  pressButton(row, "Let the word forge write", () => {
    box.remove();
    onYes();
  });
}

/**
 * Loads the forge and draws its words → a function that writes them anew. `isPressed`: the reader pressed a button of this part,
 * which had the focus.
 */
function loadForge(screen: ScreenContext, section: HTMLElement, isPressed: boolean): () => void {
  make(section.querySelector("h2")!, "span", "from", "by the word forge of our lab, the base of both");
  const told = make(section, "p", "inspect-aside inspect-buttons", "The word forge is being loaded…");
  told.setAttribute("role", "status");
  let write = () => {};
  const sayNotLoaded = (how: string) =>
    told.replaceChildren(`The word forge ${how}. Reload the page and open the files again.`, reloadButton(document));
  // Only this screen needs the forge's weights.
  whenLate(
    import("../../../content/lab/word-forge.weights.json"),
    (isLate) => isLate && sayNotLoaded("has not loaded yet"),
  )
    .then(({default: {base64}}) => screen.client.ask("useForge", {base64}))
    .then(
      () => {
        if (!section.isConnected) return;
        told.remove();
        write = writer(screen, section, isPressed);
      },
      () => sayNotLoaded("did not load"),
    );
  return () => write();
}

/** Draws the table and its button → a function that writes the words for the present weights. */
function writer(screen: ScreenContext, section: HTMLElement, isFocused: boolean): () => void {
  const {state, client} = screen;
  const show = wordTable(section);
  const row = make(section, "div", "inspect-buttons");
  const announced = make(section, "p", "inspect-heard");
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
      like.textContent = likeness(weights, ...alone.words, words);
      const said = `At ${signed(weights[0])} and ${signed(weights[1])} the merge writes ${inWords(words)}.`;
      announceTimer = setTimeout(() => (announced.textContent = said), ANNOUNCE_DELAY);
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

/** A table of three columns, in which the words of a row come from the same draws → a function that fills it. */
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
