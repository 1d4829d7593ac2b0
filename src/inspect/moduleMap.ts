/** Maps of modules: tables of matrices by layers with a value in each cell. */
import type {Spot} from "../engine/adapters/moduleNames.ts";
import {make} from "../figure/makeElement.ts";
import {type HueName, letterColor} from "./contrast.ts";
import {aside} from "./parts.ts";
import type {SpottedModule} from "./protocol.ts";

/** With more columns than this, cells have no room for values, which only the line below the map shows then. */
const MAX_NUMBER_COLUMNS = 16;
/** On a tall map layers are rows, unless there are more matrices than this. */
const MAX_TALL_COLUMNS = 8;
/** Windows in which maps are tall. */
const NARROW = "(max-width: 40rem)";

/** The modules of one part of the model, as rows and columns. */
interface MapBlock {
  /** The network and the stretch of layers. */
  title: string;
  layers: string[];
  matrices: string[];
  /** The name of the module at a matrix and a layer, by `spotKey`. */
  names: Map<string, string>;
}

const spotKey = (matrix: string, layer: string) => `${matrix}\n${layer}`;

/** Sorts modules into maps. Each expert is a layer of its own, and each of two modules at one spot a matrix of its own. */
export function moduleBlocks(modules: readonly SpottedModule[]): MapBlock[] {
  const blocks = new Map<string, MapBlock>();
  for (const {name, spot} of modules) {
    const title = [spot.network === "model" ? "" : spot.network, spot.block].filter(Boolean).join(", ");
    const block: MapBlock = blocks.get(title) ?? {title, layers: [], matrices: [], names: new Map()};
    blocks.set(title, block);
    const layer = spot.layer + (/\[\d+\]$/.exec(name)?.[0] ?? "");
    const matrix = block.names.has(spotKey(spot.matrix, layer)) ? name : spot.matrix;
    if (!block.layers.includes(layer)) block.layers.push(layer);
    if (!block.matrices.includes(matrix)) block.matrices.push(matrix);
    block.names.set(spotKey(matrix, layer), name);
  }
  return [...blocks.values()];
}

/** The last word of each name, with the initial of the word before where two are alike: c_attn, a.c_proj, m.c_proj. Where that is no help, the name. */
export function shortModuleNames(names: readonly string[]): string[] {
  const words = names.map((name) => name.split("."));
  const lasts = words.map((parts) => parts.at(-1)!);
  const shortNames = words.map((parts, i) =>
    parts.length > 1 && lasts.filter((last) => last === lasts[i]).length > 1
      ? `${parts.at(-2)![0]}.${lasts[i]}`
      : lasts[i]!,
  );
  return shortNames.map((name, i) => (shortNames.indexOf(name) === shortNames.lastIndexOf(name) ? name : names[i]!));
}

/** A module's spot in words: "layer 11, mlp.c_proj". */
export const spotWords = ({layer, matrix, block, network}: Spot): string =>
  [network === "model" ? "" : network, block && layer.includes(".") ? block : "", layer && `layer ${layer}`, matrix]
    .filter(Boolean)
    .join(", ");

/**
 * Draws a table of empty cells for each part of the model. Rows are layers if there are fewer layers than matrices; on a tall map
 * they are layers unless there are many matrices. Returns the cells by module. `label` says what the values are.
 */
export function drawMaps(
  root: Element,
  modules: readonly SpottedModule[],
  label: string,
  isTall: boolean,
): Map<string, HTMLTableCellElement> {
  const cells = new Map<string, HTMLTableCellElement>();
  const blocks = moduleBlocks(modules);
  for (const {title, layers, matrices, names} of blocks) {
    const hasTitle = blocks.length > 1 && title !== "";
    const areRowsLayers = isTall ? matrices.length <= MAX_TALL_COLUMNS : layers.length < matrices.length;
    const [rows, cols] = areRowsLayers ? [layers, matrices] : [matrices, layers];
    const box = make(root, "div", "scroller");
    if (hasTitle) aside(box, title);
    const table = make(box, "table", cols.length > MAX_NUMBER_COLUMNS ? "inspect-map dense" : "inspect-map");
    table.setAttribute("aria-label", hasTitle ? `${label}, ${title}` : label);
    const head = make(make(table, "thead"), "tr");
    make(head, "td", "", layers.some(Boolean) ? "layer" : "");
    const labelInterval = areRowsLayers ? 1 : Math.ceil(cols.length / MAX_NUMBER_COLUMNS);
    (areRowsLayers ? shortModuleNames(cols) : cols).forEach((name, i) => {
      make(head, "th", "", i % labelInterval === 0 ? name : "").scope = "col";
    });
    const body = make(table, "tbody");
    for (const row of rows) {
      const line = make(body, "tr");
      make(line, "th", "", row).scope = "row";
      for (const col of cols) {
        const name = names.get(areRowsLayers ? spotKey(col, row) : spotKey(row, col));
        const cell = make(line, "td");
        if (name !== undefined) cells.set(name, cell);
      }
    }
  }
  return cells;
}

/** Writes a value into a cell of a map or of a grid, on a color of its share. */
export function fillCell(cell: HTMLElement, text: string, share: number, hue: HueName): void {
  const shareInRange = Math.max(0, Math.min(1, share));
  cell.textContent = text;
  cell.className = `filled ${hue}`;
  cell.style.setProperty("--share", `${(100 * shareInRange).toFixed(1)}%`);
  cell.style.color = letterColor(shareInRange, hue);
}

/** Marks a cell whose module has no value. */
export function markEmptyCell(cell: HTMLElement): void {
  cell.textContent = "!";
  cell.className = "spoiled";
}

/** How far an arrow key moves the focus, in cells. */
const ARROW_STEPS: Readonly<Record<string, [down: number, right: number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

/** Maps for mouse, keyboard and screen readers, and a line below them on the cell that is pointed at. */
export class ModuleMap {
  readonly #cells: ReadonlyMap<string, HTMLTableCellElement>;
  /** The modules' spots in words. */
  readonly #spots = new Map<string, string>();
  /** The modules' values as the line below writes them. */
  readonly #values = new Map<string, string>();
  readonly #line: HTMLElement;
  readonly #onChoose: (name: string) => void;
  #chosen: string | undefined;

  /** `label` says what the values are; `onChoose` gets the name of the module that the reader chooses. */
  constructor(root: Element, modules: readonly SpottedModule[], label: string, onChoose: (name: string) => void) {
    this.#onChoose = onChoose;
    const box = make(root, "div", "inspect-maps");
    this.#line = make(root, "p", "inspect-line");
    this.#cells = drawMaps(box, modules, label, root.ownerDocument.defaultView!.matchMedia(NARROW).matches);
    for (const {name, spot} of modules) this.#spots.set(name, spotWords(spot));
    for (const grid of box.querySelectorAll("table")) {
      grid.setAttribute("role", "grid");
      for (const cell of grid.querySelectorAll("tbody td")) cell.setAttribute("role", "gridcell");
      grid.addEventListener("keydown", (event) => this.#onKey(event, grid));
    }
    for (const [name, cell] of this.#cells) {
      cell.dataset.module = name;
      cell.tabIndex = -1;
      cell.setAttribute("aria-selected", "false");
      cell.setAttribute("aria-label", this.#words(name));
      cell.addEventListener("click", () => this.#chooseByReader(name));
      for (const type of ["pointerenter", "focus"]) cell.addEventListener(type, () => this.#describe(name));
    }
    const [first] = this.#cells.values();
    if (first) first.tabIndex = 0;
  }

  #words(name: string, value = this.#values.get(name) ?? "not read yet"): string {
    return `${this.#spots.get(name)}: ${value}`;
  }

  /** Writes the module and its value in the line below. */
  #describe(name: string) {
    this.#line.textContent = this.#words(name);
  }

  #chooseByReader(name: string) {
    this.choose(name);
    this.#onChoose(name);
  }

  #onKey(event: KeyboardEvent, grid: HTMLTableElement) {
    const cell = (event.target as Element).closest<HTMLTableCellElement>("td[data-module]");
    const step = ARROW_STEPS[event.key];
    if (!cell || !(step || event.key === "Enter" || event.key === " ")) return;
    event.preventDefault();
    if (!step) {
      this.#chooseByReader(cell.dataset.module!);
      return;
    }
    const next = nextCell(grid, cell, step);
    if (!next) return;
    this.#makeTabStop(next);
    next.focus();
  }

  /** Makes a cell the only one that Tab reaches. */
  #makeTabStop(cell: HTMLTableCellElement) {
    for (const other of this.#cells.values()) other.tabIndex = -1;
    cell.tabIndex = 0;
  }

  /** Marks the chosen cell, without calling `onChoose`. */
  choose(name: string): void {
    if (this.#chosen !== undefined) this.#cells.get(this.#chosen)?.setAttribute("aria-selected", "false");
    this.#chosen = name;
    const cell = this.#cells.get(name);
    if (!cell) return;
    this.#makeTabStop(cell);
    cell.setAttribute("aria-selected", "true");
    this.#describe(name);
  }

  /** Fills a cell: `text` is written in it, `value` in the line below, and `share` is the strength of its color, from 0 to 1. */
  set(
    name: string,
    {text, value = text, share, hue}: {text: string; value?: string; share: number; hue: HueName},
  ): void {
    const cell = this.#cells.get(name)!;
    fillCell(cell, text, share, hue);
    cell.setAttribute("aria-label", this.#words(name, text));
    this.#values.set(name, value);
    if (name === this.#chosen) this.#describe(name);
  }

  /** Marks a module that has no value, and why. */
  setUnusable(name: string, why: string): void {
    const cell = this.#cells.get(name)!;
    markEmptyCell(cell);
    this.#values.set(name, why);
    cell.setAttribute("aria-label", this.#words(name));
  }
}

/** The next cell with a module in that direction, past cells without one; undefined at the edge. */
function nextCell(grid: HTMLTableElement, cell: HTMLTableCellElement, [down, right]: [number, number]) {
  let [row, col] = [(cell.parentElement as HTMLTableRowElement).rowIndex + down, cell.cellIndex + right];
  for (; ; row += down, col += right) {
    const next = grid.rows[row]?.cells[col];
    // The first row and the first column are heads.
    if (!next || row === 0 || col === 0) return undefined;
    if (next.dataset.module !== undefined) return next;
  }
}
