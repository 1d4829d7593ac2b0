type Order = "ascending" | "descending";

/** What a cell is sorted by: its number, else its words without the ±; undefined where the paper prints nothing. */
export function keyOf(cell: HTMLElement | undefined): number | string | undefined {
  if (!cell || cell.querySelector(".spoken")) return undefined;
  if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
  const text = Array.from(cell.childNodes, (node) => ((node as Element).className === "sd" ? "" : node.textContent))
    .join("")
    .trim();
  const number = Number(text.replaceAll(",", "").replace("−", "-"));
  return text === "" ? undefined : Number.isNaN(number) ? text : number;
}

/** The cell of a column; one that spans several columns is the cell of each. */
function cellAt(row: HTMLTableRowElement, column: number): HTMLElement | undefined {
  let end = 0;
  return (Array.from(row.children) as HTMLElement[]).find((cell) => {
    end += Number(cell.getAttribute("colspan") ?? 1);
    return column < end;
  });
}

/** Numbers by size, then words by the alphabet; equal ones stay as they were, and nothing comes last in either order. */
function ordered(rows: readonly HTMLTableRowElement[], column: number, order: Order): readonly HTMLTableRowElement[] {
  const sign = order === "ascending" ? 1 : -1;
  const keyed = rows.map((row) => ({row, key: keyOf(cellAt(row, column))}));
  const compare = (a: number | string, b: number | string): number => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === "string" && typeof b === "string") return a.localeCompare(b, "en", {numeric: true});
    return typeof a === "number" ? -1 : 1;
  };
  return keyed
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
      return sign * compare(a.key, b.key);
    })
    .map(({row}) => row);
}

const nameOf = (button: HTMLElement): string => button.textContent.trim().replace(/\s+/g, " ");

/** Every column head of the paper's tables becomes a button: up, down, then the printed order again. */
export function startTables(root: Document): void {
  const said = root.createElement("p");
  said.className = "spoken";
  said.setAttribute("role", "status");
  root.body.append(said);
  for (const table of root.querySelectorAll<HTMLTableElement>(".paper-table table")) {
    const body = table.querySelector("tbody")!;
    const printed = [...body.querySelectorAll("tr")];
    const heads = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
    for (const [column, head] of heads.entries()) {
      const button = root.createElement("button");
      button.type = "button";
      button.className = "sorter";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const next = was === "ascending" ? "descending" : was ? undefined : "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        if (next) head.setAttribute("aria-sort", next);
        said.textContent = next ? `Sorted by ${nameOf(button)}, ${next}.` : "In the printed order.";
        body.append(...(next ? ordered(printed, column, next) : printed));
      });
    }
  }
}
