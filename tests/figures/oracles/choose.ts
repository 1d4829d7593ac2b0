/** The places in `choose`: every outcome of what is untested is played through, and places are counted in each. */
import {methods, rules} from "../../../content/methods.json";
import type {ChooseParams} from "../../../src/figures/choose/model.ts";

const order = Object.keys(methods);
const outcomes = ["meets", "pays", "fails"];

export const ruleOf = (method: string, fact: string) =>
  rules.filter((rule) => rule.fact === fact && rule.methods.includes(method));

/** Facts by the order of the controls. */
function requested(params: ChooseParams): string[] {
  const plain = ["latency", "batch", "tasks", "few", "length", "memory"] as const;
  return [
    ...plain.filter((fact) => params[fact] === "yes"),
    ...[params.quality, params.service].filter((fact) => fact !== "any"),
  ];
}

/** Verdicts a method may have on a fact: one, or all up to the worst that another has. */
function possible(method: string, fact: string): string[] {
  const [rule] = ruleOf(method, fact);
  if (rule!.verdict !== "untested") return [rule!.verdict];
  const found = rules.filter((one) => one.fact === fact).map(({verdict}) => outcomes.indexOf(verdict));
  return outcomes.slice(0, Math.max(...found) + 1);
}

/** All lists with one verdict a fact. */
const worlds = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>((made, list) => made.flatMap((head) => list.map((one) => [...head, one])), [[]]);

/** A failure outweighs any number of payments there can be. */
const score = (verdicts: readonly string[]): number =>
  verdicts.reduce((sum, verdict) => sum + (verdict === "fails" ? 100 : verdict === "pays" ? 1 : 0), 0);

/** Least and most place of each method over all outcomes. Methods do not depend on one another, so scores are enough. */
export function placesOf(params: ChooseParams): Map<string, [number, number]> {
  const facts = requested(params);
  const scores = new Map(order.map((one) => [one, worlds(facts.map((fact) => possible(one, fact))).map(score)]));
  return new Map(
    order.map((method) => {
      const rivals = order.filter((one) => one !== method).map((one) => scores.get(one)!);
      const places = scores
        .get(method)!
        .map((mine) => [
          1 + rivals.filter((theirs) => theirs.every((it) => it < mine)).length,
          1 + rivals.filter((theirs) => theirs.some((it) => it < mine)).length,
        ]);
      return [method, [Math.min(...places.map(([low]) => low!)), Math.max(...places.map(([, high]) => high!))]];
    }),
  );
}
