/** A map of all modules, matrices by layers with a value in each cell, for mouse, keyboard and screen readers. */

import type {Spot} from "../engine/adapters/moduleNames.ts";
import {make} from "../figure/makeElement.ts";
import {type HueName, letterColor} from "./contrast.ts";
import {aside} from "./parts.ts";

/** A module, and where it acts in the model. */
export interface SpottedModule {
  name: string;
  spot: Spot;
}

/** What a cell shows. */
interface CellValue {
  /** Written in the cell where there is room. */
  text: string;
  /** Written in the line below the map; `text` if it is left out. */
  full?: string;
  /** How strong the color is, from 0 to 1. */
  share: number;
  hue: HueName;
}

/** With more columns than this, cells have no room for values, which only the line below shows then. */
const MAX_NUMBER_COLUMNS = 16;
/** In windows narrower than this, layers are rows, unless there are more matrices than this. */
const MAX_NARROW_COLUMNS = 8;
const NARROW = "(max-width: 40rem)";

/** The modules of one part of the model, as rows and columns. */
interface MapBlock {
  title: string;
  layers: string[];
  matrices: string[];
  names: Map<string, string>;
}

const key = (matrix: string, layer: string) => `${matrix}\n${layer}`;

/** Sorts modules into maps. Each expert is a layer of its own, and each of two modules at one spot a matrix of its own. */
export function moduleBlocks(modules: readonly SpottedModule[]): MapBlock[] {
  const blocks = new Map<string, MapBlock>();
  for (const {name, spot} of modules) {
    const title = [spot.network === "model" ? "" : spot.network, spot.block].filter(Boolean).join(", ");
    const block: MapBlock = blocks.get(title) ?? {title, layers: [], matrices: [], names: new Map()};
    blocks.set(title, block);
    const layer = spot.layer + (/\[\d+\]$/.exec(name)?.[0] ?? "");
    const matrix = block.names.has(key(spot.matrix, layer)) ? name : spot.matrix;
    if (!block.layers.includes(layer)) block.layers.push(layer);
    if (!block.matrices.includes(matrix)) block.matrices.push(matrix);
    block.names.set(key(matrix, layer), name);
  }
  return [...blocks.values()];
}

/** The last word of each name, with the initial of the word before where two are alike: c_attn, a.c_proj, m.c_proj. */
export function shortModuleNames(names: readonly string[]): string[] {
  const words = names.map((name) => name.split("."));
  const lasts = words.map((parts) => parts.at(-1)!);
  const short = words.map((parts, i) =>
    parts.length > 1 && lasts.filter((last) => last === lasts[i]).length > 1
      ? `${parts.at(-2)![0]}.${lasts[i]}`
      : lasts[i]!,
  );
  return short.map((name, i) => (short.indexOf(name) === short.lastIndexOf(name) ? name : names[i]!));
}

/** A module's spot in words: "layer 11, mlp.c_proj". */
export const spotWords = ({layer, matrix, block, network}: Spot): string =>
  [network === "model" ? "" : network, block && layer.includes(".") ? block : "", layer && `layer ${layer}`, matrix]
    .filter(Boolean)
    .join(", ");

/** One or more tables of cells, and a line below them on the cell that is pointed at. */
export class ModuleMap {
  readonly #cells = new Map<string, HTMLTableCellElement>();
  readonly #words = new Map<string, string>();
  readonly #full = new Map<string, string>();
  readonly #line: HTMLElement;
  readonly #onChoose: (name: string) => void;
  #chosen: string | undefined;

  /** `label` says what the values are; `onChoose` gets the name of the module that the reader chooses. */
  constructor(root: Element, modules: readonly SpottedModule[], label: string, onChoose: (name: string) => void) {
    this.#onChoose = onChoose;
    for (const {name, spot} of modules) this.#words.set(name, spotWords(spot));
    const box = make(root, "div", "inspect-maps");
    const isNarrow = root.ownerDocument.defaultView!.matchMedia(NARROW).matches;
    const blocks = moduleBlocks(modules);
    for (const block of blocks) {
      const isTurned = isNarrow
        ? block.matrices.length <= MAX_NARROW_COLUMNS
        : block.layers.length < block.matrices.length;
      this.#draw(box, blocks.length > 1 ? block : {...block, title: ""}, label, isTurned);
    }
    this.#line = make(root, "p", "inspect-line");
    const first = this.#cells.values().next().value;
    if (first) first.tabIndex = 0;
  }

  #draw(root: Element, {title, layers, matrices, names}: MapBlock, label: string, isTurned: boolean) {
    const [rows, cols] = isTurned ? [layers, matrices] : [matrices, layers];
    const box = make(root, "div", "scroller");
    if (title) aside(box, title);
    const grid = make(box, "table", cols.length > MAX_NUMBER_COLUMNS ? "inspect-map dense" : "inspect-map");
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-label", title ? `${label}, ${title}` : label);
    const head = make(make(grid, "thead"), "tr");
    make(head, "td", "", layers.some(Boolean) ? "layer" : "");
    const every = isTurned ? 1 : Math.ceil(cols.length / MAX_NUMBER_COLUMNS);
    const heads = isTurned ? shortModuleNames(cols) : cols;
    heads.forEach((name, i) => {
      make(head, "th", "", i % every === 0 ? name : "").scope = "col";
    });
    const body = make(grid, "tbody");
    for (const row of rows) {
      const line = make(body, "tr");
      make(line, "th", "", row).scope = "row";
      for (const col of cols) {
        const name = names.get(isTurned ? key(col, row) : key(row, col));
        const cell = make(line, "td");
        cell.setAttribute("role", "gridcell");
        if (name === undefined) cell.className = "none";
        else this.#fillEmpty(cell, name);
      }
    }
    grid.addEventListener("keydown", (event) => this.#move(event, grid));
  }

  #fillEmpty(cell: HTMLTableCellElement, name: string) {
    this.#cells.set(name, cell);
    cell.tabIndex = -1;
    cell.dataset.module = name;
    cell.setAttribute("aria-selected", "false");
    cell.setAttribute("aria-label", `${this.#words.get(name)}: not read yet`);
    cell.addEventListener("click", () => this.#chooseByReader(name));
    for (const way of ["pointerenter", "focus"] as const)
      cell.addEventListener(way, () => {
        this.#describe(name);
      });
  }

  #chooseByReader(name: string) {
    this.choose(name);
    this.#onChoose(name);
  }

  #move(event: KeyboardEvent, grid: HTMLTableElement) {
    const cell = (event.target as Element).closest<HTMLTableCellElement>("td[data-module]");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#chooseByReader(cell.dataset.module!);
      return;
    }
    const steps: Record<string, [number, number]> = {
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = nextCell(grid, cell, step);
    if (!next) return;
    for (const other of this.#cells.values()) other.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  /** Marks the chosen cell, without calling `onChoose`. */
  choose(name: string): void {
    if (this.#chosen !== undefined) this.#cells.get(this.#chosen)?.setAttribute("aria-selected", "false");
    this.#chosen = name;
    const cell = this.#cells.get(name);
    if (!cell) return;
    for (const other of this.#cells.values()) other.tabIndex = -1;
    cell.tabIndex = 0;
    cell.setAttribute("aria-selected", "true");
    this.#describe(name);
  }

  /** Writes the module and its value in the line below. */
  #describe(name: string) {
    const words = this.#words.get(name);
    this.#line.textContent = `${words}: ${this.#full.get(name) ?? "not read yet"}`;
  }

  /** Fills a cell. */
  set(name: string, {text, full = text, share, hue}: CellValue): void {
    const cell = this.#cells.get(name);
    if (!cell) return;
    cell.textContent = text;
    this.#full.set(name, full);
    cell.setAttribute("aria-label", `${this.#words.get(name)}: ${text}`);
    cell.className = `filled ${hue}`;
    const shareInRange = Math.max(0, Math.min(1, share));
    cell.style.setProperty("--share", `${(100 * shareInRange).toFixed(1)}%`);
    cell.style.color = letterColor(shareInRange, hue);
    if (name === this.#chosen) this.#describe(name);
  }

  /** Marks a module that has no value, and why. */
  setUnusable(name: string, why: string): void {
    const cell = this.#cells.get(name);
    if (!cell) return;
    cell.textContent = "!";
    cell.className = "spoiled";
    this.#full.set(name, why);
    cell.setAttribute("aria-label", `${this.#words.get(name)}: ${why}`);
  }
}

/** The next cell with a module in that direction, past cells without one. */
function nextCell(grid: HTMLTableElement, cell: HTMLTableCellElement, [down, right]: [number, number]) {
  let [row, col] = [(cell.parentElement as HTMLTableRowElement).rowIndex + down, cell.cellIndex + right];
  for (; ; row += down, col += right) {
    const next = grid.rows[row]?.cells[col];
    if (!next || next.localName === "th" || row === 0) return undefined;
    if (next.dataset.module !== undefined) return next as HTMLTableCellElement;
  }
}
