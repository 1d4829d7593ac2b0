/** What a reader asks of a method, and the place of each method by the rule base. */
import {type Choice, choice, type Params} from "../../figure/controls.ts";
import {type MethodVerdict, methodNames, verdictsOn} from "./rules.ts";

/** A control that says whether a fact is true. */
const yesOrNo = (label: string, value: "no" | "yes", more = false): Choice<"no" | "yes"> =>
  choice([label], {no: "no", yes: "yes"}, value, more);

/** What may be true of the reader's case. Facts that exclude one another share a control. */
export const controls = {
  latency: yesOrNo("One short input, fast", "yes"),
  batch: yesOrNo("Tasks mixed in a batch", "yes"),
  tasks: yesOrNo("Many tasks", "no"),
  quality: choice(
    ["Quality needed on"],
    {any: "not asked", usual: "the usual task", unseen: "unseen kinds", hard: "a hard domain"},
    "any",
  ),
  few: yesOrNo("About 100 examples", "no", true),
  length: yesOrNo("Inputs fill the context", "no", true),
  memory: yesOrNo("Training memory is tight", "no", true),
  service: choice(["You hand over"], {any: "anything", plain: "one plain model", fixed: "inputs only"}, "any", true),
};
export type ChooseParams = Params<typeof controls>;

/** How a method does in the reader's case. */
export interface Standing {
  method: string;
  /** What it does about each requested fact, in that order. */
  verdicts: readonly MethodVerdict[];
  /** How many of them fail, pay and are untested. */
  fails: number;
  pays: number;
  untested: number;
  /** Its place: one plus the methods ahead, if every untested fact turns out in its favor, and if all turn out against it. */
  best: number;
  worst: number;
}

/** What the picture shows. */
export interface ChooseResult {
  /** The requested facts, by their names in the rule base. */
  requested: readonly string[];
  /** In the order of their places. */
  standings: readonly Standing[];
}

/** How many facts a method fails and pays for. */
interface Faults {
  fails: number;
  pays: number;
}
/** Fewer failures win, then fewer payments; every fact counts the same. */
const isAhead = (one: Faults, other: Faults): boolean =>
  one.fails < other.fails || (one.fails === other.fails && one.pays < other.pays);

const countOf = (verdicts: readonly MethodVerdict[], counted: MethodVerdict): number =>
  verdicts.filter((verdict) => verdict === counted).length;

/** The worst verdict that an untested fact may get: the worst that any method has for it. */
const worstOf = (fact: string): MethodVerdict => (verdictsOn(fact).includes("fails") ? "fails" : "pays");

/** The facts that the reader asks for. */
const requestedBy = ({quality, service, ...facts}: ChooseParams): string[] => [
  ...Object.entries(facts).flatMap(([fact, answer]) => (answer === "yes" ? [fact] : [])),
  ...[quality, service].filter((fact) => fact !== "any"),
];

/** Places all methods. An untested fact may turn out well or badly, so a place is a range. */
export function compute(params: ChooseParams): ChooseResult {
  const requested = requestedBy(params);
  const methodCounts = Object.keys(methodNames).map((method, i) => {
    const verdicts = requested.map((fact) => verdictsOn(fact)[i]!);
    const atWorst = verdicts.map((verdict, j) => (verdict === "untested" ? worstOf(requested[j]!) : verdict));
    const faultsOf = (list: readonly MethodVerdict[]) => ({fails: countOf(list, "fails"), pays: countOf(list, "pays")});
    return {
      method,
      verdicts,
      ...faultsOf(verdicts),
      untested: countOf(verdicts, "untested"),
      atWorst: faultsOf(atWorst),
    };
  });
  // Untested facts are not counted as faults, so `fails` and `pays` are the best case.
  const standings = methodCounts.map(({atWorst, ...own}) => ({
    ...own,
    best: 1 + methodCounts.filter((rival) => rival.method !== own.method && isAhead(rival.atWorst, own)).length,
    worst: 1 + methodCounts.filter((rival) => rival.method !== own.method && isAhead(rival, atWorst)).length,
  }));
  return {requested, standings: standings.sort((one, other) => one.best - other.best || one.worst - other.worst)};
}
