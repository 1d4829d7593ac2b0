/** The parts of the layer: their names, their numbers, and which of them each stage shows. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import type {PaperSymbol, Rich} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {RoadPart, RoadSlot} from "./drawing/places.ts";
import {controls, type ForwardParams, type ForwardResult} from "./model.ts";

export type ForwardStage = ForwardParams["stage"];

/** Symbols that only this figure has. */
const own = {
  x: {symbol: "x", text: "x"},
  h: {symbol: "h", text: "h"},
  g: {symbol: "h", text: "g"},
  W: {symbol: "W0", text: "W"},
} satisfies Record<string, PaperSymbol>;

/** The name of each part in the table. */
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

export type PlacedPart = RoadPart & {part: LayerPart};

type Sizes = Pick<ForwardParams, "d" | "k" | "r">;

const place = (slot: RoadSlot & LayerPart, symbol: string, label: Rich): PlacedPart => ({
  slot,
  part: slot,
  symbol,
  label,
});

/** The blocks of the forward pass. */
const parts = ({d, k, r}: Sizes, scaling: string, example: string) => ({
  x: place("x", "x", [own.x, example]),
  A: place("A", "A", [symbol.A, ` ${r}×${k}`]),
  W0: place("W0", "W0", [symbol.W0, ` ${d}×${k}, frozen`]),
  base: place("base", "W0", [symbol.W0, own.x]),
  down: place("down", "A", [symbol.A, own.x]),
  B: place("B", "B", [symbol.B, ` ${d}×${r}`]),
  up: place("up", "dW", [`${scaling}·`, symbol.B, symbol.A, own.x]),
  h: place("h", "h", [own.h]),
  y: place("y", "y", ["y, due"]),
});

const empty = (one: PlacedPart): PlacedPart => ({...one, empty: true});

/** The blocks of a stage. `example` says which input x is, if there is more than one. */
export function stageParts(stage: ForwardStage, sizes: Sizes, scaling: string, example: string): readonly PlacedPart[] {
  const {x, A, W0, base, down, B, up, h, y} = parts(sizes, scaling, example);
  const outlines = (when: string) => [empty({...A, label: [symbol.A, when]}), empty({...B, label: [symbol.B, when]})];
  const g = {part: "g", symbol: "h", label: [own.g]} as const;
  switch (stage) {
    case "freeze":
      return [x, W0, base, {...h, part: "base"}, y, ...outlines(", to come")];
    case "insert":
      return [empty(x), A, W0, empty(base), empty(down), B, empty(up), empty(h)];
    case "forward":
      return [x, A, W0, base, down, B, up, h, y];
    case "backward":
      return [
        x,
        place("dx", "x", ["∂L/∂", own.x]),
        {...A, label: [symbol.A]},
        place("da", "A", ["∂L/∂", symbol.A]),
        {...W0, label: [symbol.W0, ": no gradient"]},
        down,
        place("du", "B", [`${scaling}·`, symbol.B, "ᵀ", own.g]),
        {...B, label: [symbol.B]},
        place("db", "B", ["∂L/∂", symbol.B]),
        {...base, ...g},
        {...up, ...g},
        {...h, ...g},
      ];
    case "merge":
      return [
        x,
        {...W0, part: "w", label: [own.W, " = ", symbol.W0, ` + ${scaling}·`, symbol.B, symbol.A]},
        {...base, part: "out", label: [own.W, own.x]},
        {...h, label: [own.h, " before"]},
        ...outlines(", in W"),
      ];
  }
}
