/**
 * What a reader sets, the paper's norms, and what is read from a run. It is apart from the model, because a page must not load
 * the code that trains.
 */
import table from "../../../content/paper/table-7.json" with {type: "json"};
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Frames} from "../../figure/widget.ts";
import {
  type AdaptedMatrix,
  adaptedMatrixNames,
  SKILLS,
  SNAPSHOT_EVERY,
  TWIN_RANKS,
  TWIN_STEPS,
  type TwinRun,
} from "../shared/twins.ts";

/** Conditions of controls: shown with the paper's norms only, or with those of the forge only. */
const ifPaper = {when: {norms: ["paper"]}};
const ifForge = {when: {norms: ["here"]}};

/** A page's address holds the controls of all its figures, so no name here may be one of the lab's or of another figure in the chapter. */
export const controls = {
  norms: choice(["Norms of"], {paper: "GPT\u20113, as printed", here: "the forge, trained here"}, "here"),
  printed: {...choice(["Rank ", symbol.r], {"4": "4", "64": "64"}, "4"), ...ifPaper},
  // The set of directions that a phrase in the text names; the others are pale.
  told: {...choice(["In color"], {random: "random", own: "its own", all: "all"}, "all", true), ...ifPaper},
  strength: {
    ...range(["Strength of ", symbol.dW], {min: 0, max: 100, value: 100}),
    when: {norms: ["paper"], told: ["all"]},
  },
  weight: {...choice(["Matrix"], adaptedMatrixNames, "v2"), ...ifForge},
  rank: {
    ...choice(["Rank ", symbol.r], {low: String(TWIN_RANKS.low), high: String(TWIN_RANKS.high)}, "low"),
    ...ifForge,
  },
  subject: {...choice(["Trained on"], SKILLS, "names", true), ...ifForge},
  begin: {...range(["Seed"], {min: 1, max: 9, value: 1, more: true, group: "chance"}), ...ifForge},
  // At step 0 ΔW is zero and has no directions.
  until: range(["Step"], {min: SNAPSHOT_EVERY, max: TWIN_STEPS, value: TWIN_STEPS, clock: true}),
};
export type AmplifyParams = Params<typeof controls>;

/** The run of twins whose norms the figure shows; undefined for the paper's norms, which need no training. */
export const amplifyRun = ({norms, subject, begin}: AmplifyParams): TwinRun | undefined =>
  norms === "here" ? {skill: subject, twins: "ranks", seed: begin} : undefined;

/** How many of the strongest directions of W₀ + ΔW are checked for intruders. */
export const CHECKED_DIRECTIONS = 8;
/** A direction is an intruder if its cosine with every direction of W₀ is below this. Most random directions are. */
export const INTRUDER_COSINE = 0.5;

/** Norms of W₀ and ΔW at one rank, as in either half of Table 7. */
export interface Norms {
  rank: number;
  /** ‖UᵀW₀V‖_F along the singular directions of ΔW, along W₀'s own first ones, and along random ones. */
  onDelta: number;
  onOwn: number;
  onRandom: number;
  /** ‖W₀‖ and ‖ΔW‖. */
  weight: number;
  delta: number;
  /** ‖ΔW‖ / onDelta. */
  factor: number;
}

/** What is measured of a frozen matrix and one of its updates at one step. */
export interface Measurement extends Norms {
  /** The standard deviation of the norm along random directions from draw to draw; `onRandom` is the mean of the draws. */
  deviation: number;
  /** How many of the first CHECKED_DIRECTIONS of W₀ + ΔW are intruders. */
  intruders: number;
}

/** A step of the training: for each matrix a measurement at each rank. Only some steps have any. */
export interface AmplifySnapshot {
  measured?: Readonly<Record<AdaptedMatrix, readonly Measurement[]>>;
}

/** Both halves of Table 7, the smaller rank first. The factors are computed from the rounded norms. */
export const printedNorms: readonly Norms[] = [...new Set(table.rows.map(({rank}) => rank))].map((rank) => {
  const [onDelta, onOwn, onRandom] = ["ΔWq", "Wq", "Random"].map(
    (of) => table.rows.find((row) => row.rank === rank && row.directionsOf === of)!,
  );
  const {normWq: weight, normDeltaWq: delta, projNorm} = onDelta!;
  return {
    rank,
    weight,
    delta,
    onDelta: projNorm,
    onOwn: onOwn!.projNorm,
    onRandom: onRandom!.projNorm,
    factor: delta / projNorm,
  };
});

/** The amplification factors by rank, as the paper prints them (§7.3 and §H.4); the norms of the table give 21.6 and 1.9. */
export const FACTORS: Readonly<Record<number, {value: number; text: string}>> = {
  4: {value: 21.5, text: "21.5"},
  64: {value: 2, text: "about 2"},
};

/** The half of Table 7 that is shown. */
export const printedHalf = ({printed: rank}: AmplifyParams): Norms =>
  printedNorms.find((norms) => norms.rank === Number(rank))!;

/** The norms of the forge at both ranks, after a step. */
export interface AmplifyResult {
  step: number;
  low: Measurement;
  high: Measurement;
}

/** The result if the figure shows the paper's norms, which are read from `printedNorms`: nothing was trained. */
export interface PrintedOnly {
  isPrinted: true;
}
export const isPrinted = (result: AmplifyResult | PrintedOnly): result is PrintedOnly => "isPrinted" in result;

/** What the figure shows at the clock, from the frames of both runs as far as they have been computed. */
export function readAmplify(
  frames: Frames<AmplifySnapshot>,
  {norms, weight, until}: AmplifyParams,
): AmplifyResult | PrintedOnly {
  if (norms === "paper") return {isPrinted: true};
  const step = frames.slice(0, until + 1).findLastIndex(({measured}) => measured);
  const [low, high] = frames[step]!.measured![weight];
  return {step, low: low!, high: high!};
}

/** The measurements at the chosen rank. */
export const atChosenRank = ({low, high}: AmplifyResult, {rank}: AmplifyParams): Measurement =>
  rank === "low" ? low : high;

/** Whether W₀ has more along the directions of ΔW than along random ones, by more than two deviations of the draws. */
export const isMoreThanRandom = ({onDelta, onRandom, deviation}: Measurement): boolean =>
  onDelta > onRandom + 2 * deviation;

/** How many times as much W₀ has along the directions of ΔW as along random ones. */
export const overRandom = ({onDelta, onRandom}: Norms): number => onDelta / onRandom;

/**
 * The norm along ΔW's directions with a share of ΔW, from 0 to 1, added to W₀. Norms do not add: the sum has from the
 * difference to the sum of both norms, and the larger of the two is the middle of that range.
 */
export const normWith = ({onDelta, delta}: Norms, share: number): number => Math.max(share * delta, onDelta);
