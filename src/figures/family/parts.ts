/** What each work puts in each place of the drawn layer. */

import type {FamilyParams, Work} from "./controls.ts";
import type {Layer, LayerPart, LayerPlace} from "./drawing/layer.ts";

/** The parts that a work changes; a part that is undefined is taken out. */
type Changes = (isStart: boolean) => {
  [P in LayerPlace]?: Omit<LayerPart, "isNew"> | undefined;
};

const quantizedBase = (words: string) => ({base: {words, tone: "w0", cells: "coarse"}}) as const;

const changes: Partial<Record<Work, Changes>> = {
  lora: (isStart) => ({
    B: {words: isStart ? "B, all zeros" : "B, trained", tone: "b", ...(isStart && {cells: "zeros"})},
    A: {words: isStart ? "A, random" : "A, trained", tone: "a"},
  }),
  adalora: (isStart) =>
    isStart
      ? {middle: {words: "Λ, trained", tone: "dw"}}
      : {
          middle: {words: "Λ, weak ones set to 0", tone: "dw", cells: "cut"},
          B: {words: "B without them", tone: "b", cells: "cut"},
          A: {words: "A without them", tone: "a", cells: "cut"},
        },
  lorafa: () => ({A: {words: "A, random and never trained", tone: "w0"}}),
  vera: (isStart) => ({
    A: {words: "A, random, frozen, one for all layers", tone: "w0"},
    B: {words: "B, the same", tone: "w0"},
    middle: {words: "d, trained", tone: "a"},
    left: {words: isStart ? "b, zeros" : "b, trained", tone: "b", ...(isStart && {cells: "zeros"})},
  }),
  qlora: () => quantizedBase("W₀ in four bits"),
  loftq: (isStart) => ({
    ...quantizedBase("W₀, rounded"),
    B: {words: isStart ? "B, starts at what rounding lost" : "B, repair and change", tone: "b"},
    A: {words: isStart ? "A, starts at what rounding lost" : "A, repair and change", tone: "a"},
  }),
  pissa: (isStart) => ({
    base: {words: "W₀ without its first r directions", tone: "w0", cells: "weak"},
    B: {words: isStart ? "B, taken from W₀" : "B, trained away from there", tone: isStart ? "w0" : "b"},
    A: {words: isStart ? "A, taken from W₀" : "A, trained away from there", tone: isStart ? "w0" : "a"},
  }),
  dora: () => ({right: {words: "m, a length per output", tone: "dw"}}),
  rslora: () => ({scale: {words: "α/√r", tone: "ink"}}),
  loraplus: (isStart) => ({
    B: {words: "B, learns at λ times A’s rate", tone: "b", isFast: true, ...(isStart && {cells: "zeros"})},
  }),
  galore: () => ({
    B: undefined,
    base: {words: "W, every entry trained", tone: "full"},
    A: {words: "its gradient, kept in r rows", tone: "dw"},
  }),
  slora: (isStart) => ({
    B: {words: "B₁, B₂, … one for each request", tone: "b", isMany: true, ...(isStart && {cells: "zeros"})},
    A: {words: "A₁, A₂, … one for each request", tone: "a", isMany: true},
  }),
};

/** The layer of a work at the start or the end of training. What the work does not change is drawn as in LoRA. */
export function layerOf(work: Work, moment: FamilyParams["moment"]): Layer {
  const isStart = moment === "start";
  const lora: Layer = {
    base: {words: "W₀, frozen", tone: "w0"},
    A: {words: "A", tone: "a"},
    B: {words: "B", tone: "b", ...(isStart && {cells: "zeros"})},
  };
  const changed = Object.entries(changes[work]?.(isStart) ?? {});
  return {...lora, ...Object.fromEntries(changed.map(([place, part]) => [place, part && {...part, isNew: true}]))};
}
