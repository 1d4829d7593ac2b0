import {parseHTML} from "linkedom";
import {expect, test} from "vitest";
import {sortKey, startTables} from "../../../src/book/paper/sortTables.ts";

const cell = (html: string, value?: number) => `<td${value === undefined ? "" : ` data-value="${value}"`}>${html}</td>`;
const none = '<span aria-hidden="true">–</span><span class="spoken">not printed</span>';
const sd = (text: string) => `<span class="sd"> ± ${text}</span>`;

/** A table of methods with a score and its ±, a count, and a cell that spans both. */
function page() {
  const rows = [
    [cell("LoRA"), cell(`91.7${sd("0.1")}`), cell("4.7")],
    [cell("FT"), cell(`<b>89.5</b>${sd("0.3")}`), cell("175B", 175_000)],
    [cell("Adapter 10"), cell(none), cell("1,500.0")],
    [cell("Adapter 9"), cell(`91.7${sd("0.2")}`), cell("0.9")],
    [cell("BitFit"), '<td colspan="2">AdamW</td>'],
  ];
  const {document} = parseHTML(
    `<figure class="paper-table"><table><thead><tr><th>Method</th><th>MNLI (%)</th><th>Count</th></tr></thead><tbody>${rows.map((row) => `<tr>${row.join("")}</tr>`).join("")}</tbody></table></figure>`,
  );
  startTables(document as unknown as Document);
  const heads = [...document.querySelectorAll("th")] as unknown as HTMLElement[];
  return {
    heads,
    press: (column: number) => heads[column]!.querySelector("button")!.click(),
    names: () => [...document.querySelectorAll("tbody tr")].map((row) => row.firstElementChild!.textContent),
    text: () => document.querySelector("tbody")!.textContent,
  };
}

const printed = ["LoRA", "FT", "Adapter 10", "Adapter 9", "BitFit"];

test("a column head becomes a button that sorts up, then down, then as printed", () => {
  const {heads, press, names} = page();
  expect(heads.map((head) => head.querySelector("button")!.textContent)).toEqual(["Method", "MNLI (%)", "Count"]);
  expect(heads.some((head) => head.hasAttribute("aria-sort"))).toBe(false);
  press(2);
  expect(heads[2]!.getAttribute("aria-sort")).toBe("ascending");
  expect(names()).toEqual(["Adapter 9", "LoRA", "Adapter 10", "FT", "BitFit"]);
  press(2);
  expect(heads[2]!.getAttribute("aria-sort")).toBe("descending");
  expect(names()).toEqual(["BitFit", "FT", "Adapter 10", "LoRA", "Adapter 9"]);
  press(2);
  expect(heads[2]!.hasAttribute("aria-sort")).toBe(false);
  expect(names()).toEqual(printed);
});

test("empty cells come last in both directions, ties keep their order, and one column sorts at a time", () => {
  const {heads, press, names} = page();
  press(1);
  expect(names()).toEqual(["FT", "LoRA", "Adapter 9", "BitFit", "Adapter 10"]);
  press(1);
  expect(names()).toEqual(["BitFit", "LoRA", "Adapter 9", "FT", "Adapter 10"]);
  press(0);
  expect(heads.map((head) => head.getAttribute("aria-sort"))).toEqual(["ascending", null, null]);
  expect(names()).toEqual(["Adapter 9", "Adapter 10", "BitFit", "FT", "LoRA"]);
});

test("sorting loses no cell and no ±", () => {
  const {press, text} = page();
  const letters = () => [...text()!].sort().join("");
  const before = letters();
  for (const column of [0, 1, 1, 2, 0]) press(column);
  expect(letters()).toBe(before);
});

test("the sort key of a cell is its number without the ±", () => {
  const {document} = parseHTML(
    `<table><tr>${cell(`−0.5${sd("9")}`)}${cell(none)}${cell("5 × 10⁻⁴", 0.0005)}</tr></table>`,
  );
  const cells = [...document.querySelectorAll("td")] as unknown as HTMLElement[];
  expect([...cells.map(sortKey), sortKey(undefined)]).toEqual([-0.5, undefined, 0.0005, undefined]);
});
