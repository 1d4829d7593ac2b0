/** Letters in doubt of the merge on the lab's held-out words, beside those of the base and of each adapter alone. */
import {reloadButton, whenLate} from "../../figure/errorNote.ts";
import {make} from "../../figure/makeElement.ts";
import {LISTS, type List} from "../../figures/shared/taskNames.ts";
import {scrollingTable} from "../parts.ts";
import type {ScreenContext} from "../state.ts";
import {newestOnly} from "./newestOnly.ts";

const lists: Readonly<Record<List, () => Promise<{default: string}>>> = {
  names: () => import("../../../content/lab/names.txt?raw"),
  french: () => import("../../../content/lab/french.txt?raw"),
  spanish: () => import("../../../content/lab/spanish.txt?raw"),
};

const HEAD = ["held-out words", "base", "1 alone", "2 alone", "the merge"];

/** "8.6"; "over 1,000" for more, and a dash where the loss overflowed. */
export const doubtCell = (doubt: number): string =>
  Number.isNaN(doubt) ? "–" : doubt < 1000 ? doubt.toFixed(1) : "over 1,000";

/** Draws the part folded, and loads the word lists when it is opened → a function to call when the weights have changed. */
export function doubtPart(screen: ScreenContext, root: Element): () => void {
  const details = make(root, "details", "inspect-doubt");
  make(details, "summary", "", "Letters in doubt: how well does it write?");
  const box = make(details, "div");
  let measure: (() => void) | undefined;
  const load = async () => {
    const told = make(box, "p", "inspect-aside inspect-buttons", "The word lists are being loaded…");
    told.setAttribute("role", "status");
    const sayNotLoaded = (how: string) =>
      told.replaceChildren(`The word lists ${how}. Reload the page and open the files again.`, reloadButton(document));
    try {
      const coming = Promise.all(Object.values(lists).map((load) => load()));
      const loaded = await whenLate(coming, (isLate) => isLate && sayNotLoaded("have not loaded yet"));
      await screen.client.ask("useWordLists", {lists: loaded.map((list) => list.default)});
      told.remove();
      measure = doubtTable(screen, box);
    } catch {
      sayNotLoaded("did not load");
    }
  };
  let isLoading = false;
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    if (isLoading) measure?.();
    else void load();
    isLoading = true;
  });
  return () => {
    if (details.open) measure?.();
  };
}

/** Draws the table → a function that fills its last column for the present weights. */
function doubtTable({state, client}: ScreenContext, box: HTMLElement): () => void {
  const names = Object.values(LISTS);
  const made = scrollingTable(
    box,
    "Letters in doubt",
    HEAD,
    names.map((name) => [name, ...HEAD.slice(1).map(() => "…")]),
  );
  made.classList.add("inspect-doubts");
  make(
    box,
    "p",
    "inspect-aside",
    "At 8 letters in doubt a model is as unsure of the next letter as among 8; fewer is better. Our lab never trains on held-out words.",
  );
  const fill = (column: number, doubts: readonly number[]) =>
    doubts.forEach((doubt, i) => {
      made.tBodies[0]!.rows[i]!.cells[column]!.textContent = doubtCell(doubt);
    });
  const ask = (weights: [number, number]) => client.ask("lettersInDoubt", {weights});
  let isFilled = false;
  const measure = newestOnly(async () => {
    try {
      fill(4, await ask([...state.weights]));
      if (isFilled) return;
      isFilled = true;
      for (const [i, weights] of (
        [
          [0, 0],
          [1, 0],
          [0, 1],
        ] as [number, number][]
      ).entries())
        fill(i + 1, await ask(weights));
    } catch (error) {
      box.replaceChildren();
      make(box, "p", "inspect-note", (error as Error).message);
    }
  });
  measure();
  return measure;
}
