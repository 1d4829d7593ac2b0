import type {Formula, Glyph} from "../../figure/plot/text/typeset.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Work} from "./controls.ts";

/** A member of the family. */
export interface Member {
  year: number;
  /** The part of the recipe that it changes. */
  changes: string;
  /** In the letters of this site, in parts that no line may break; new parts have the symbol "new". */
  formula: readonly Formula[];
}

const {A, B, dW, r, alpha} = symbol;
const W0 = {symbol: "W0", text: "W_0"};
const x = {symbol: "x", text: "x"};
const fresh = (text: string): Glyph => ({symbol: "new", text});
const s = {over: [alpha], under: [r]};
const W = {symbol: "W", text: "W"};
const V = {symbol: "V", text: "V"};
const G = {symbol: "G", text: "G"};
const N = {symbol: "N", text: "N"};
const h = {symbol: "h", text: "h"};
const is = " = ";

export const members: Readonly<Record<Work, Member>> = {
  lora: {
    year: 2021,
    changes: "what is trained",
    formula: [[W, is, W0, " + ", s, fresh("B"), fresh("A")]],
  },
  adalora: {
    year: 2023,
    changes: "the rank",
    formula: [[W, is, W0, " + ", fresh("P"), fresh("Λ"), fresh("Q")]],
  },
  qlora: {
    year: 2023,
    changes: "the base",
    formula: [[W, is, fresh("NF4("), W0, fresh(")"), " + ", s, B, A]],
  },
  lorafa: {
    year: 2023,
    changes: "what is trained",
    formula: [[W, is, W0, " + ", s, B, fresh("A_fixed")]],
  },
  loftq: {
    year: 2023,
    changes: "the base and the start",
    formula: [
      [W, is, fresh("Q"), " + ", B, A, ", "],
      ["min ‖", W0, " − ", fresh("Q"), " − ", B, A, "‖"],
    ],
  },
  vera: {
    year: 2023,
    changes: "what is trained",
    formula: [[W, is, W0, " + ", fresh("Λ_b"), B, fresh("Λ_d"), A]],
  },
  slora: {
    year: 2023,
    changes: "serving",
    formula: [[h, is, W0, x, " + ", s, {base: [B], below: [fresh("i")]}, {base: [A], below: [fresh("i")]}, x]],
  },
  rslora: {
    year: 2023,
    changes: "the scale",
    formula: [[W, is, W0, " + ", {over: [alpha], under: [fresh("√r")]}, B, A]],
  },
  dora: {
    year: 2024,
    changes: "the form of ΔW",
    formula: [
      [W, is, fresh("m"), {over: [V], under: [fresh("‖"), V, fresh("‖_c")]}, ", "],
      [V, is, W0, " + ", s, B, A],
    ],
  },
  loraplus: {
    year: 2024,
    changes: "the rates",
    formula: [
      [fresh("η_B"), " = ", fresh("λ"), fresh("η_A"), ", "],
      [fresh("λ"), " > 1"],
    ],
  },
  galore: {
    year: 2024,
    changes: "the gradient",
    formula: [
      [fresh("P^⊤"), G, " → Adam → ", N, ", "],
      [W, " ← ", W, " − η", fresh("P"), N],
    ],
  },
  pissa: {
    year: 2024,
    changes: "the start",
    formula: [[W, is, "(", W0, " − ", fresh("U_r"), fresh("Σ_r"), fresh("V_r^⊤"), ") + ", B, A]],
  },
  less: {
    year: 2024,
    changes: "evidence",
    formula: [["rank of full fine-tuning’s ", dW, " ", fresh("≫"), " ", r]],
  },
  illusion: {
    year: 2024,
    changes: "evidence",
    formula: [["max over i of |cos(", fresh("u_j"), ", ", W0, "’s u", {base: [""], below: ["i"]}, ")| < ε"]],
  },
  regret: {
    year: 2025,
    changes: "evidence",
    formula: [["best η of LoRA ", fresh("≈ 10 ×"), " best η of full fine-tuning"]],
  },
};
