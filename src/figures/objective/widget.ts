import {figure} from "../../figure/declare.ts";
import {children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Tone} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {fixed, lettersInDoubt, percent, significant, whole} from "../../figure/plot/text/format.ts";
import {put} from "../../figure/plot/text/put.ts";
import type {Act} from "../../figure/widget.ts";
import {typed} from "../shared/typedWord.ts";
import {type GapRow, type GapSum, gapLayout, gapRows, gapSums, sumsHeight} from "./drawing/gaps.ts";
import {
  controls,
  type NextLetter,
  type ObjectiveParams,
  type ObjectiveResult,
  type ObjectiveTrained,
  readObjective,
} from "./model.ts";

const WAYS = Object.keys(controls.trained.options) as ObjectiveTrained[];
const TONES: Readonly<Record<ObjectiveTrained, Tone>> = {base: "w0", lora: "dw", full: "full"};
const NAMES: Readonly<Record<ObjectiveTrained, string>> = {
  base: "Nothing trained",
  lora: "LoRA",
  full: "Full fine-tuning",
};
/** Heights in units: rows for up to twelve letters keep their height, so that typing moves nothing. */
const ROWS = {narrow: 214, mid: 204, wide: 212};

/** A chance, to two digits: "0.89%", "47%". */
const chanceText = (log: number): string => {
  const chance = Math.exp(log);
  return chance < 1e-6 || chance > 0.995 ? percent(chance) : `${significant(100 * chance, 2)}%`;
};
const sumText = (sum: number): string => fixed(sum, 1);
const lossOf = ({sums, letters}: ObjectiveResult, trained: ObjectiveTrained): number => -sums[trained] / letters.length;

const rowsOf = ({letters}: ObjectiveResult, {trained}: ObjectiveParams): GapRow[] =>
  letters.map(({before, next, logs}) => ({
    ...{before, next, was: -logs.base, now: -logs[trained]},
    said: [chanceText(logs.base), chanceText(logs[trained])],
  }));

const sumsOf = ({letters, sums}: ObjectiveResult, {trained}: ObjectiveParams): GapSum[] =>
  WAYS.map((way) => ({
    name: NAMES[way],
    gaps: letters.map(({logs}) => -logs[way]),
    said: sumText(sums[way]),
    tone: TONES[way],
    isChosen: way === trained,
  }));

/** The formula of equation 2, or of equation 1, a line from each symbol to the thing. */
function symbols(box: HTMLElement, {counts}: ObjectiveResult, {trained}: ObjectiveParams) {
  const variable = trained === "full" ? "Φ" : "Θ";
  const terms = [
    {
      name: "what",
      sign: ["max", `_${variable}`],
      means: "turn these",
      where: trained === "base" ? "not yet" : `${whole(counts[trained])} parameters`,
    },
    {name: "sum", sign: ["Σ"], means: "add the gaps", where: "below"},
    {name: "sure", sign: ["log ", "/p", "("], means: "how sure", where: trained === "base" ? "dot" : "ring"},
    {name: "next", sign: ["/y", "_t"], means: "of this letter", where: "last tile"},
    {name: "past", sign: ["/x", ", ", "/y", "_<t"], means: "after these", where: "tiles before"},
  ];
  box.setAttribute("data-trained", trained);
  for (const [i, term] of children(
    box,
    "div",
    terms.map(({name}) => `term ${name}`),
  ).entries()) {
    const {sign, means, where} = terms[i]!;
    const math = layer(term, "span", "sign");
    const pieces = children(
      math,
      "span",
      sign.map((piece) => ({"/": "slanted", _: "below"})[piece[0]!] ?? "upright"),
      [...sign.keys()],
    );
    for (const [n, piece] of pieces.entries()) put(piece, sign[n]!.replace(/^[/_]/, ""));
    layer(term, "b", "means", means);
    layer(term, "span", "where", where);
  }
}

function picture(result: ObjectiveResult, params: ObjectiveParams, act: Act) {
  const {trained} = params;
  const [rows, sums] = [rowsOf(result, params), sumsOf(result, params)];
  const at = (sheet: Sheet) => gapLayout(rows, sums, sheet);
  const take = (word: string, note?: string) => {
    act.set({word});
    if (note) act.say(note);
  };
  return {
    dock: "gaps",
    parts: [
      {name: "signs", html: (box: HTMLElement) => symbols(box, result, params)},
      {
        name: "gaps",
        height: ROWS,
        alt: result.letters
          .map(({before, next, logs}) => `${next} after ${before || "the start"}: ${chanceText(logs[trained])}`)
          .join("; "),
        draw: (g: Element, sheet: Sheet) =>
          gapRows(g, rows, trained === "base" ? undefined : TONES[trained], sheet, at(sheet)),
      },
      {
        name: "sums",
        height: sumsHeight(WAYS.length),
        alt: `The distances of all letters laid end to end. ${sums.map(({name, said}) => `${name}: ${said}`).join("; ")}`,
        draw: (g: Element, sheet: Sheet) => gapSums(g, rows, sums, at(sheet)),
      },
      {name: "name", html: (box: HTMLElement) => typed(box, {label: "Name", value: result.word, onType: take})},
    ],
  };
}

/** By how much log p of a letter has risen. */
const rise = ({logs}: NextLetter, trained: ObjectiveTrained): number => logs[trained] - logs.base;
/** A log p that moves less than this hardly moves. */
const HARDLY = 0.25;

/** What training made of the letters: the one that rises most, and the one that falls or hardly moves. */
function moves({letters}: ObjectiveResult, trained: ObjectiveTrained): string {
  const order = letters.toSorted((one, other) => rise(other, trained) - rise(one, trained));
  const [most, least] = [order[0]!, order.at(-1)!];
  const from = ({called, logs}: NextLetter) => `${called}, ${chanceText(logs.base)} → ${chanceText(logs[trained])}`;
  if (rise(most, trained) <= 0) return `less sure of ${from(least)}`;
  if (most === least) return `surer of ${from(most)}`;
  if (rise(least, trained) < -HARDLY) return `surer of ${from(most)}, and less sure of ${least.called}`;
  const still = letters.toSorted((one, other) => Math.abs(rise(one, trained)) - Math.abs(rise(other, trained)))[0]!;
  return `surer of ${from(most)}; ${still.called} ${Math.abs(rise(still, trained)) < HARDLY ? "hardly moves" : "moves least"}`;
}

/** What the base, trained on no names, makes of the letters. */
function asItIs({letters}: ObjectiveResult): string {
  const order = letters.toSorted((one, other) => one.logs.base - other.logs.base);
  const said = ({called, logs}: NextLetter) => `${called}, ${chanceText(logs.base)}`;
  return `least sure of ${said(order[0]!)}${order.length > 1 ? `, and surest of ${said(order.at(-1)!)}` : ""}`;
}

export default figure<typeof controls, ObjectiveResult>({
  title: "How sure is it of the next letter?",
  guide:
    "Type a name. Each row is a letter, on the last tile, after those before it; a bar is its distance to certain, which is −log p. Below, the bars are laid end to end: their length is the sum that training makes short.",
  sources: ["Hu et al. 2021, §2, eq. 1 and 2"],
  controls,
  main: ["trained"],
  run: {by: ["word"], read: readObjective},
  picture,
  says(result, {trained}) {
    const {sums} = result;
    const doubt = (way: ObjectiveTrained) => fixed(lettersInDoubt(lossOf(result, way)), 1);
    const [was, is] = [fixed(lossOf(result, "base"), 2), fixed(lossOf(result, trained), 2)];
    if (trained === "base")
      return [
        `With nothing trained it is ${asItIs(result)}; Σ log p is ${sumText(sums.base)}.`,
        `That is a loss of ${is} a letter, or ${doubt("base")} letters in doubt.`,
      ];
    return [
      `${NAMES[trained]} makes it ${moves(result, trained)}, and Σ log p goes from ${sumText(sums.base)} to ${sumText(sums[trained])}.`,
      `The loss a letter goes from ${was} to ${is}, and the letters in doubt from ${doubt("base")} to ${doubt(trained)}.`,
    ];
  },
  readouts(result, {trained}) {
    const {sums, counts} = result;
    const before = (value: string) => (trained === "base" ? {} : {note: `${value} with nothing trained`});
    return [
      {label: ["Σ log p"], value: fixed(sums[trained], 3), ...before(fixed(sums.base, 3))},
      {label: ["Loss"], value: fixed(lossOf(result, trained), 3), ...before(fixed(lossOf(result, "base"), 3))},
      {
        label: ["Letters in doubt"],
        value: fixed(lettersInDoubt(lossOf(result, trained)), 1),
        note: "for this name",
      },
      {label: ["Trained"], value: whole(counts[trained]), note: `of ${whole(counts.full)} parameters`},
    ];
  },
  table: ({letters, sums}) => ({
    caption: "log p of each letter after those before it, and of the end",
    columns: ["After", "Next", ...WAYS.map((way) => NAMES[way])],
    rows: [
      ...letters.map(({before, next, logs}) => [before, next, ...WAYS.map((way) => fixed(logs[way], 4))]),
      ["", "sum", ...WAYS.map((way) => fixed(sums[way], 4))],
    ],
  }),
  source: () => ({kind: "live", text: "stored weights"}),
  challenge: {
    text: "type a word of which LoRA makes the forge less sure than it was.",
    met: ({sums}, {trained}) => trained === "lora" && sums.lora < sums.base,
  },
});
