import type {ClinicSetup} from "./setup.ts";

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
}

/** A run that works. Gradient descent is stable here for η below 1/6 = 1 / (α/r · σ₁). */
const healthy: Omit<ClinicSetup, "seed"> = {
  draw: 1,
  r: 4,
  alpha: 8,
  rate: 0.05,
  start: "b",
  factor: "over",
  on: "layer",
  dropout: 0,
  serving: "adapter",
  mode: "eval",
  base: "same",
};

/** The η of case 1: nearly twice that bound, so that the loss climbs from every start. */
export const TOO_HIGH = 0.3;

const small = {text: "r = 1 and α = 2, so α/r stays the same", change: {r: 1, alpha: 2}};
const without = {text: "the same weights served with the adapter switched off", change: {serving: "off"}} as const;

export const cases: Readonly<Record<CaseNumber, Case>> = {
  1: {
    title: "The loss is no longer a number",
    report:
      "A step or two look normal, then the loss explodes, and soon the log has no number left to print. I looked through the data: no bad rows. The config is from a run of another model that went well.",
    cause: "rate",
    broken: {rate: TOO_HIGH},
    test: small,
  },
  2: {
    title: "A plateau, well above zero",
    report:
      "The loss drops at once, then it settles far from zero and stays there, while the gradients fade away. We store an adapter for every customer, so I keep them small.",
    cause: "rank",
    broken: {r: 2, alpha: 4},
    test: {text: "another random draw of the start", change: {draw: 2}},
  },
  3: {
    title: "It runs, and nothing is learned",
    report:
      "No error, no warning, and the loss does not move in a single digit. The optimizer lists the adapter as trainable. I wrote the init myself, so that the adapted model starts exactly as the base.",
    cause: "zero",
    broken: {start: "zero"},
    test: {text: "η ten times as large", change: {rate: 0.5}},
  },
  4: {
    title: "The same recipe explodes in my code",
    report:
      "I moved a working recipe into a layer of my own, settings unchanged. Over there it trains smoothly. Here the loss is gone after a few steps.",
    cause: "factor",
    broken: {r: 8, alpha: 16, factor: "alone"},
    test: small,
  },
  5: {
    title: "Stuck, though the gradients say it is done",
    report:
      "The loss stops far above zero while the adapter’s gradients fade away, as if there were nothing left to learn. There are two frozen matrices in a row, first W₁, then W₂; the adapter sits on W₁, as in the example I followed.",
    cause: "matrix",
    broken: {on: "first", r: 2, alpha: 4},
    test: {text: "twice the rank, α/r as before", change: {r: 4, alpha: 8}},
  },
  6: {
    title: "Perfect in training, useless in production",
    report:
      "The training log is perfect. Exported and deployed, the model is about as wrong as before fine-tuning, only differently. The answers are stable: every call gives the same.",
    cause: "twice",
    broken: {serving: "twice"},
    test: {...without, change: {serving: "merged"}},
  },
  7: {
    title: "The same input, a different answer each time",
    report:
      "I read raw outputs, nothing is sampled, and two calls with one input still disagree. The evaluation loss jitters, and it is worse than I expected.",
    cause: "dropout",
    broken: {dropout: 0.1, mode: "train"},
    test: without,
  },
  8: {
    title: "It worked until last week",
    report:
      "Nobody has touched the adapter: the file is the same to the byte, and it was very good when it was trained. Since the last deployment the answers are off, and off in the same way on every call.",
    cause: "base",
    broken: {base: "changed"},
    test: without,
  },
};

export const brokenOf = (number: CaseNumber, seed: number): ClinicSetup => ({
  ...healthy,
  ...cases[number].broken,
  seed,
});
export const testOf = (number: CaseNumber, seed: number): ClinicSetup => ({
  ...brokenOf(number, seed),
  ...cases[number].test.change,
});
