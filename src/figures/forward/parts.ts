import type {Matrix} from "../../engine/linalg/matrix.ts";
import type {PaperSymbol, Rich} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import {controls, type ForwardParams, type ForwardResult} from "./model.ts";

export type ForwardStage = ForwardParams["stage"];

export const own = {
  x: {symbol: "x", text: "x"},
  h: {symbol: "h", text: "h"},
  g: {symbol: "h", text: "g"},
  W: {symbol: "W0", text: "W"},
} satisfies Record<string, PaperSymbol>;

/** The parts of the layer, with their names in the table. */
export const partNames = {
  ...controls.trace.options,
  x: "x",
  y: "y",
  W0: "W₀",
  A: "A",
  B: "B",
  up: "(α/r)BAx",
  g: "g = h − y",
  out: "Wx",
} as const;
export type LayerPart = Exclude<keyof typeof partNames, "auto">;

/** The numbers of each part; a vector is a row. */
export const partNumbers = (result: ForwardResult): Readonly<Record<LayerPart, Matrix>> => ({
  ...result,
  da: result.dA,
  db: result.dB,
  dw: result.delta,
  w: result.W,
  out: result.merged,
});

export interface PlacedPart {
  slot: "dx" | "x" | "A" | "W0" | "kept" | "down" | "base" | "B" | "up" | "h";
  part: LayerPart;
  symbol: string;
  label: Rich;
  /** An outline without numbers. */
  empty?: boolean;
}

type Sizes = Pick<ForwardParams, "d" | "k" | "r">;

const place = (slot: PlacedPart["slot"] & LayerPart, symbol: string, label: Rich): PlacedPart => ({
  slot,
  part: slot,
  symbol,
  label,
});

const parts = ({d, k, r}: Sizes, scaling: string) => ({
  x: place("x", "x", [own.x]),
  A: place("A", "A", [symbol.A, ` ${r} × ${k}`]),
  W0: place("W0", "W0", [symbol.W0, ` ${d} × ${k}, frozen`]),
  base: place("base", "h", [symbol.W0, own.x]),
  down: place("down", "x", [symbol.A, own.x]),
  B: place("B", "B", [symbol.B, ` ${d} × ${r}`]),
  up: place("up", "h", [`${scaling}·`, symbol.B, symbol.A, own.x]),
  h: place("h", "h", [own.h]),
});

const empty = (one: PlacedPart): PlacedPart => ({...one, empty: true});

/** What each stage shows in each slot. */
export function placed(stage: ForwardStage, sizes: Sizes, scaling: string): readonly PlacedPart[] {
  const {x, A, W0, base, down, B, up, h} = parts(sizes, scaling);
  const outlines = [empty({...A, label: [symbol.A]}), empty(down), empty({...B, label: [symbol.B]})];
  switch (stage) {
    case "freeze":
      return [x, W0, base, {...h, part: "base"}, ...outlines];
    case "insert":
      return [empty(x), A, W0, empty(base), empty(down), B, empty(up), empty(h)];
    case "forward":
      return [x, A, W0, base, down, B, up, h];
    case "backward":
      return [
        {...x, label: [own.x, ", kept"]},
        place("dx", "x", ["∂L/∂", own.x, ", to layers below"]),
        {...A, part: "da", label: ["∂L/∂", symbol.A]},
        {...W0, label: [symbol.W0, ": no gradient stored"]},
        {...down, slot: "kept", label: [symbol.A, own.x, " kept"]},
        {...base, part: "g", label: [own.g]},
        {...down, part: "du", symbol: "B", label: [`${scaling}·`, symbol.B, "ᵀ", own.g]},
        {...B, part: "db", label: ["∂L/∂", symbol.B]},
        {...up, part: "g", label: [own.g]},
        {...h, part: "g", label: [own.g]},
      ];
    case "merge":
      return [
        x,
        {...W0, part: "w", label: [own.W, " = ", symbol.W0, ` + ${scaling}·`, symbol.B, symbol.A]},
        {...base, part: "out", label: [own.W, own.x]},
        {...up, part: "h", label: [own.h, " unmerged"]},
        ...outlines,
      ];
  }
}
