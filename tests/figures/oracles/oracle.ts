/** What each figure that computes must say, found by another route than its model; and a state that meets its challenge. */

import type {AnyParams} from "../../../src/figure/controls.ts";
import type {AmplifyParams} from "../../../src/figures/amplify/readings.ts";
import type {ClinicParams} from "../../../src/figures/clinic/model.ts";
import type {ClinicResult} from "../../../src/figures/clinic/readings.ts";
import type {ComposeParams} from "../../../src/figures/compose/model.ts";
import type {FamilyParams} from "../../../src/figures/family/controls.ts";
import type {FloorParams, FloorResult} from "../../../src/figures/floor/model.ts";
import type {FoldParams} from "../../../src/figures/fold/model.ts";
import type {ForgeParams} from "../../../src/figures/forge/controls.ts";
import type {ForwardParams, ForwardResult} from "../../../src/figures/forward/model.ts";
import type {InitParams, InitResult} from "../../../src/figures/init/model.ts";
import type {IntrinsicParams} from "../../../src/figures/intrinsic/model.ts";
import type {LabParams} from "../../../src/figures/lab/controls.ts";
import type {LabResult} from "../../../src/figures/lab/readings.ts";
import type {LearningParams, LearningResult} from "../../../src/figures/learning/model.ts";
import type {ListenerParams} from "../../../src/figures/listener/model.ts";
import type {MergeParams} from "../../../src/figures/merge/model.ts";
import type {ProductParams, ProductResult} from "../../../src/figures/product/model.ts";
import type {QuestionParams} from "../../../src/figures/question/controls.ts";
import type {RankParams, RankResult} from "../../../src/figures/rank/model.ts";
import {sampleMatrices} from "../../../src/figures/rank/sampleMatrices.ts";
import {question} from "../question/claims.ts";
import {amplify} from "./amplify.ts";
import {clinic} from "./clinic.ts";
import {compose} from "./compose.ts";
import {losses, pairAt} from "./descent.ts";
import {distanceTo, productOf, rankOf, scaled, singularValues} from "./exact.ts";
import {family} from "./family.ts";
import {floor} from "./floor.ts";
import {fold} from "./fold.ts";
import {forge} from "./forge.ts";
import {forward} from "./forward.ts";
import {counted} from "./intrinsic.ts";
import {lab} from "./lab.ts";
import {learning} from "./learning.ts";
import {listener} from "./listener.ts";
import {merging} from "./merge.ts";

/** Exact values of the numbers in each text, in the order they are read. */
export interface Claims {
  summary: readonly number[];
  /** One list a readout: its value's numbers, then its note's. */
  readouts: readonly (readonly number[])[];
  caption: readonly number[];
  /** One list a row; cells without a number are left out. */
  rows: readonly (readonly number[])[];
}

export interface Oracle {
  /**
   * Left out where a figure shows stored numbers, or computes by functions of the engine that have tests of their own: what it
   * says in a few states is compared with what it said.
   */
  claims?(params: AnyParams, result: unknown): Claims;
  /** Raw values of a state in which the challenge is met. */
  met: Readonly<Record<string, unknown>>;
  /** Texts that the widget's hidden controls take. */
  hidden: Readonly<Record<string, readonly string[]>>;
  /** Where a run costs seconds: how many random states there are, and the last step of their runs and of those at the ends of controls. */
  short?: {
    states: number;
    step: number;
    /** Values that these states share, for each other one would be trained anew. */
    fixed?: Readonly<Record<string, unknown>>;
  };
}

const spectra = new Map<string, number[]>();

/** Singular values by the other route, once for each matrix. */
function spectrumOf({W}: RankResult): number[] {
  const key = W.data.join();
  const known = spectra.get(key) ?? singularValues(W);
  spectra.set(key, known);
  return known;
}

function rank({r, source, seed}: RankParams, result: RankResult): Claims {
  const {W, B, A} = result;
  const due = source === "own" ? W : sampleMatrices[source]!(seed);
  if (W.data.some((x, n) => x !== due.data[n])) throw new Error(`${source} with seed ${seed} is another matrix`);
  const full = W.rows * W.cols;
  const kept = r * W.rows + r * W.cols;
  const norm = distanceTo(W, zerosLike(W));
  const share = norm ? distanceTo(W, r ? productOf(B, A) : zerosLike(W)) / norm : 0;
  const s = spectrumOf(result);
  const sum = s.reduce((total, x) => total + x, 0);
  const entropy = s.reduce((total, x) => (x > 0 ? total - (x / sum) * Math.log(x / sum) : total), 0);
  // A matrix of zeros has all of nothing left at any rank: the engine's convention for its energy is 1.
  const energy = norm ? 100 * (1 - share ** 2) : 100;
  return {
    summary: norm ? [...[kept, full, 100 * share ** 2], ...[r, W.rows, W.cols, 100 * share]] : [0],
    readouts: [
      kept && kept < full ? [kept, full, full / kept] : [kept, full],
      norm ? [100 * share] : [],
      norm ? [energy] : [],
      [s.filter((sigma) => sigma > 1e-6 * s[0]!).length, norm ? Math.exp(entropy) : 0],
    ],
    caption: [r],
    rows: s.map((sigma, i) => [i + 1, sigma, norm ? 100 * (sigma / norm) ** 2 : 0]),
  };
}

const zerosLike = ({rows, cols}: {rows: number; cols: number}) =>
  Array.from({length: rows}, () => new Array<number>(cols).fill(0));

function product({d, k, r, peel, row, column}: ProductParams, {B, A}: ProductResult): Claims {
  const sum = peel ? productOf(B, A, peel) : zerosLike({rows: d, cols: k});
  const exact = rankOf(sum.map((line) => line.map((x) => scaled(x, 4))));
  const entry = sum[row - 1]![column - 1]!;
  return {
    summary: [peel, r, exact, entry, r * (d + k), d * k, d, k, row, column, entry],
    readouts: [[entry], [exact], [exact * (d + k - exact)], [r * (d + k), d * k]],
    caption: [peel],
    rows: [sum, linesOf(B), linesOf(A)].flatMap((part) => part.map((line, i) => [i + 1, ...line])),
  };
}

const linesOf = ({rows, cols, data}: {rows: number; cols: number; data: ArrayLike<number>}) =>
  Array.from({length: rows}, (_, i) => Array.from({length: cols}, (_, j) => data[i * cols + j]!));

/** The loss of one weight whose BA should be 1, down its own gradient or by Adam, from A and B; undefined once it overflows. */
function ofOneWeight({step, a0, b0, rate, optimizer}: InitParams): number | undefined {
  let [A, B] = [a0, b0];
  const slopes: [number, number][] = [];
  for (let n = 0; n < step; n++) {
    slopes.push([(B * A - 1) * B, (B * A - 1) * A]);
    const [onA, onB] = losses(optimizer, Number(rate), slopes) as [number, number];
    A -= onA;
    B -= onB;
  }
  const loss = (B * A - 1) ** 2 / 2;
  return Number.isFinite(loss) ? loss : undefined;
}

function init(params: InitParams, {runs, deltaStar}: InitResult): Claims {
  const {step, a0, b0, r, rate} = params;
  const eta = Number(rate);
  // ½ Σ σᵢ² over i ≥ from, with σᵢ = 2 / √2ⁱ: a geometric series.
  const rest = (from: number) => 4 * (2 ** -from - 2 ** -6);
  const most = (x: number) => Math.min(x, 1e6);
  const sizes = (points: InitResult["runs"][number]["points"], at: number) => {
    if (!points[at]) return [];
    const {loss, delta, dA, dB} = pairAt(points[at], deltaStar);
    return [loss, delta, dA.norm, dB.norm].map(most);
  };
  const losses = runs.flatMap(({name, points}) => (name === "both-zero" ? [rest(0)] : sizes(points, step).slice(0, 1)));
  const one = ofOneWeight(params);
  const plane = [a0, b0, step, ...(one === undefined ? [] : [most(one)])];
  return {
    summary: [...plane, step, ...losses, 0],
    readouts: [[rest(0), 0], [rest(r)], [eta], [6, 8]],
    caption: [step, r, eta],
    rows: [...new Set([0, 1, 2, 5, 10, 20, 40, 60, step])]
      .sort((one, other) => one - other)
      .flatMap((at) => runs.map(({points}) => [at, ...sizes(points, at)])),
  };
}

function merge(params: MergeParams): Claims {
  const {merged, precision, swaps} = params;
  const {drift, difference, off, adds} = merging(params);
  const formats = ["fp64", "fp32", "bf16", "int8"] as const;
  const right = (format: (typeof formats)[number]) => off[format].filter((share) => share <= 0.05).length;
  const named = {none: [], one: [1], two: [2], three: [3], both: [1, 2]}[merged];
  const [moved, first] = [drift[precision][swaps]!, drift[precision][1]!];
  const growth = swaps > 1 && first > 0 ? [moved / first] : [];
  return {
    summary: [
      ...named,
      right(precision),
      8,
      ...(swaps ? [swaps, moved] : []),
      difference[precision],
      adds.merged,
      adds.unmerged,
    ],
    readouts: [[difference[precision]], [moved, swaps, ...growth], [adds.merged, adds.unmerged], [right(precision), 8]],
    caption: [swaps, ...named],
    rows: [
      ...[...new Set([swaps, 0, 1, 2, 3, 6, 15, 30, 60])]
        .sort((a, b) => a - b)
        .map((n) => [n, ...formats.map((format) => drift[format][n]!)]),
      formats.map((format) => difference[format]),
      ...Array.from({length: 8}, (_, i) => [i + 1, i < 4 ? 1 : 2, ...formats.map((format) => 100 * off[format][i]!)]),
      [8, ...formats.map(right)],
    ],
  };
}

function intrinsic(params: IntrinsicParams): Claims {
  const {D, rows, full, line, d90, dimensions} = counted(params);
  const here = params.d === "all" ? rows.at(-1)! : rows.find(({d}) => String(d) === params.d)!;
  return {
    summary: [here.d, D, here.own, 200, 200, params.seed, here.own, 90, line, d90],
    readouts: [
      [here.own, 200, 200],
      [here.own, params.seed],
      [line, full],
      [here.past, 9],
      [...dimensions, D],
    ],
    caption: [200, here.own, 200],
    rows: rows.map(({d, own, low, median, high, past}) => [d, own, low, median, high, past]),
  };
}

export const oracles: Readonly<Record<string, Oracle>> = {
  rank: {
    claims: (params, result) => rank(params as RankParams, result as RankResult),
    met: {source: "noise", r: 42},
    hidden: {cells: ["", "1,2,3;2,4,6;0,1,1", "5", "1,0;0,0;0,3", "0,0;0,0", "-1.5,2.25,1e3,0"]},
  },
  cut: {
    met: {of: "change", r: 7},
    hidden: {},
    short: {states: 12, step: 32, fixed: {draw: 11}},
  },
  tuned: {
    met: {rate: "own", learn: "lengths"},
    hidden: {},
  },
  forgetting: {
    met: {way: "4", rate: "small", step: 25},
    hidden: {},
  },
  strength: {
    met: {config: "both", reader: "vLLM"},
    hidden: {},
  },
  learning: {
    claims: (params, result) => learning(params as LearningParams, result as LearningResult),
    met: {step: 2},
    hidden: {},
  },
  ways: {
    met: {step: 0},
    hidden: {},
    short: {states: 8, step: 200, fixed: {draw: 11}},
  },
  batch: {
    met: {slips: "names"},
    hidden: {},
  },
  places: {
    met: {letter: 5},
    hidden: {word: ["", "a", "anna", "marguerites"]},
    short: {states: 12, step: 12},
  },
  gradient: {
    met: {words: 8},
    hidden: {},
    short: {states: 12, step: 128},
  },
  product: {
    claims: (params, result) => product(params as ProductParams, result as ProductResult),
    met: {r: 2, peel: 2, b: "1,0;1,0;1,0;1,0;1,0;1,0"},
    hidden: {
      b: ["", "1,1;2,2;3,3;4,4", "0,0,0,0;0,0,0,0", "-0.5"],
      a: ["", "0.5,-1.2,3;0.5,-1.2,3", "2,2,2,2,2,2,2,2,2,2,2,2", "1;-1;1;-1"],
    },
  },
  question: {
    claims: (params) => question(params as QuestionParams),
    met: {word: "rosalinde", letter: 2},
    hidden: {word: ["", "a", "marg", "gad", "rosalinde", "zzz", "clementinas"]},
  },
  merge: {
    claims: (params) => merge(params as MergeParams),
    met: {precision: "int8", swaps: 1},
    hidden: {},
  },
  predict: {
    met: {committed: "yes"},
    hidden: {committed: ["", "yes", "skipped"]},
  },
  forge: {
    claims: (params) => forge(params as ForgeParams),
    met: {draw: 25},
    hidden: {},
    short: {states: 40, step: 11},
  },
  forward: {
    claims: (params, result) => forward(params as ForwardParams, result as ForwardResult),
    met: {stage: "backward", steps: 1},
    hidden: {},
  },
  addition: {met: {word: "john", letter: 1}, hidden: {}},
  savings: {met: {preset: "gpt3", r: 61}, hidden: {}},
  threads: {met: {r: 6144}, hidden: {}},
  init: {
    claims: (params, result) => init(params as InitParams, result as InitResult),
    met: {step: 9},
    hidden: {},
  },
  fold: {
    claims: (params) => fold(params as FoldParams),
    met: {sheet: 200, stored: "fp32"},
    hidden: {},
  },
  latency: {
    met: {width: 64},
    hidden: {guess: ["", "0", "25", "7.5%", "130", "300%"]},
  },
  intrinsic: {
    claims: (params) => intrinsic(params as IntrinsicParams),
    met: {task: "circle", d: "16"},
    hidden: {},
  },
  train: {
    met: {r: 3, optimizer: "sgd", rate: "0.1", alpha: 8, step: 30},
    hidden: {
      kept: ["", "", "", "", "2-4-0.05-adamw-all-0-4-7", "1-16-0.5-sgd-12-3-8-2_2-4-0.05-adamw-all-0-4-7"],
    },
  },
  listener: {
    claims: (params) => listener(params as ListenerParams),
    met: {view: "task", task: "1.6,0.9,0,1.2"},
    hidden: {
      one: ["", "1,0,0,1", "0,0,1,1", "0.5,-0.5,0,0", "-2.4,0,1.2345,-0.4"],
      two: ["", "", "1,0,0,1,0,1,1,0", "1,1,1,0,1,1,-1,0", "0.5,1,1,2,-0.9,0.3,0.5,1"],
      task: ["", "", "0.2,-0.4,0.5,0", "1.6,0.9,0,1.2"],
    },
  },
  lab: {
    claims: (params, result) => lab(params as LabParams, result as LabResult),
    met: {on: "qkvo12", r: "2", alpha: 4, step: 200},
    hidden: {
      on: ["", "q", "qv", "k2", "o1", "qkvo", "qkvo12"],
      input: ["", "a", "margelinaa", "204719", "R204719", "X000000"],
      kept: [...Array(9).fill(""), "reversePlusOne-8-4-8-0.01-all-16-lora-adamw-full-zero-7-v"],
      ask: ["", "", "", "first"],
      applied: ["on", "on", "off", "half", "merged"],
      // Words are in the memory of a page, and a state alone has none.
      own: [""],
      guess: ["", "skipped~names-4-4-8-0.01-all-8-lora-adamw-full-zero-7-qv"],
    },
    short: {states: 40, step: 4},
  },
  subspace: {
    met: {place: "q1", draw: 2, i: 4, j: 4},
    hidden: {},
    short: {states: 30, step: 30},
  },
  amplify: {
    claims: (params) => amplify(params as AmplifyParams),
    met: {subject: "reversePlusOne", weight: "q2"},
    hidden: {},
    short: {states: 30, step: 30},
  },
  budget: {
    met: {on: "v"},
    hidden: {on: ["", "q", "v", "qv", "ko", "kvo", "qkvo"]},
  },
  where: {
    met: {on: "qkvo"},
    hidden: {on: ["", "q", "v", "qv", "ko", "kvo", "qkvo"]},
  },
  choose: {met: {quality: "usual"}, hidden: {}},
  family: {
    claims: (params) => family(params as FamilyParams),
    met: {work: "dora", learn: "lengths"},
    hidden: {},
    short: {states: 60, step: 60},
  },
  clinic: {
    claims: (params, result) => clinic(params as ClinicParams, result as ClinicResult),
    met: {case: "2", guess: "2-same", diagnosis: "2-rank", r: 4},
    hidden: {
      guess: ["", "1-lower", "2-same", "3-higher", "4-skip", "5-same", "6-lower", "7-lower", "8-higher"],
      diagnosis: ["", "1-rate", "2-rank", "3-zero", "4-rate", "5-rank", "6-base", "7-dropout", "8-base"],
    },
    short: {states: 40, step: 120},
  },
  sweep: {met: {machine: "2"}, hidden: {}},
  floor: {
    claims: (params, result) => floor(params as FloorParams, (result as FloorResult).cuts),
    met: {spectrum: "step", r: 4},
    hidden: {},
    short: {states: 30, step: 30},
  },
  rates: {
    met: {show: "capacity", pairs: 24, r: 14},
    hidden: {eta: ["0.000316", "0.0178", "0.316"]},
  },
  compose: {
    claims: (params) => compose(params as ComposeParams),
    met: {way: "weighted", agree: "same", shared: 8},
    hidden: {},
    short: {states: 16, step: 8},
  },
  results: {
    met: {from: "2", glue: "qqp"},
    hidden: {guess: ["", "3", "7.3", "11.2", "9.1"]},
  },
  cost: {
    met: {model: "llama2-70b", precision: "nf4", tokens: 128},
    hidden: {},
  },
  objective: {
    met: {word: "thing"},
    hidden: {word: ["", "anna", "a", "emma", "christopher", "zzzzzzzzzzz", "qxzvqxzvqxz", "walking"]},
  },
  growth: {
    met: {width: 12_288, r: 1},
    hidden: {},
  },
};
