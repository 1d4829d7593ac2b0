import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {brokenOf, type CaseNumber, cases, causes, type FaultCause, testOf} from "./cases.ts";
import {CLINIC_STEPS, type ClinicSetup} from "./setup.ts";

export const guesses = {lower: "Lower", same: "The same", higher: "Higher", skip: "Just show me"};
type Guess = keyof typeof guesses;

const numbers = Object.keys(cases) as CaseNumber[];

/** A text that belongs to one case, such as 3-zero; it is ignored in all other cases. */
const ofCase = (label: string, values: readonly string[]) =>
  hidden([label], 10, (text) => {
    const [number, value] = text.split("-") as [string, string?];
    return numbers.includes(number as CaseNumber) && values.includes(value ?? "") && text.split("-").length === 2
      ? undefined
      : `A ${label} is the number of a case and one of ${values.join(", ")}, such as 1-${values[0]}.`;
  });

/** The control that fixes a case appears once the case is diagnosed. */
const once = (number: CaseNumber) => ({
  case: [number],
  guess: Object.keys(guesses).map((guess) => `${number}-${guess}`),
  diagnosis: [`${number}-${cases[number].cause}`],
});

export const controls = {
  case: choice(["Case"], {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "6": "6", "7": "7", "8": "8"}, "1"),
  rate: {
    ...choice(["Rate η"], {"0.01": "0.01", "0.03": "0.03", "0.1": "0.1", "0.2": "0.2", "0.3": "0.3"}, "0.3"),
    when: once("1"),
  },
  r: {...range(["Rank ", symbol.r], {min: 1, max: 8, value: 2}), when: once("2")},
  start: {
    ...choice(["Start"], {zero: "A = B = 0", b: "only B = 0", a: "only A = 0", random: "both random"}, "zero"),
    when: once("3"),
  },
  factor: {...choice(["BA is multiplied by"], {alone: "α", over: "α/r"}, "alone"), when: once("4")},
  on: {...choice(["The adapter sits on"], {first: "W₁", second: "W₂"}, "first"), when: once("5")},
  serving: {
    ...choice(
      ["Served"],
      {twice: "W₀ + ΔW and the adapter", merged: "W₀ + ΔW alone", adapter: "W₀ and the adapter"},
      "twice",
    ),
    when: once("6"),
  },
  mode: {...choice(["Mode in use"], {train: "train", eval: "eval"}, "train"), when: once("7")},
  base: {...choice(["Served on"], {changed: "the new base", same: "the base of training"}, "changed"), when: once("8")},
  step: range(["Step"], {min: 0, max: CLINIC_STEPS, value: CLINIC_STEPS, clock: true}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
  guess: ofCase("prediction", Object.keys(guesses)),
  diagnosis: ofCase("diagnosis", Object.keys(causes)),
};
export type ClinicParams = Params<typeof controls>;

const valueFor = (text: string, number: string): string | undefined =>
  text.startsWith(`${number}-`) ? text.slice(2) : undefined;

export const clinicGuess = ({guess, case: number}: ClinicParams) => valueFor(guess, number) as Guess | undefined;
/** The diagnosis; it counts only once the test is predicted or skipped. */
export const diagnosisOf = (params: ClinicParams): FaultCause | undefined =>
  clinicGuess(params) && (valueFor(params.diagnosis, params.case) as FaultCause | undefined);

export const isRight = (params: ClinicParams): boolean => diagnosisOf(params) === cases[params.case].cause;

const mending = {
  1: "rate",
  2: "r",
  3: "start",
  4: "factor",
  5: "on",
  6: "serving",
  7: "mode",
  8: "base",
} as const satisfies Record<CaseNumber, keyof typeof controls>;

/** The control that mends the case, and its values with their names. */
export function fixOf({case: number}: ClinicParams) {
  const name = mending[number];
  const control = controls[name];
  const choices =
    "options" in control
      ? Object.entries<string>(control.options)
      : Array.from({length: control.max}, (_, i) => [String(i + 1), String(i + 1)] as [string, string]);
  return {name, choices};
}

/** What the control of each case sets; changing the rank keeps α/r. */
const fixes: Readonly<Record<CaseNumber, (params: ClinicParams) => Partial<ClinicSetup>>> = {
  1: ({rate}) => ({rate: Number(rate)}),
  2: ({r}) => ({r, alpha: 2 * r}),
  3: ({start}) => ({start}),
  4: ({factor}) => ({factor}),
  5: ({on}) => ({on}),
  6: ({serving}) => ({serving}),
  7: ({mode}) => ({mode}),
  8: ({base}) => ({base}),
};

/** The setup after the fix; undefined while the case is not diagnosed or the control unchanged. */
export function mendedOf(params: ClinicParams): ClinicSetup | undefined {
  if (!isRight(params)) return undefined;
  const broken = brokenOf(params.case, params.seed);
  const mended = {...broken, ...fixes[params.case](params)};
  return JSON.stringify(mended) === JSON.stringify(broken) ? undefined : mended;
}

/** The broken run up to the clock, the broken run to its end, the test once it is predicted, and the mended run. */
export function runs(params: ClinicParams): readonly ClinicSetup[] {
  const broken = brokenOf(params.case, params.seed);
  const mended = mendedOf(params);
  return [
    broken,
    broken,
    ...(clinicGuess(params) ? [testOf(params.case, params.seed)] : []),
    ...(mended ? [mended] : []),
  ];
}
