/** What the objective figure must say: products of chances from the forge of the oracle `forge`, and their logarithms. */
import type {ObjectiveParams} from "../../../src/figures/objective/model.ts";
import {chancesOf} from "./forge.ts";
import type {Claims} from "./oracle.ts";
import {sumOf} from "./rows.ts";

const words = new Map<string, ReturnType<typeof chancesOf>>();
export function chancesIn(word: string) {
  const chances = words.get(word) ?? chancesOf(word);
  words.set(word, chances);
  return chances;
}

/** N in "a chance of 1 in N", to two digits; from a million up in millions, and from a billion up as a power of ten. */
function namesIn(chances: readonly number[]): number {
  const names = 1 / chances.reduce((product, one) => product * one, 1);
  return names < 1e6 ? Number(names.toPrecision(2)) : names < 1e9 ? Number((names / 1e6).toPrecision(2)) : names;
}

export function objective({word, trained}: ObjectiveParams): Claims {
  const chances = chancesIn(word);
  const {base} = chances;
  const now = chances[trained];
  const [before, sum] = [base, now].map((all) => Math.log(all.reduce((product, one) => product * one, 1)));
  const [was, is] = [before!, sum!].map((total) => -total / (word.length + 1));
  const ratios = now.map((chance, t) => chance / base[t]!);
  // Where nothing rises, the letter that falls most is named.
  const at = ratios.indexOf(Math.max(...ratios) > 1 ? Math.max(...ratios) : Math.min(...ratios));
  const low = base.indexOf(Math.min(...base));
  const count = {base: 0, lora: 1024, full: 26_848}[trained];
  return {
    summary:
      trained === "base"
        ? [1, namesIn(now), 100 * base[low]!, sum!, is!, Math.exp(is!)]
        : [
            ...[1, namesIn(base), 1, namesIn(now), 100 * base[at]!, 100 * now[at]!],
            ...[before!, sum!, was!, is!, Math.exp(was!), Math.exp(is!)],
          ],
    readouts: [
      [sum!, ...(trained === "base" ? [] : [before!])],
      [is!, ...(trained === "base" ? [] : [was!])],
      [Math.exp(is!)],
      [count, 26_848],
    ],
    caption: [],
    rows: [
      ...base.map((_, t) => [base, chances.lora, chances.full].map((all) => Math.log(all[t]!))),
      [base, chances.lora, chances.full].map((all) => sumOf(all.map(Math.log))),
    ],
  };
}
