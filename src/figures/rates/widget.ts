/** The figure “Does one learning rate suit every rank?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {dot, handle, knob, lineY, ruleX, shape, text} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {fixed, lettersInDoubt, percent, significant, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {
  alphas,
  controls,
  couplingNames,
  DIMENSIONS,
  MOST_PAIRS,
  PAIR_STEP,
  type RatesParams,
  SWEPT_RANKS,
  SWEPT_RATES,
} from "./controls.ts";
import {compute, type RatesResult, SEED, STORED} from "./model.ts";
import {type LossCurve, memorized, type RatesTask, type SeedRange} from "./stored.ts";
import {staircase} from "./storedShares.ts";

const LAST = SWEPT_RATES.length - 1;
const LOSS_UNITS = {forge: "letters in doubt", digits: "nats a digit"} as const;
/** Letters in doubt lie close together; the digit machine's losses lie decades apart. */
const LOSS_AXES = {
  // Below the curves there is room for the best rate.
  forge: {type: "linear", domain: [5.6, 10.2], ticks: [7, 8, 9, 10]},
  digits: {type: "log", domain: [1e-6, 4], ticks: [1e-4, 1e-2, 1], tickFormat: String},
} as const;

/** A loss as the picture shows it: letters in doubt; for the digit machine, which ends near none, nats a digit. */
const lossShown = (loss: number, task: RatesTask): number => (task === "forge" ? lettersInDoubt(loss) : loss);

function lossText(loss: number, task: RatesTask): string {
  const value = lossShown(loss, task);
  if (!Number.isFinite(value)) return "no number";
  return task === "forge" ? fixed(value, 2) : significant(value, 2);
}

/** A best rate to two digits: it is read off a parabola. */
const rateText = (rate: number): string => significant(rate, 2);
const etaText = ({place}: RatesResult): string => rateText(Number(SWEPT_RATES[place]));
/** The place of a rate on the axis, which counts the swept rates from 0. */
const placeOf = (rate: number): number => 4 * (Math.log10(rate) + 3.5);

/** The height of a line of words on the axis, in letters in doubt. */
const LINE = 0.22;

/** Moves names up where the next lower one is less than a line away. */
function spreadNames<T extends {at: number}>(names: readonly T[]): T[] {
  const sorted = [...names].sort((one, other) => one.at - other.at);
  let least = 0;
  return sorted.map((name) => {
    const at = Math.max(name.at, least);
    least = at + LINE;
    return {...name, at};
  });
}

/** Loss by rate for each rank, and a line through their lowest points, which is upright where one rate suits all ranks. */
function ratesChart(result: RatesResult, params: RatesParams, act: Act): Chart {
  const {full, loras, lora, place, here} = result;
  const {ground, coupling, eta} = params;
  const isForge = ground === "forge";
  const height = (runs: SeedRange) => lossShown(runs.median, ground);
  const isLowest = (one: LossCurve) => one === loras.at(-1);
  const [bottom] = LOSS_AXES[ground].domain;
  const lowest = ({best, least}: LossCurve) => ({x: placeOf(best), y: lossShown(least, ground)});
  const curve = (one: LossCurve) => ({x: (_: SeedRange, i: number) => i, y: height, title: nameOf(one)});
  const nameOf = (one: LossCurve) => {
    const r = SWEPT_RANKS[loras.indexOf(one)];
    return r ? `r ${r}, α ${alphas[coupling](r)}` : "full";
  };
  const starts = (isForge ? [full, ...loras] : [full]).map((bowl) => ({bowl, at: height(bowl.runs[0]!)}));
  const read = [here.full, here.lora].map((runs, i) => ({runs, tone: i ? "dw" : "full"}) as const);
  const move = (to: number) => {
    act.set({eta: SWEPT_RATES[Math.min(Math.max(Math.round(to), 0), LAST)]!});
  };
  return {
    name: "bowls",
    label: [`${isForge ? "Letters in doubt" : "Nats a digit, log"} by learning rate η, log`],
    alt: `${[full, ...loras].map((one) => `${nameOf(one)} is best at η = ${rateText(one.best)}: ${lossText(one.least, ground)}`).join("; ")}`,
    height: {narrow: 300, mid: 320, wide: 380},
    x: {type: "linear", domain: [0, LAST], ticks: [2, 6, 10], tickFormat: (at) => String(Number(SWEPT_RATES[at]))},
    y: LOSS_AXES[ground],
    // Room for the names at the left ends.
    ...(isForge && {insetX: 64}),
    marks: [
      lineY(full.runs, {...curve(full), tone: "w0"}),
      lineY(full.runs, {...curve(full), tone: "dw", thin: true}),
      ...loras.map((one) => {
        const end = isForge ? {} : {end: nameOf(one)};
        return lineY(one.runs, {...curve(one), tone: "dw", strength: one === lora ? 1 : 0, ...end});
      }),
      // At the left ends of the curves. The digit machine's begin together, so they share one name.
      text(isForge ? spreadNames(starts) : starts, {
        ...{x: 0, y: ({at}) => at, text: ({bowl}) => nameOf(bowl)},
        ...(isForge ? {anchor: "end" as const, dx: -6, dy: 4} : {anchor: "start" as const, dx: 4, dy: 16}),
        tone: ({bowl}) => (bowl === lora ? "dw" : "soft"),
      }),
      lineY(loras.map(lowest), {x: ({x}) => x, y: ({y}) => y, tone: "dw", strength: 3}),
      ruleX(
        lora.runs.map((runs, i) => ({...runs, i})).filter((runs) => height(runs) < LOSS_AXES[ground].domain[1]),
        {
          x: ({i}) => i,
          y1: ({low}) => lossShown(low, ground),
          y2: ({high}) => lossShown(high, ground),
          tone: "dw",
        },
      ),
      ruleX([lowest(lora)], {x: ({x}) => x, y1: bottom, y2: ({y}) => y, tone: "dw"}),
      dot([...loras, full].map(lowest), {
        ...{x: ({x}) => x, y: ({y}) => y, r: 5},
        tone: (_, i) => (i < loras.length ? "dw" : "full"),
      }),
      text(
        loras.filter((one) => one !== lora),
        {
          ...{x: (one) => lowest(one).x, y: (one) => lowest(one).y, text: ({best}) => rateText(best)},
          ...{tone: "soft", kind: "over", anchor: "start"},
          // The lowest has other curves below it.
          ...{dx: (one) => (isLowest(one) ? -48 : 9), dy: (one) => (isLowest(one) ? -8 : 18)},
        },
      ),
      text([lora], {
        ...{x: ({best}) => placeOf(best), y: bottom, text: ({best}) => rateText(best)},
        ...{tone: "dw", kind: "answer over", anchor: "start", dx: 8, dy: -8},
      }),
      knob(place, move, {name: "Learning rate", valueText: `η = ${eta}`, step: [1, 0]}),
      dot(read, {x: place, y: ({runs}) => height(runs), tone: ({tone}) => tone, hollow: true}),
    ],
  };
}

/** Levels of the stored share. Their areas lie one over the other, so they are darker where more is stored. */
const LEVELS = [0.25, 0.5, 0.75, STORED];

/** The exact stored share, pairs across and rank up, with a point to drag. */
function storedMap({shares, share}: RatesResult, {pairs, r}: RatesParams, act: Act): Chart {
  const edge = (level: number, scales: {x(value: number): number; y(value: number): number}) =>
    // A cell has its pair count and its rank in its middle, as the ticks show.
    staircase(shares, level)
      .map(
        ({from, to, below}, i) =>
          `${i ? "V" : `M${scales.x(PAIR_STEP * from + PAIR_STEP / 2)} `}${scales.y(below + 0.5)}H${scales.x(PAIR_STEP * to + PAIR_STEP / 2)}`,
      )
      .join("");
  const lastStep = (level: number) => staircase(shares, level).at(-1)!;
  const set = (n: number, rank: number) => {
    act.set({
      pairs: Math.min(Math.max(Math.round(n / PAIR_STEP) * PAIR_STEP, PAIR_STEP), MOST_PAIRS),
      r: Math.min(Math.max(Math.round(rank), 1), DIMENSIONS),
    });
  };
  const isRight = pairs > 0.75 * MOST_PAIRS;
  return {
    name: "stored",
    label: ["Share stored, by pairs (across) and rank ", symbol.r, " (up)"],
    alt: `With ${pairs} pairs, rank ${r} stores ${percent(share)}`,
    height: {narrow: 290, mid: 340, wide: 380},
    x: {domain: [PAIR_STEP / 2, MOST_PAIRS + PAIR_STEP / 2], ticks: [16, 32, 48, 64]},
    y: {domain: [0.5, DIMENSIONS + 0.5], ticks: [8, 16, 24, 32]},
    marks: [
      shape("area", LEVELS, (scales, level) => `${edge(level, scales)}V0H0Z`, {tone: "dw"}),
      shape("lineY", [STORED], (scales, level) => `${edge(level, scales)}V0`, {tone: "dw", strength: 3}),
      // Each level is named inside its upper right end.
      text(LEVELS, {
        ...{
          x: (level) => PAIR_STEP * lastStep(level).to + PAIR_STEP / 2,
          y: (level) => lastStep(level).below + 0.5,
          anchor: "end",
          dx: -5,
        },
        dy: (level) => (lastStep(level).below > DIMENSIONS - 4 ? 14 : -6),
        text: (level) => `${whole(100 * level)}%${level === STORED ? " or more" : ""}`,
      }),
      handle([pairs, r], set, {
        name: "Pairs across, rank up",
        valueText: `${pairs} pairs at rank ${r}`,
        step: [PAIR_STEP, 1],
      }),
      text([share], {
        ...{x: pairs, y: r, text: percent, tone: "ink", kind: "answer"},
        ...{dx: isRight ? -14 : 14, dy: r > 26 ? 26 : -8, anchor: isRight ? "end" : "start"},
      }),
    ],
  };
}

/** The middle of the seeds, with their range where there are several. */
function runsText(runs: SeedRange, task: RatesTask): string {
  const [low, median, high] = [runs.low, runs.median, runs.high].map((loss) => lossText(loss, task));
  return runs.seeds > 1 ? `${median} (${low} to ${high})` : median!;
}

function ratesTable({full, loras}: RatesResult, {ground, coupling}: RatesParams) {
  const columns: [string, LossCurve][] = [
    ["Full", full],
    ...loras.map((bowl, i): [string, LossCurve] => [`r = ${SWEPT_RANKS[i]}`, bowl]),
  ];
  return {
    caption: `${ground === "forge" ? "Letters in doubt on held-out names" : "Nats a digit on fresh inputs"} after 600 steps, ${couplingNames[coupling]}: the middle seed, and the range of all`,
    columns: ["η", ...columns.map(([name]) => name), "Seeds"],
    rows: SWEPT_RATES.map((rate, place) => [
      significant(Number(rate), 3),
      ...columns.map(([, bowl]) => runsText(bowl.runs[place]!, ground)),
      columns.map(([, bowl]) => bowl.runs[place]!.seeds).join(", "),
    ]),
  };
}

const capacityTable = ({shares}: RatesResult, {r}: RatesParams) => ({
  caption: `The share of N random pairs that rank ${r} stores, and the least rank for 90%; then what the forge knows of N names by heart`,
  columns: ["N", `Rank ${r}`, "Least rank for 90%", ...SWEPT_RANKS.map((rank) => `Forge, r = ${rank}`)],
  rows: [
    ...shares.map((column, i) => {
      const least = column.findIndex((one) => one >= STORED);
      return [PAIR_STEP * (i + 1), percent(column[r]!), least < 0 ? "–" : least, "", "", ""];
    }),
    ...memorized.map(({names, shares: learned}) => [
      `${whole(names)} names`,
      "",
      "",
      ...SWEPT_RANKS.map((rank) => percent(learned[rank]!.median)),
    ]),
  ],
});

function ratesReadouts({full, lora, rateRatio, loras}: RatesResult, {ground, rank}: RatesParams) {
  const bests = loras.map(({best}) => best);
  return [
    {
      label: ["Best rate, full fine-tuning"],
      value: rateText(full.best),
      note: `lowest loss ${lossText(full.least, ground)}`,
    },
    {
      label: ["Best rate, LoRA at ", symbol.r, ` = ${rank}`],
      value: rateText(lora.best),
      note: `lowest loss ${lossText(lora.least, ground)}`,
    },
    {label: ["LoRA’s best rate over full’s"], value: `${fixed(rateRatio, 1)}×`},
    {
      label: ["LoRA’s best rate moves with ", symbol.r, " by"],
      value: `${fixed(Math.max(...bests) / Math.min(...bests), 1)}×`,
      note: `${bests.map(rateText).join(", ")} at r = ${SWEPT_RANKS.join(", ")}`,
    },
  ];
}

function capacityReadouts({share, needed}: RatesResult, {pairs, r}: RatesParams) {
  const some = memorized[2]!;
  return [
    {label: ["Stored"], value: percent(share), note: `${pairs} pairs at rank ${r}`},
    {label: ["Least rank for 90%"], value: needed === undefined ? "none" : String(needed), note: `of ${pairs} pairs`},
    {
      label: [`The forge, ${some.names} names by heart`],
      value: SWEPT_RANKS.map((rank) => percent(some.shares[rank]!.median)).join(", "),
      note: `at r = ${SWEPT_RANKS.join(", ")}`,
    },
  ];
}

function saysRates(result: RatesResult, {ground, rank, coupling}: RatesParams): readonly [string, string] {
  const {here, full, lora, loras} = result;
  const bests = loras.map(({best}) => best);
  const isFalling = bests.every((best, i) => i === 0 || best < bests[i - 1]!);
  const its = `for rank ${rank} it is ${rateText(lora.best)}`;
  const alpha = significant(alphas[coupling](Number(rank)), 3);
  return [
    isFalling
      ? `With ${couplingNames[coupling]}, the higher the rank, the lower the best rate; ${its}.`
      : `With ${couplingNames[coupling]}, the best rate does not fall with the rank; ${its}.`,
    `At η = ${etaText(result)}, r = ${rank} with α = ${alpha} leaves ${lossText(here.lora.median, ground)} ${LOSS_UNITS[ground]}, and full fine-tuning leaves ${lossText(here.full.median, ground)}; it does best near η = ${rateText(full.best)}.`,
  ];
}

function saysCapacity({share, needed}: RatesResult, {pairs, r}: RatesParams): readonly [string, string] {
  const first = needed === undefined ? "no rank stores 90% of them" : `rank ${needed} is the first to store 90%`;
  return [
    `Rank ${r} stores ${percent(share)} of ${pairs} random pairs; ${first}.`,
    "The pairs have 32 dimensions, and no map of that rank stores more.",
  ];
}

export default figure<typeof controls, RatesResult>({
  title: "Does one learning rate suit every rank?",
  guide:
    "Under “Learning rates” the straight lines join the best rates of the ranks; drag the dashed one to read two losses, each the middle of five seeds near the lowest point and one run elsewhere. Under “What a rank can store” drag the point.",
  sources: ["Hu et al. 2021, Table 12", "Kalajdzievski 2023", "Izenman 1975"],
  controls,
  compute,
  main: ["coupling", "rank", "r", "pairs"],
  picture: (result, params, act) => ({
    parts: [params.show === "rates" ? ratesChart(result, params, act) : storedMap(result, params, act)],
    ...(params.show === "rates" && {note: "Upright strokes: from the lowest to the highest of five seeds."}),
  }),
  says: (result, params) => (params.show === "rates" ? saysRates : saysCapacity)(result, params),
  readouts: (result, params) => (params.show === "rates" ? ratesReadouts : capacityReadouts)(result, params),
  table: (result, params) => (params.show === "rates" ? ratesTable : capacityTable)(result, params),
  source: ({show}) =>
    show === "rates"
      ? {kind: "precomputed", text: "stored runs"}
      : {kind: "live", text: `seed ${SEED}; the forge’s runs are stored`},
  challenge: {
    text: "open “What a rank can store” and find the smallest rank that stores 90% of 24 random pairs.",
    met: ({needed}, {show, pairs, r}) => show === "capacity" && pairs === 24 && r === needed,
  },
});
