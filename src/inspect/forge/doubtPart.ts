/** Letters in doubt of the merge on the lab's held-out words, beside those of the base and of each adapter alone. */
import {reloadButton, whenLate} from "../../figure/errorNote.ts";
import {make} from "../../figure/makeElement.ts";
import {LISTS, type List} from "../../figures/shared/taskNames.ts";
import {newestOnly} from "../newestOnly.ts";
import {aside, note, paragraph, scrollingTable} from "../parts.ts";
import type {ScreenContext} from "../state.ts";

const lists: Readonly<Record<List, () => Promise<{default: string}>>> = {
  names: () => import("../../../content/lab/names.txt?raw"),
  french: () => import("../../../content/lab/french.txt?raw"),
  spanish: () => import("../../../content/lab/spanish.txt?raw"),
};

const COLUMNS = ["held-out words", "base", "1 alone", "2 alone", "the merge"];

/** "8.6"; "over 1,000" for more, and a dash where the loss overflowed. */
export const doubtCell = (doubt: number): string =>
  Number.isNaN(doubt) ? "–" : doubt < 1000 ? doubt.toFixed(1) : "over 1,000";

/** Draws the part folded, and loads the word lists when it is opened. Returns a function to call when the weights have changed. */
export function doubtPart(screen: ScreenContext, root: Element): () => void {
  const details = make(root, "details", "inspect-doubt");
  make(details, "summary", "", "Letters in doubt: how well does it write?");
  const box = make(details, "div");
  let measure: (() => void) | undefined;
  const load = async () => {
    const status = paragraph(box, "The word lists are being loaded…", "inspect-aside inspect-buttons");
    status.setAttribute("role", "status");
    const showError = (how: string) =>
      status.replaceChildren(
        `The word lists ${how}. Reload the page and open the files again.`,
        reloadButton(document),
      );
    try {
      const loading = Promise.all(Object.values(lists).map((load) => load()));
      const loaded = await whenLate(loading, (isLate) => isLate && showError("have not loaded yet"));
      await screen.client.ask("useWordLists", {lists: loaded.map((list) => list.default)});
      status.remove();
      measure = doubtTable(screen, box);
    } catch {
      showError("did not load");
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

/** Draws the table. Returns a function that fills its last column for the present weights. */
function doubtTable({state, client}: ScreenContext, box: HTMLElement): () => void {
  const names = Object.values(LISTS);
  const table = scrollingTable(
    box,
    "Letters in doubt",
    COLUMNS,
    names.map((name) => [name, ...COLUMNS.slice(1).map(() => "…")]),
  );
  table.classList.add("inspect-doubts");
  aside(
    box,
    "At 8 letters in doubt a model is as unsure of the next letter as among 8; fewer is better. Our lab never trains on held-out words.",
  );
  const fill = (column: number, doubts: readonly number[]) =>
    doubts.forEach((doubt, i) => {
      table.tBodies[0]!.rows[i]!.cells[column]!.textContent = doubtCell(doubt);
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
      note(box, (error as Error).message);
    }
  });
  measure();
  return measure;
}
