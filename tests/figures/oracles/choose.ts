/** What `choose` must say: every outcome of what is untested is played through, and places are counted in each. */
import {methods, rules} from "../../../content/methods.json";
import type {ChooseParams} from "../../../src/figures/choose/model.ts";
import {numbersIn} from "../promises/numbers.ts";
import {looked} from "./evidence.ts";
import type {Claims} from "./oracle.ts";

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

/** The numbers of a text as a reader finds them in it. */
const inText = (text: string): number[] => numbersIn(text).map(({value}) => value);

/** The words of a source that hold numbers. */
function numbersOf(source: {table?: string; work?: string; at?: string}): number[] {
  const year = source.work === "hu2021lora" ? [] : inText(source.work?.replace(/\D+/g, " ") ?? "");
  return [...year, ...inText(`${source.table?.replace("table-", "") ?? ""} ${source.at ?? ""}`)];
}

export function choose(params: ChooseParams): Claims {
  const facts = requested(params);
  const places = placesOf(params);
  const shown = ([low, high]: [number, number]) => (low === high ? [low] : [low, high]);
  const sorted = [...places].sort(([, [a, b]], [, [c, d]]) => a - c || b - d);
  const marks = (method: string) => {
    const verdicts = facts.map((fact) => ruleOf(method, fact)[0]!.verdict);
    return ["fails", "pays", "untested"].map((one) => verdicts.filter((it) => it === one).length);
  };
  const sure = sorted.filter(([, [, high]]) => high === 1);
  const first = (sure.length ? sure : sorted.filter(([, [low]]) => low === 1)).map(([method]) => method);
  // Both forms of LoRA, unless they are named as first; once if one mark holds for both.
  const lora = sorted.map(([method]) => method).filter((one) => one.startsWith("lora"));
  const told = lora.filter((one) => first.length > 2 || !first.includes(one)).map(marks);
  const others = told.filter((mark, i) => told[i - 1]?.join() !== mark.join()).flat();
  const untested = order.flatMap((one) => facts.filter((fact) => ruleOf(one, fact)[0]!.verdict === "untested")).length;
  return {
    summary: facts.length ? [...(sure.length ? marks(first[0]!) : []), ...others].filter(Boolean) : [],
    readouts: [[], [], shown(places.get("lora-merged")!), shown(places.get("lora-unmerged")!), [untested]],
    caption: [],
    rows: sorted.flatMap(([method, place]) =>
      facts.length
        ? facts.map((fact) => {
            const [{because, source}] = ruleOf(method, fact) as [(typeof rules)[number]];
            return [
              ...shown(place),
              ...(fact === "few" ? [100] : []),
              ...inText(looked(because)),
              ...numbersOf(source),
            ];
          })
        : [shown(place)],
    ),
  };
}
