import {setAttributes} from "../../figure/live/form.ts";
import {chart} from "../../figure/plot/chart.ts";
import {dragHandle} from "../../figure/plot/dragHandle.ts";
import {layer} from "../../figure/plot/layer.ts";
import {heatmap} from "../../figure/plot/matrices/heatmap.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Room} from "../../figure/plot/room.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed, tiny} from "../../figure/plot/text/format.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {endGlide, glide} from "./drawing/glide.ts";
import {keys, lights, patch, type SheetCell, type SlantedTable, sheetCells, slantedTable} from "./drawing/table.ts";
import {FOLD_SIDE, type FoldParams, type FoldResult, LIFTED, MERGED} from "./model.ts";

interface Drawing {
  picture: Element;
  result: FoldResult;
  params: FoldParams;
  act: Act;
  room: Room;
}

/** The picture is this many cells wide and high; the sheet begins this many cells above the table. */
const [WIDE, HIGH, LIFT] = [15, 9.4, 4.1];
/** The sheet has come down after this part of the way; then its cells mix with those below. */
const DOWN = 0.6;

const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
const smooth = (t: number): number => t * t * (3 - 2 * t);

/** How far the sheet is on its way into W₀, from 0 to 1, whether it sinks or is lifted off again. */
export const sheetProgress = (sheet: number): number => (sheet <= MERGED ? sheet : LIFTED - sheet) / MERGED;

/** Animates the sheet; a reader who moves it meanwhile keeps what they set. */
export function send(picture: Element, act: Act, from: number, to: number) {
  glide(picture, from, to, (next, before) => act.set((now) => ({sheet: now.sheet === before ? next : now.sheet})));
}

/** Where a press on Merge, or on Unmerge, sends the sheet. */
export const target = (sheet: number, isMerge: boolean): number => (isMerge ? MERGED : sheet < MERGED ? 0 : LIFTED);

const pathIn = (g: Element, name: string, d: string, opacity = 1) =>
  setAttributes(layer(g, "path", name), {d, opacity: rounded(opacity, 2)});

interface Scene extends Drawing {
  on: SlantedTable;
  /** How high the sheet is, and how far its cells have mixed with those below, from 0 to 1. */
  high: number;
  mix: number;
}

const sizes = ({data}: {data: Float64Array}, pale: number): number[] => {
  const most = data.reduce((sum, x) => Math.max(sum, Math.abs(x)), 0);
  return Array.from(data, (x) => pale + (1 - pale) * (Math.abs(x) / most));
};

const places = Array.from(
  {length: FOLD_SIDE * FOLD_SIDE},
  (_, k) => [Math.floor(k / FOLD_SIDE), k % FOLD_SIDE] as const,
);

/** One path x → W₀ → h, and above it, as long as it is there, the one through A and B. */
function roads(g: Element, {on, high, mix}: Scene) {
  const {cell} = on;
  const [left, y] = on.at(FOLD_SIDE / 2, 0, 0);
  const [right] = on.at(FOLD_SIDE / 2, FOLD_SIDE, 0);
  const [from, to] = [left - 3.5 * cell, right + 3.5 * cell];
  pathIn(g, "road", `M${rounded(from)},${y}H${rounded(left - 4)}M${rounded(right + 4)},${y}H${rounded(to)}`);
  const up = rounded(y - high);
  const inner = `M${rounded(from + 0.7 * cell)},${y}V${up}H${rounded(left - 1.45 * cell)}`;
  const outer = `M${rounded(right + 4)},${up}H${rounded(to - cell)}V${y}`;
  pathIn(g, "second", mix < 1 ? inner + outer : "", 1 - mix);
  const sum = group(g, "sum", to - cell, y);
  sum.setAttribute("opacity", String(rounded(1 - mix, 2)));
  layer(sum, "circle", "round").setAttribute("r", "9");
  pathIn(sum, "plus", "M-5,0H5M0,-5V5");
  name(g, "of-x", [{symbol: "x", text: "x"}], from - 9, y + 5);
  name(g, "of-h", [{symbol: "h", text: "h"}], to + 9, y + 5);
}

function name(g: Element, className: string, rich: Rich, x: number, y: number, anchor = "middle") {
  const text = layer(g, "text", `name ${className}`);
  setAttributes(text, {x: rounded(x), y: rounded(y), "text-anchor": anchor});
  write(text, rich, "tspan");
}

/** The slate sheet. In each cell a violet square grows: its area is |ΔW| / (|W₀| + |ΔW|) of the cell. */
function slate(g: Element, {on, mix, result: {W0, update}, params, act}: Scene) {
  pathIn(g, "edge", patch(on, [0, 0, FOLD_SIDE, FOLD_SIDE], -6));
  pathIn(g, "under", patch(on, [0, 0, FOLD_SIDE, FOLD_SIDE], 0));
  const strengths = sizes(W0, 0.2);
  const lower = group(g, "cells");
  sheetCells(
    lower,
    places.map(([i, j], k): SheetCell => ({d: patch(on, [i, j, i + 1, j + 1], 0), strength: strengths[k]!})),
  );
  points(lower, params, act);
  const shares = places.map((_, k) => {
    const [w, d] = [Math.abs(W0.data[k]!), Math.abs(update.data[k]!)];
    return (mix * d) / (w + d || 1);
  });
  sheetCells(
    group(g, "mixed"),
    mix > 0
      ? places.map(([i, j], k): SheetCell => {
          const gap = (1 - Math.sqrt(shares[k]!)) / 2;
          return {d: patch(on, [i + gap, j + gap, i + 1 - gap, j + 1 - gap], 0), strength: 1};
        })
      : [],
  );
}

/** Lights the cell under a mouse, or the one that is pressed. */
const points = (g: Element, {row, column}: FoldParams, act: Act) =>
  lights(g, (k) => {
    const [i, j] = places[k]!;
    if (i + 1 !== row || j + 1 !== column) act.set({row: i + 1, column: j + 1});
  });

/** The violet sheet with B at its side and A at its back. */
function violet(g: Element, scene: Scene) {
  const {on, high, mix, result, params, act} = scene;
  g.setAttribute("opacity", String(rounded(1 - mix, 2)));
  pathIn(g, "under", patch(on, [0, 0, FOLD_SIDE, FOLD_SIDE], high));
  const strengths = sizes(result.update, 0.16);
  const upper = group(g, "cells");
  sheetCells(
    upper,
    places.map(([i, j], k): SheetCell => ({d: patch(on, [i, j, i + 1, j + 1], high), strength: strengths[k]!})),
  );
  points(upper, params, act);
  const [down, across] = [sizes(result.B, 0.25), sizes(result.A, 0.25)];
  sheetCells(
    group(g, "strip-B"),
    down.map((strength, i): SheetCell => ({d: patch(on, [i, -1.2, i + 1, -0.35], high), strength})),
  );
  sheetCells(
    group(g, "strip-A"),
    across.map((strength, j): SheetCell => ({d: patch(on, [-1.2, j, -0.35, j + 1], high), strength})),
  );
  const [bx, by] = on.at(FOLD_SIDE, -0.8, high);
  name(g, "letter-B", [symbol.B], bx, by + 17);
  const [ax, ay] = on.at(-0.8, FOLD_SIDE, high);
  name(g, "letter-A", [symbol.A], ax + 8, ay + 5, "start");
  const [dx, dy] = on.at(FOLD_SIDE, FOLD_SIDE, high);
  name(g, "letter-BA", high > 14 ? [symbol.dW, " = ", symbol.BA] : [], dx + 10, dy + 4, "start");
}

const STEP = 5;

/** The sheet is pulled down or up; let go above the middle of its way it returns. */
function holds(g: Element, chart: Element, {picture, params: {sheet}, act}: Scene, lift: number) {
  const isBefore = (from: number) => from < MERGED;
  const moved = (from: number, dy: number): number => {
    const by = (dy / lift) * DOWN * MERGED;
    return Math.round(isBefore(from) ? clamp(from + by, 0, MERGED) : clamp(from - by, MERGED, LIFTED));
  };
  dragHandle(g, chart, {
    from: () => {
      endGlide(picture);
      return sheet;
    },
    onPull: (from, _, dy) => act.set({sheet: moved(from, dy)}),
    onCancel: (from) => act.set({sheet: from}),
    onDrop: (from, _, dy) => {
      if (Math.abs(dy) < 4) return;
      const now = moved(from, dy);
      send(picture, act, now, sheetProgress(now) > 0.5 ? MERGED : isBefore(from) ? 0 : LIFTED);
    },
  });
  keys(g, (event) => {
    const by = {ArrowDown: STEP, ArrowUp: -STEP}[event.key];
    if (!by) return;
    event.preventDefault();
    const isDown = sheet < MERGED || (sheet === MERGED && by > 0);
    act.set({sheet: isDown ? clamp(sheet + by, 0, MERGED) : clamp(sheet - by, MERGED, LIFTED)});
  });
}

const stateOf = (sheet: number): string =>
  sheet === 0
    ? "apart"
    : sheet === MERGED
      ? "merged"
      : sheet === LIFTED
        ? "lifted off again"
        : `${Math.round(100 * sheetProgress(sheet))}% merged`;

export function folding(drawing: Drawing) {
  const {picture, params, room} = drawing;
  const {g, width, height} = chart(picture, "folding", room, {
    nominal: 450,
    height: (width) => (HIGH / WIDE) * width,
    alt: `The sheet BA, with B at its side and A at its back, and the sheet W₀ below it: ${stateOf(params.sheet)}`,
    interactive: true,
  });
  const cell = width / WIDE;
  const on = slantedTable(width / 2, height - 2.5 * cell, cell, FOLD_SIDE);
  const way = sheetProgress(params.sheet);
  const high = LIFT * cell * (1 - smooth(clamp(way / DOWN, 0, 1)));
  const scene: Scene = {...drawing, on, high, mix: clamp((way - DOWN) / (1 - DOWN), 0, 1)};
  const back = group(g, "back");
  back.setAttribute("aria-hidden", "true");
  roads(group(back, "roads"), scene);
  slate(group(back, "slate"), scene);
  const corners = [on.at(0, FOLD_SIDE, 0), on.at(FOLD_SIDE, FOLD_SIDE, 0), on.at(FOLD_SIDE, 0, 0)];
  pathIn(back, "posts", high > 4 ? corners.map(([x, y]) => `M${x},${y}v${rounded(-high)}`).join("") : "");
  const [x, y] = on.at(FOLD_SIDE, FOLD_SIDE, 0);
  name(back, "of-W", scene.mix > 0.5 ? [symbol.W0, " + ", symbol.BA] : [symbol.W0], x + 10, y + 4, "start");
  const sheet = group(g, "sheet");
  setAttributes(sheet, {
    tabindex: 0,
    role: "slider",
    "aria-orientation": "vertical",
    "aria-label": "The sheet BA: the down arrow lowers it onto W₀, the up arrow lifts it",
    "aria-valuemin": 0,
    "aria-valuemax": LIFTED,
    "aria-valuenow": params.sheet,
    "aria-valuetext": stateOf(params.sheet),
  });
  const inside = group(sheet, "inside");
  inside.setAttribute("aria-hidden", "true");
  violet(inside, scene);
  holds(sheet, g, scene, LIFT * cell);
  const {row, column} = params;
  pathIn(back, "lit", row && column ? patch(on, [row - 1, column - 1, row, column], 0) : "");
}

/** What merging and unmerging leave behind: pale until the sheet is off again. */
export function leftPanel({picture, result: {left, off, largest}, params: {sheet}, room}: Drawing) {
  const isLifted = sheet === LIFTED;
  const {g, width} = chart(picture, "left", room, {
    label: ["Errors after unmerging"],
    nominal: 150,
    height: (width) => width,
    alt: isLifted
      ? `${off} of ${FOLD_SIDE * FOLD_SIDE} entries of W₀ are off after merging and unmerging, by at most ${tiny(largest)}`
      : `Pale until the sheet is lifted off again: ${off} of ${FOLD_SIDE * FOLD_SIDE} entries of W₀ will not come back`,
  });
  const cell = width / FOLD_SIDE;
  const map = group(g, "map");
  map.setAttribute("opacity", isLifted ? "1" : "0.4");
  heatmap(map, left, {cellWidth: cell, cellHeight: cell, limit: largest || 1});
  pathIn(
    g,
    "grid",
    places
      .map(
        ([i, j]) => `M${rounded(j * cell)},${rounded(i * cell)}h${rounded(cell)}v${rounded(cell)}h${rounded(-cell)}z`,
      )
      .join(""),
  );
  layer(
    picture.querySelector(":scope > .left")!,
    "p",
    "note",
    isLifted
      ? `${off} of ${FOLD_SIDE * FOLD_SIDE} entries are off, by up to ${tiny(largest)}.`
      : "Merge, then lift the sheet off again: the pale cells will not come back.",
  );
}

/** The sum of the lit cell, and what storing makes of it. */
export function entrySum({picture, result: {W0, update, W}, params: {row, column}}: Drawing) {
  const line = layer(picture, "p", "sumline");
  const isLit = row > 0 && column > 0;
  line.toggleAttribute("data-untraced", !isLit);
  if (!isLit) return write(line, ["Point at a cell to see its sum."]);
  const k = (row - 1) * FOLD_SIDE + column - 1;
  const [w, d] = [W0, update].map(({data}) => Math.round(data[k]! * 1e4) / 1e4) as [number, number];
  const stored = fixed(W.data[k]!, 4);
  const due = fixed(w + d, 4);
  write(line, [
    {...symbol.W0, text: `W₀[${row},${column}]`},
    " + ",
    {...symbol.dW, text: `ΔW[${row},${column}]`},
    ` = ${fixed(w, 4)} ${d < 0 ? "−" : "+"} ${fixed(Math.abs(d), 4)} = ${due}`,
    stored === due ? "" : `, stored as ${stored}`,
  ]);
}
