/** Sorts the paper's tables by a column that the reader presses. */
import {newButton} from "../../site/newButton.ts";

/** The direction in which a column is sorted. */
type Order = "ascending" | "descending";

/** The sort key of a cell: its number, or its words without the ±; undefined where the paper prints nothing. */
export function sortKey(cell: HTMLElement | undefined): number | string | undefined {
  if (!cell || cell.querySelector(".spoken")) return undefined;
  if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
  const text = Array.from(cell.childNodes, (node) => ((node as Element).className === "sd" ? "" : node.textContent))
    .join("")
    .trim();
  const number = Number(text.replaceAll(",", "").replace("−", "-"));
  return text === "" ? undefined : Number.isNaN(number) ? text : number;
}

/** The cell in a column. A cell that spans several columns is in each of them. */
function cellAt(row: HTMLTableRowElement, column: number): HTMLElement | undefined {
  let end = 0;
  return (Array.from(row.children) as HTMLElement[]).find((cell) => {
    end += Number(cell.getAttribute("colspan") ?? 1);
    return column < end;
  });
}

/** Sorts the numbers by size and after them the words by the alphabet, or all of that reversed. Ties keep their order, and empty cells come last either way. */
function sortRows(rows: readonly HTMLTableRowElement[], column: number, order: Order): readonly HTMLTableRowElement[] {
  const sign = order === "ascending" ? 1 : -1;
  const entries = rows.map((row) => ({row, key: sortKey(cellAt(row, column))}));
  const compare = (a: number | string, b: number | string): number => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === "string" && typeof b === "string") return a.localeCompare(b, "en", {numeric: true});
    return typeof a === "number" ? -1 : 1;
  };
  return entries
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
      return sign * compare(a.key, b.key);
    })
    .map(({row}) => row);
}

/** The name of a column, from its button. */
const nameOf = (button: HTMLElement): string => button.textContent.trim().replace(/\s+/g, " ");

/** Makes every column head of the paper's tables a button that sorts up, then down, then back to the printed order. */
export function startTables(root: Document): void {
  const status = root.createElement("p");
  status.className = "spoken";
  status.setAttribute("role", "status");
  root.body.append(status);
  for (const table of root.querySelectorAll<HTMLTableElement>(".paper-table table")) {
    const body = table.querySelector("tbody")!;
    const printedRows = [...body.querySelectorAll("tr")];
    const heads = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
    for (const [column, head] of heads.entries()) {
      const button = newButton(root, "", () => {
        const current = head.getAttribute("aria-sort");
        const next = current === "ascending" ? "descending" : current ? undefined : "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        if (next) head.setAttribute("aria-sort", next);
        status.textContent = next ? `Sorted by ${nameOf(button)}, ${next}.` : "In the printed order.";
        body.append(...(next ? sortRows(printedRows, column, next) : printedRows));
      });
      button.className = "sorter";
      button.append(...head.childNodes);
      head.append(button);
    }
  }
}
