import type {Work} from "./controls.ts";

/** The places of one adapted layer, from its output down to its input. */
export const places = ["out", "scale", "B", "middle", "A", "base"] as const;
export type Place = (typeof places)[number];

/** What a work does at the places that it changes, in one or two short lines; a place that is "gone" is left out. */
export type Recipe = Partial<Record<Place, readonly string[] | "gone">>;

/** What LoRA has at each place, shown wherever a work changes nothing. */
export const plain: Readonly<Record<Place, readonly string[]>> = {
  out: ["h"],
  scale: ["× α/r"],
  B: ["B, starts at 0"],
  middle: ["r numbers"],
  A: ["A, starts at random"],
  base: ["W₀", "frozen"],
};

export const recipes: Readonly<Record<Work, Recipe>> = {
  lora: {B: ["B, trained", "starts at 0"], A: ["A, trained", "starts at random"]},
  adalora: {middle: ["weak ones set to 0"]},
  qlora: {base: ["W₀", "in four bits"]},
  lorafa: {A: ["A, random", "and never trained"]},
  loftq: {
    base: ["W₀", "rounded"],
    B: ["B, starts at", "what rounding lost"],
    A: ["A, starts at", "what rounding lost"],
  },
  vera: {
    B: ["B, random, frozen", "its rows scaled"],
    middle: ["scaled, trained"],
    A: ["A, random, frozen", "one for all layers"],
  },
  slora: {B: ["B₁, B₂, … one", "for each request"], A: ["A₁, A₂, … one", "for each request"]},
  rslora: {scale: ["× α/√r"]},
  dora: {out: ["lengths of rows trained"]},
  loraplus: {B: ["B, learns at", "λ times A’s rate"]},
  galore: {scale: "gone", B: "gone", middle: "gone", A: "gone", base: ["W, trained by", "a rank-r gradient"]},
  pissa: {
    base: ["W₀ without its", "first r directions"],
    B: ["B, starts at", "those directions"],
    A: ["A, starts at", "those directions"],
  },
  less: {},
  illusion: {},
  regret: {},
};
