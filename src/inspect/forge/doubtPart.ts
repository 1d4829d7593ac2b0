/** Letters in doubt of the merge on the lab's held-out words, beside those of the base and of each adapter alone. */
import {reloadButton} from "../../figure/errorNote.ts";
import {make} from "../../figure/makeElement.ts";
import {LISTS, type List} from "../../figures/shared/taskNames.ts";
import {oneAtATime} from "../oneAtATime.ts";
import {aside, note, scrollingTable} from "../parts.ts";
import type {Weights} from "../protocol.ts";
import type {ScreenContext} from "../state.ts";

/** How each of the lab's word lists is loaded. */
const LIST_LOADERS: Readonly<Record<List, () => Promise<{default: string}>>> = {
  names: () => import("../../../content/lab/names.txt?raw"),
  french: () => import("../../../content/lab/french.txt?raw"),
  spanish: () => import("../../../content/lab/spanish.txt?raw"),
};

/** The columns of the table that do not follow the sliders, with their weights. */
const FIXED_COLUMNS: readonly [name: string, weights: Weights][] = [
  ["base", [0, 0]],
  ["1 alone", [1, 0]],
  ["2 alone", [0, 1]],
];

/** "8.6"; "over 1,000" for more, and a dash where the loss overflowed. */
export const doubtCell = (doubt: number): string =>
  Number.isNaN(doubt) ? "–" : doubt < 1000 ? doubt.toFixed(1) : "over 1,000";

/** Draws the part folded, and loads the word lists when it is opened. Returns a function to call when the weights have changed. */
export function drawDoubtPart({state, client}: ScreenContext, root: Element): () => void {
  const details = make(root, "details", "inspect-doubt");
  make(details, "summary", "", "Letters in doubt: how well does it write?");
  const box = make(details, "div");
  let lists: string[] | undefined;
  const show = async (column: number, weights: Weights) => {
    const doubts = await client.ask("lettersInDoubt", {weights, lists: lists!});
    const [body] = box.querySelector("table")!.tBodies;
    doubts.forEach((doubt, i) => {
      body!.rows[i]!.cells[column]!.textContent = doubtCell(doubt);
    });
  };
  const update = oneAtATime(async () => {
    try {
      lists ??= (await Promise.all(Object.values(LIST_LOADERS).map((load) => load()))).map(({default: list}) => list);
      const isFirst = box.querySelector("table") === null;
      if (isFirst) drawTable(box);
      await show(1 + FIXED_COLUMNS.length, [...state.weights]);
      if (isFirst) for (const [i, [, weights]] of FIXED_COLUMNS.entries()) await show(1 + i, weights);
    } catch (error) {
      box.replaceChildren();
      if (lists) note(box, (error as Error).message);
      else
        note(box, "The word lists did not load. Reload the page and open the files again. ").append(
          reloadButton(document),
        );
    }
  });
  const updateIfOpen = () => {
    if (details.open) update();
  };
  details.addEventListener("toggle", updateIfOpen);
  return updateIfOpen;
}

/** Draws the table into an element that is emptied: a row for each list, still without numbers. */
function drawTable(box: Element): void {
  box.replaceChildren();
  const columns = [...FIXED_COLUMNS.map(([name]) => name), "the merge"];
  const rows = Object.values(LISTS).map((name) => [name, ...columns.map(() => "…")]);
  scrollingTable(box, "Letters in doubt", ["held-out words", ...columns], rows).classList.add("inspect-doubts");
  aside(
    box,
    "At 8 letters in doubt a model is as unsure of the next letter as among 8; fewer is better. Our lab never trains on held-out words.",
  );
}
