/** The cases of the clinic: what is broken in each, what its owner reports, and the run that tests a guess. */

/** Steps of a run. */
export const CLINIC_STEPS = 120;

/** Singular values of ΔW*, the change that a single layer has to learn. */
export const SPECTRUM = [3, 2.5, 2, 1.5] as const;

/**
 * The least loss of a ΔW of rank r in a single layer: half the sum of the squared singular values that it leaves out. That is
 * so because the mean of x·xᵀ is I.
 */
export const leastLossOf = (r: number): number => SPECTRUM.slice(r).reduce((sum, s) => sum + s ** 2 / 2, 0);

/**
 * All that determines a run and how its adapter is used afterward. It is a type alias and no interface, because a message to
 * the worker must fit a type with an index signature.
 */
export type ClinicSetup = {
  seed: number;
  /** The number of the random start that A and B have. */
  draw: number;
  r: number;
  alpha: number;
  rate: number;
  /** Which of A and B is zero at the start: B ("b"), A ("a"), both ("zero") or neither ("random"). */
  start: "b" | "a" | "zero" | "random";
  /** In use, BA is multiplied by α/r ("over"), or by α ("alone") if the division was forgotten. */
  factor: "over" | "alone";
  /** A single layer W0, or two in a row, W1 and W2, with the adapter on the first or the second. */
  on: "layer" | "first" | "second";
  /** Probability that an entry of the adapter's input is dropped in training. */
  dropout: number;
  /** What is in use: W0 and the adapter; W0 + ΔW alone; W0 + ΔW and the adapter once more; or W0 alone. */
  serving: "adapter" | "merged" | "twice" | "off";
  /** Whether dropout is off in use ("eval") or still on ("train"). */
  mode: "eval" | "train";
  /** Whether the base in use is that of training or a new version. */
  base: "same" | "changed";
};

/** The number that multiplies BA in use. */
export const multiplier = ({alpha, r, factor}: ClinicSetup): number => (factor === "over" ? alpha / r : alpha);

/** The possible causes, in the order in which the reader sees them. */
export const causes = {
  rate: "η too high",
  rank: "r too small",
  zero: "A = B = 0",
  factor: "α without /r",
  matrix: "wrong matrix adapted",
  twice: "merged twice",
  dropout: "dropout on in use",
  base: "base changed since training",
};
export type FaultCause = keyof typeof causes;

export type CaseNumber = "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8";

interface Case {
  title: string;
  /** What the person who asks for help writes. */
  report: string;
  cause: FaultCause;
  /** How the broken run differs from a healthy one. */
  broken: Partial<ClinicSetup>;
  /** One more run that tells causes apart. */
  test: {text: string; change: Partial<ClinicSetup>};
  /** The entry of the setup, and the control of the same name, that fixes the run. */
  fix: "rate" | "r" | "start" | "factor" | "on" | "serving" | "mode" | "base";
}

/** The setup of a run that works. */
const healthySetup: Omit<ClinicSetup, "seed"> = {
  draw: 1,
  r: 4,
  alpha: 8,
  rate: 0.05,
  start: "b",
  factor: "over",
  on: "layer",
  dropout: 0,
  /** What is in use: W0 and the adapter; W0 + ΔW alone; W0 + ΔW and the adapter once more; or W0 alone. */
  serving: "adapter",
  /** Whether dropout is off in use ("eval") or still on ("train"). */
  mode: "eval",
  base: "same",
};

/**
 * The η of case 1. Its first steps fill AdamW's averages of squares with huge values, so later steps are small, and weight decay
 * empties the adapter.
 */
export const TOO_HIGH_RATE = 10;

/** Tests that several cases share: a smaller rank, and no adapter. */
const smallRank = {text: "r = 1 and α = 2, so α/r stays the same", change: {r: 1, alpha: 2}};
const withoutAdapter = {
  text: "the same weights served with the adapter switched off",
  change: {serving: "off"},
} as const;

export const cases: Readonly<Record<CaseNumber, Case>> = {
  1: {
    title: "It leaps, and then it has learned nothing",
    report:
      "The loss leaps to a million in a few steps. Then it comes down, all the way to where it began, and stays there. I looked through the data: no bad rows. The config is from a run with plain SGD that went well.",
    cause: "rate",
    broken: {rate: TOO_HIGH_RATE},
    test: smallRank,
    fix: "rate",
  },
  2: {
    title: "A plateau, well above zero",
    report:
      "The loss drops at once, then it settles far from zero and stays there, while the gradients fade away. We store an adapter for every customer, so I keep them small.",
    cause: "rank",
    broken: {r: 2, alpha: 4},
    test: {text: "another random draw of the start", change: {draw: 2}},
    fix: "r",
  },
  3: {
    title: "It runs, and nothing is learned",
    report:
      "No error, no warning, and the loss does not move in a single digit. The optimizer lists the adapter as trainable. I wrote the init myself, so that the adapted model starts exactly as the base.",
    cause: "zero",
    broken: {start: "zero"},
    test: {text: "η ten times as large", change: {rate: 0.5}},
    fix: "start",
  },
  4: {
    title: "The same adapter explodes in my code",
    report:
      "I trained it with a library, where it was perfect. Then I wrote a layer of my own to serve it. A and B are the same to the last digit, and the answers are far worse than without any adapter, in the same way on every call.",
    cause: "factor",
    broken: {r: 8, alpha: 16, factor: "alone"},
    test: smallRank,
    fix: "factor",
  },
  5: {
    title: "Stuck, though the gradients say it is done",
    report:
      "The loss stops far above zero while the adapter’s gradients fade away, as if there were nothing left to learn. There are two frozen matrices in a row, first W₁, then W₂; the adapter sits on W₁, as in the example I followed.",
    cause: "matrix",
    broken: {on: "first", r: 2, alpha: 4},
    test: {text: "twice the rank, α/r as before", change: {r: 4, alpha: 8}},
    fix: "on",
  },
  6: {
    title: "Perfect in training, useless in production",
    report:
      "The training log is perfect. Exported and deployed, the model is about as wrong as before fine-tuning, only differently. The answers are stable: every call gives the same.",
    cause: "twice",
    broken: {serving: "twice"},
    test: {...withoutAdapter, change: {serving: "merged"}},
    fix: "serving",
  },
  7: {
    title: "The same input, a different answer each time",
    report:
      "I read raw outputs, nothing is sampled, and two calls with one input still disagree. The evaluation loss jitters, and it is worse than I expected.",
    cause: "dropout",
    broken: {dropout: 0.1, mode: "train"},
    test: withoutAdapter,
    fix: "mode",
  },
  8: {
    title: "It worked until last week",
    report:
      "Nobody has touched the adapter: the file is the same to the byte, and it was very good when it was trained. Since the last deployment the answers are off, and off in the same way on every call.",
    cause: "base",
    broken: {base: "changed"},
    test: withoutAdapter,
    fix: "base",
  },
};

/** The setup of a case's broken run. */
export const brokenOf = (number: CaseNumber, seed: number): ClinicSetup => ({
  ...healthySetup,
  ...cases[number].broken,
  seed,
});
