import {type Choice, choice, type Params} from "../../figure/controls.ts";
import {type MethodVerdict, methodNames, verdictsOn} from "./rules.ts";

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
  /** How many of each there are. */
  fails: number;
  pays: number;
  untested: number;
  /** Its place: one plus the methods ahead, if every untested fact turns out in its favor, and if all turn out against it. */
  best: number;
  worst: number;
}

export interface ChooseResult {
  /** The requested facts, by their names in the rule base. */
  requested: readonly string[];
  /** In the order of their places. */
  standings: readonly Standing[];
}

interface Mark {
  fails: number;
  pays: number;
}
/** Fewer failures win, then fewer payments; every fact counts the same. */
const isAhead = (one: Mark, other: Mark): boolean =>
  one.fails < other.fails || (one.fails === other.fails && one.pays < other.pays);

const count = (verdicts: readonly MethodVerdict[], one: MethodVerdict): number =>
  verdicts.filter((it) => it === one).length;

/** The worst verdict that an untested fact may get: the worst that any method has for it. */
const worstOf = (fact: string): MethodVerdict => (verdictsOn(fact).includes("fails") ? "fails" : "pays");

const requestedBy = ({quality, service, ...facts}: ChooseParams): string[] => [
  ...Object.entries(facts).flatMap(([fact, answer]) => (answer === "yes" ? [fact] : [])),
  ...[quality, service].filter((fact) => fact !== "any"),
];

export function compute(params: ChooseParams): ChooseResult {
  const requested = requestedBy(params);
  const marks = Object.keys(methodNames).map((method, i) => {
    const verdicts = requested.map((fact) => verdictsOn(fact)[i]!);
    const turned = verdicts.map((verdict, j) => (verdict === "untested" ? worstOf(requested[j]!) : verdict));
    const marked = (list: readonly MethodVerdict[]) => ({fails: count(list, "fails"), pays: count(list, "pays")});
    return {method, verdicts, ...marked(verdicts), untested: count(verdicts, "untested"), atWorst: marked(turned)};
  });
  // Untested facts don't count in a mark, so a mark as it is is the best case.
  const standings = marks.map(({atWorst, ...mark}) => ({
    ...mark,
    best: 1 + marks.filter((rival) => rival.method !== mark.method && isAhead(rival.atWorst, mark)).length,
    worst: 1 + marks.filter((rival) => rival.method !== mark.method && isAhead(rival, atWorst)).length,
  }));
  return {requested, standings: standings.sort((one, other) => one.best - other.best || one.worst - other.worst)};
}
