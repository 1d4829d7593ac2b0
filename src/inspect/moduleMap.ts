/** A map of all modules: matrices by layers, one number a cell, for mouse, keys and readers. */

import type {Spot} from "../engine/adapters/moduleNames.ts";
import {make} from "../figure/makeElement.ts";
import {contrastOn, type HueName} from "./contrast.ts";

/** A module and its place. */
export interface Spotted {
  name: string;
  spot: Spot;
}

/** What a cell shows. */
export interface CellValue {
  /** In the cell, where there is room. */
  text: string;
  /** In the line below, where more digits are of use. */
  full?: string;
  /** 0 … 1 of the color. */
  share: number;
  hue: HueName;
}

/** With more columns, numbers have no room and stand in the line below. */
const MOST_NUMBERS = 16;
/** Below this width of the window, layers go down, unless there are more matrices than this. */
const MOST_ACROSS = 8;
const NARROW = "(max-width: 40rem)";

/** The modules of one block, as rows and columns. */
interface Block {
  title: string;
  layers: string[];
  matrices: string[];
  names: Map<string, string>;
}

const key = (matrix: string, layer: string) => `${matrix}\n${layer}`;

/** Sorts modules into blocks; experts are layers of their own, and two modules of one place get rows of their own. */
export function moduleBlocks(modules: readonly Spotted[]): Block[] {
  const blocks = new Map<string, Block>();
  for (const {name, spot} of modules) {
    const title = [spot.network === "model" ? "" : spot.network, spot.block].filter(Boolean).join(", ");
    const block: Block = blocks.get(title) ?? {title, layers: [], matrices: [], names: new Map()};
    blocks.set(title, block);
    const layer = spot.layer + (/\[\d+\]$/.exec(name)?.[0] ?? "");
    const matrix = block.names.has(key(spot.matrix, layer)) ? name : spot.matrix;
    if (!block.layers.includes(layer)) block.layers.push(layer);
    if (!block.matrices.includes(matrix)) block.matrices.push(matrix);
    block.names.set(key(matrix, layer), name);
  }
  return [...blocks.values()];
}

/** The last word of each name, with the initial of the one before where that is not enough: c_attn, a.c_proj, m.c_proj. */
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

/** "layer 11, mlp.c_proj": how a cell is called. */
export const placeWords = ({layer, matrix, block, network}: Spot): string =>
  [network === "model" ? "" : network, block && layer.includes(".") ? block : "", layer && `layer ${layer}`, matrix]
    .filter(Boolean)
    .join(", ");

export class ModuleMap {
  readonly #cells = new Map<string, HTMLTableCellElement>();
  readonly #words = new Map<string, string>();
  readonly #full = new Map<string, string>();
  readonly #line: HTMLElement;
  readonly #take: (name: string) => void;
  #chosen: string | undefined;

  /** `label` says what the numbers are; `take` is told which cell somebody chose. */
  constructor(root: Element, modules: readonly Spotted[], label: string, take: (name: string) => void) {
    this.#take = take;
    for (const {name, spot} of modules) this.#words.set(name, placeWords(spot));
    const box = make(root, "div", "inspect-maps");
    const isNarrow = root.ownerDocument.defaultView!.matchMedia(NARROW).matches;
    const blocks = moduleBlocks(modules);
    for (const block of blocks) {
      const isTurned = isNarrow ? block.matrices.length <= MOST_ACROSS : block.layers.length < block.matrices.length;
      this.#draw(box, blocks.length > 1 ? block : {...block, title: ""}, label, isTurned);
    }
    this.#line = make(root, "p", "inspect-line");
    const first = this.#cells.values().next().value;
    if (first) first.tabIndex = 0;
  }

  #draw(root: Element, {title, layers, matrices, names}: Block, label: string, isTurned: boolean) {
    const [rows, cols] = isTurned ? [layers, matrices] : [matrices, layers];
    const box = make(root, "div", "scroller");
    if (title) make(box, "p", "inspect-block", title);
    const grid = make(box, "table", cols.length > MOST_NUMBERS ? "inspect-map dense" : "inspect-map");
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-label", title ? `${label}, ${title}` : label);
    const head = make(make(grid, "thead"), "tr");
    make(head, "td", "", layers.some(Boolean) ? "layer" : "");
    const every = isTurned ? 1 : Math.ceil(cols.length / MOST_NUMBERS);
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
        else this.#furnish(cell, name);
      }
    }
    grid.addEventListener("keydown", (event) => this.#move(event, grid));
  }

  #furnish(cell: HTMLTableCellElement, name: string) {
    this.#cells.set(name, cell);
    cell.tabIndex = -1;
    cell.dataset.module = name;
    cell.setAttribute("aria-selected", "false");
    cell.setAttribute("aria-label", `${this.#words.get(name)}: not read yet`);
    cell.addEventListener("click", () => this.#pick(name));
    for (const way of ["pointerenter", "focus"] as const)
      cell.addEventListener(way, () => {
        this.#tell(name);
      });
  }

  #pick(name: string) {
    this.choose(name);
    this.#take(name);
  }

  #move(event: KeyboardEvent, grid: HTMLTableElement) {
    const cell = (event.target as Element).closest<HTMLTableCellElement>("td[data-module]");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#pick(cell.dataset.module!);
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

  /** Marks the chosen cell, without telling anybody. */
  choose(name: string): void {
    if (this.#chosen !== undefined) this.#cells.get(this.#chosen)?.setAttribute("aria-selected", "false");
    this.#chosen = name;
    const cell = this.#cells.get(name);
    if (!cell) return;
    for (const other of this.#cells.values()) other.tabIndex = -1;
    cell.tabIndex = 0;
    cell.setAttribute("aria-selected", "true");
    this.#tell(name);
  }

  /** The line below says which module it is, and its number. */
  #tell(name: string) {
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
    const held = Math.max(0, Math.min(1, share));
    cell.style.setProperty("--share", `${(100 * held).toFixed(1)}%`);
    cell.style.color = contrastOn(held, hue);
    if (name === this.#chosen) this.#tell(name);
  }

  /** A module without a number. */
  spoil(name: string, why: string): void {
    const cell = this.#cells.get(name);
    if (!cell) return;
    cell.textContent = "!";
    cell.className = "spoiled";
    this.#full.set(name, why);
    cell.setAttribute("aria-label", `${this.#words.get(name)}: ${why}`);
  }
}

/** The next cell with a module in that direction; rows and columns may have holes. */
function nextCell(grid: HTMLTableElement, cell: HTMLTableCellElement, [down, right]: [number, number]) {
  let [row, col] = [(cell.parentElement as HTMLTableRowElement).rowIndex + down, cell.cellIndex + right];
  for (; ; row += down, col += right) {
    const next = grid.rows[row]?.cells[col];
    if (!next || next.localName === "th" || row === 0) return undefined;
    if (next.dataset.module !== undefined) return next as HTMLTableCellElement;
  }
}
