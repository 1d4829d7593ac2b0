import type {Lora} from "../../engine/lora.ts";
import {allocate} from "../../engine/parameters.ts";
import type {Settings} from "./settings.ts";
import {SIDE} from "./size.ts";

/** numbers (A, then B) → the pair, A (r,SIDE) and B (SIDE,r). */
export function pairOf(numbers: Float64Array, {r, alpha}: Pick<Settings, "r" | "alpha">): Lora {
  const {A, B} = allocate(
    [
      ["A", r, SIDE],
      ["B", SIDE, r],
    ],
    numbers,
  ).views;
  return {A, B, alpha, r};
}
