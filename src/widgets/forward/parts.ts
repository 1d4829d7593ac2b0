import type {Matrix} from "../../engine/matrix.ts";
import type {Rich, Sign} from "../../figures/symbol.ts";
import {sign} from "../signs.ts";
import type {ForwardParams, ForwardResult} from "./model.ts";

export type Stage = ForwardParams["stage"];

export const own = {
  x: {symbol: "x", text: "x"},
  h: {symbol: "h", text: "h"},
  g: {symbol: "h", text: "g"},
  W: {symbol: "W0", text: "W"},
  alpha: {symbol: "alpha", text: "α"},
} satisfies Record<string, Sign>;
export const over: readonly (string | Sign)[] = ["(", own.alpha, "/", sign.r, ")"];

/** What the table calls each part of the layer; formula, code and picture know it by its key. */
export const names = {
  x: "x",
  y: "target y",
  W0: "W₀",
  A: "A",
  B: "B",
  base: "W₀x",
  down: "Ax",
  up: "(α/r)BAx",
  h: "h",
  g: "g = ∂L/∂h",
  du: "(α/r)Bᵀg",
  da: "∂L/∂A",
  db: "∂L/∂B",
  dx: "∂L/∂x",
  dw: "ΔW",
  w: "W",
  out: "Wx",
} as const;
export type Part = keyof typeof names;

/** The numbers of each part; a vector is one row. */
export const numbersOf = (result: ForwardResult): Readonly<Record<Part, Matrix>> => ({
  ...result,
  da: result.dA,
  db: result.dB,
  dw: result.delta,
  w: result.W,
  out: result.merged,
});

export interface Placed {
  slot: "dx" | "x" | "A" | "W0" | "kept" | "down" | "base" | "B" | "up" | "h";
  part: Part;
  symbol: string;
  label: Rich;
  /** The room of what is not there. */
  empty?: boolean;
}

type Sizes = Pick<ForwardParams, "d" | "k" | "r">;

function parts({d, k, r}: Sizes, scaling: string) {
  return {
    x: {slot: "x", part: "x", symbol: "x", label: [own.x]},
    A: {slot: "A", part: "A", symbol: "A", label: [sign.A, ` ${r} × ${k}`]},
    W0: {slot: "W0", part: "W0", symbol: "W0", label: [sign.W0, ` ${d} × ${k}, frozen`]},
    base: {slot: "base", part: "base", symbol: "h", label: [sign.W0, own.x]},
    down: {slot: "down", part: "down", symbol: "x", label: [sign.A, own.x]},
    B: {slot: "B", part: "B", symbol: "B", label: [sign.B, ` ${d} × ${r}`]},
    up: {slot: "up", part: "up", symbol: "h", label: [`${scaling}·`, sign.B, sign.A, own.x]},
    h: {slot: "h", part: "h", symbol: "h", label: [own.h]},
  } satisfies Record<string, Placed>;
}

const empty = (one: Placed): Placed => ({...one, empty: true});

/** What stands where in each stage. */
export function placed(stage: Stage, sizes: Sizes, scaling: string): readonly Placed[] {
  const {x, A, W0, base, down, B, up, h} = parts(sizes, scaling);
  const [roomA, roomB] = [empty({...A, label: [sign.A]}), empty({...B, label: [sign.B]})];
  switch (stage) {
    case "freeze":
      return [x, roomA, W0, base, roomB, {...h, part: "base", label: [own.h]}];
    case "insert":
      return [empty(x), A, W0, empty(base), empty(down), B, empty(up), empty(h)];
    case "forward":
      return [x, A, W0, base, down, B, up, h];
    case "backward":
      return [
        {slot: "dx", part: "dx", symbol: "x", label: ["∂L/∂", own.x, ", on to the layers below"]},
        {...x, label: [own.x, ", kept from the forward pass"]},
        {...A, part: "da", label: ["∂L/∂", sign.A]},
        {...W0, label: [sign.W0, ", frozen: no gradient stored"]},
        {...down, slot: "kept", label: [sign.A, own.x, " kept"]},
        {...base, part: "g", label: [own.g]},
        {...down, part: "du", symbol: "B", label: [`${scaling}·`, sign.B, "ᵀ", own.g]},
        {...B, part: "db", label: ["∂L/∂", sign.B]},
        {...up, part: "g", label: [own.g]},
        {...h, part: "g", label: [own.g]},
      ];
    case "merge":
      return [
        x,
        roomA,
        {...W0, part: "w", label: [own.W, " = ", sign.W0, ` + ${scaling}·`, sign.B, sign.A]},
        {...base, part: "out", label: [own.W, own.x]},
        roomB,
        {...up, part: "h", label: [own.h, " unmerged"]},
      ];
  }
}
