import type {FamilyParams, Work} from "./controls.ts";

/** The places of one adapted layer, from its output down to its input. */
export const layerPlaces = ["out", "scale", "B", "middle", "A", "base"] as const;
export type LayerPlace = (typeof layerPlaces)[number];

/** What a work does at the places that it changes, in one or two short lines; a place that is "gone" is left out. */
export type WorkRecipe = Partial<Record<LayerPlace, readonly string[] | "gone">>;

/** What LoRA has at each place, shown wherever a work changes nothing. */
export const loraRecipe: Readonly<Record<LayerPlace, readonly string[]>> = {
  out: ["h"],
  scale: ["× α/r"],
  B: ["B, starts at 0"],
  middle: ["r values"],
  A: ["A, starts at random"],
  base: ["W₀", "frozen"],
};

const vera = (b: string): WorkRecipe => ({
  B: ["B, random, frozen", `times ${b}`],
  middle: ["d, trained"],
  A: ["A, random, frozen", "one for all layers"],
  // The words beside B say what it is.
  out: [],
});

const rounded = {base: ["W₀", "rounded"]};
const without = {base: ["W₀ without its", "first r directions"]};

/** At the end of training, and at its start where that differs. */
const recipes: Readonly<Record<Work, readonly [end: WorkRecipe, start?: WorkRecipe]>> = {
  lora: [
    {B: ["B, trained"], A: ["A, trained"]},
    {B: ["B, all zeros"], A: ["A, random"]},
  ],
  adalora: [{middle: ["weak ones set to 0"]}, {middle: ["Λ, trained"]}],
  qlora: [{base: ["W₀", "in four bits"]}],
  lorafa: [{A: ["A, random", "and never trained"]}],
  loftq: [
    {...rounded, B: ["B, repair", "and change"], A: ["A, repair", "and change"]},
    {...rounded, B: ["B, starts at", "what rounding lost"], A: ["A, starts at", "what rounding lost"]},
  ],
  vera: [vera("b, trained"), vera("b, zeros")],
  slora: [{B: ["B₁, B₂, … one", "for each request"], A: ["A₁, A₂, … one", "for each request"]}],
  rslora: [{scale: ["× α/√r"]}],
  dora: [{out: ["m, a length", "per output"]}],
  loraplus: [{B: ["B, learns at", "λ times A’s rate"]}],
  galore: [{scale: "gone", B: "gone", middle: "gone", A: "gone", base: ["W, trained by", "a rank-r gradient"]}],
  pissa: [
    {...without, B: ["B, trained", "away from there"], A: ["A, trained", "away from there"]},
    {...without, B: ["B, taken", "from W₀"], A: ["A, taken", "from W₀"]},
  ],
  less: [{}],
  illusion: [{}],
  regret: [{}],
};

export function recipeOf(work: Work, moment: FamilyParams["moment"] = "end"): WorkRecipe {
  const [end, start = end] = recipes[work];
  return moment === "end" ? end : start;
}
