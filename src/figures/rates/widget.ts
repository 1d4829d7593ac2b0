import {figure} from "../../figure/declare.ts";
import {dot, handle, knob, lineY, ruleX, shape, text} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {fixed, lettersInDoubt, percent, significant, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {listed} from "../shared/listed.ts";
import {
  alphas,
  BY,
  compute,
  controls,
  couplingNames,
  HELD,
  MOST,
  type RatesParams,
  type RatesResult,
  SEED,
  SIDE,
  SWEPT_RANKS,
  SWEPT_RATES,
} from "./model.ts";
import {type Bowl, type RatesTask, type Runs, shelves} from "./stored.ts";
import {type StoredShares, staircase} from "./storedShares.ts";

const LAST = SWEPT_RATES.length - 1;
const LOSS_UNITS = {forge: "letters in doubt", digits: "nats a digit"} as const;
/** Letters in doubt lie close together; the digit machine's losses lie decades apart. */
const LOSS_AXES = {
  forge: {type: "linear", domain: [6.2, 10.2], ticks: [7, 8, 9, 10]},
  digits: {type: "log", domain: [1e-5, 4], ticks: [1e-4, 1e-2, 1], tickFormat: String},
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
/** Where a rate is on the grid of four a decade. */
const placeOf = (rate: number): number => 4 * (Math.log10(rate) + 3.5);

/** Letters in doubt that keep two names apart where their lines begin together. */
const LINE = 0.22;

/** From the lowest up, each at least a line above the one before. */
function apart<T extends {at: number}>(names: readonly T[]): T[] {
  const sorted = [...names].sort((one, other) => one.at - other.at);
  let least = 0;
  return sorted.map((name) => {
    const at = Math.max(name.at, least);
    least = at + LINE;
    return {...name, at};
  });
}

/** The lowest points of the bowls of the ranks, joined: upright where one rate suits them all. */
function ratesChart(result: RatesResult, params: RatesParams, act: Act): Chart {
  const {full, loras, lora, place, here} = result;
  const {ground, coupling, eta} = params;
  const isForge = ground === "forge";
  const height = (runs: Runs) => lossShown(runs.median, ground);
  const lowest = ({best, least}: Bowl) => ({x: placeOf(best), y: lossShown(least, ground)});
  const curve = (one: Bowl) => ({x: (_: Runs, i: number) => i, y: height, title: nameOf(one)});
  const nameOf = (one: Bowl) => {
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
    // For the names at the beginnings of the lines.
    ...(isForge && {insetX: 64}),
    marks: [
      lineY(full.runs, {...curve(full), tone: "w0"}),
      lineY(full.runs, {...curve(full), tone: "dw", thin: true}),
      ...loras.map((one) => {
        const end = isForge ? {} : {end: nameOf(one)};
        return lineY(one.runs, {...curve(one), tone: "dw", strength: one === lora ? 2 : 0, ...end});
      }),
      // Where they begin, at the left; the digit machine's begin together.
      text(isForge ? apart(starts) : starts, {
        ...{x: 0, y: ({at}) => at, text: ({bowl}) => nameOf(bowl)},
        ...(isForge ? {anchor: "end" as const, dx: -6, dy: 4} : {anchor: "start" as const, dx: 4, dy: 16}),
        tone: ({bowl}) => (bowl === lora ? "dw" : "soft"),
      }),
      lineY(loras.map(lowest), {x: ({x}) => x, y: ({y}) => y, tone: "dw", strength: 3}),
      ruleX(lora.runs, {
        x: (_, i) => i,
        y1: ({low}) => lossShown(low, ground),
        y2: ({high}) => lossShown(high, ground),
        tone: "dw",
      }),
      dot([...loras, full].map(lowest), {
        ...{x: ({x}) => x, y: ({y}) => y, r: 5},
        tone: (_, i) => (i < loras.length ? "dw" : "full"),
      }),
      knob(place, move, {called: "Learning rate", said: `η = ${eta}`, step: [1, 0]}),
      dot(read, {x: place, y: ({runs}) => height(runs), tone: ({tone}) => tone, hollow: true}),
      text(read, {
        ...{x: place, y: ({runs}) => height(runs), text: ({runs}) => lossText(runs.median, ground)},
        ...{dx: place > 0.7 * LAST ? -8 : 8, anchor: place > 0.7 * LAST ? "end" : "start"},
        dy: ({runs}) => (runs.median >= Math.max(here.full.median, here.lora.median) ? -6 : 16),
      }),
    ],
  };
}

/** Where the first cell of the map begins. */
const LOW_EDGE = {pairs: BY / 2, rank: 0.5};

/** Shares, one area over the other: the darker, the more is stored. */
const SHADES = [0.25, 0.5, 0.75, HELD];

/** The exact map: pairs across, rank up. */
function storedMap({shares, share}: RatesResult, {pairs, r}: RatesParams, act: Act): Chart {
  const edge = (at: number, ground: {x(value: number): number; y(value: number): number}) =>
    // Cells lie around the values that they are of, so that the point is where the ticks say.
    staircase(shares as StoredShares, at)
      .map(
        ({from, to, below}, i) =>
          `${i ? "V" : `M${ground.x(BY * from + BY / 2)} `}${ground.y(below + 0.5)}H${ground.x(BY * to + BY / 2)}`,
      )
      .join("");
  const lastOf = (at: number) => staircase(shares as StoredShares, at).at(-1)!;
  const set = (n: number, rank: number) => {
    act.set({
      pairs: Math.min(Math.max(Math.round(n / BY) * BY, BY), MOST),
      r: Math.min(Math.max(Math.round(rank), 1), SIDE),
    });
  };
  const [x, y] = [pairs, r];
  const isRight = pairs > 0.75 * MOST;
  return {
    name: "stored",
    label: ["Share stored, by pairs (across) and rank ", symbol.r, " (up)"],
    alt: `With ${pairs} pairs, rank ${r} stores ${percent(share)}`,
    height: {narrow: 290, mid: 340, wide: 380},
    x: {domain: [LOW_EDGE.pairs, MOST + BY / 2], ticks: [16, 32, 48, 64]},
    y: {domain: [LOW_EDGE.rank, SIDE + 0.5], ticks: [8, 16, 24, 32]},
    marks: [
      shape("area", SHADES, (ground, at) => `${edge(at, ground)}V0H0Z`, {tone: "dw"}),
      shape("lineY", [HELD], (ground, at) => `${edge(at, ground)}V0`, {tone: "dw", strength: 3}),
      // Each shade is named inside its upper right end.
      text(SHADES, {
        ...{x: (at) => BY * lastOf(at).to + BY / 2, y: (at) => lastOf(at).below + 0.5, anchor: "end", dx: -5},
        dy: (at) => (lastOf(at).below > SIDE - 4 ? 14 : -6),
        text: (at) => `${whole(100 * at)}%${at === HELD ? " or more" : ""}`,
      }),
      handle([x, y], set, {called: "Pairs across, rank up", said: `${pairs} pairs at rank ${r}`, step: [BY, 1]}),
      text([share], {
        ...{x, y, text: percent, tone: "ink", kind: "answer"},
        ...{dx: isRight ? -14 : 14, dy: r > 26 ? 26 : -8, anchor: isRight ? "end" : "start"},
      }),
    ],
  };
}

function runsText(runs: Runs, task: RatesTask): string {
  const [low, median, high] = [runs.low, runs.median, runs.high].map((loss) => lossText(loss, task));
  return runs.seeds > 1 ? `${median} (${low} to ${high})` : median!;
}

function ratesTable({full, loras}: RatesResult, {ground, coupling}: RatesParams) {
  const columns: [string, Bowl][] = [
    ["Full", full],
    ...loras.map((bowl, i): [string, Bowl] => [`r = ${SWEPT_RANKS[i]}`, bowl]),
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
      const least = column.findIndex((one) => one >= HELD);
      return [BY * (i + 1), percent(column[r]!), least < 0 ? "–" : least, "", "", ""];
    }),
    ...shelves.map(({names, shares: learned}) => [
      `${whole(names)} names`,
      "",
      "",
      ...SWEPT_RANKS.map((rank) => percent(learned[rank]!.median)),
    ]),
  ],
});

function ratesReadouts({full, lora, apart, loras}: RatesResult, {ground, rank}: RatesParams) {
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
    {label: ["LoRA’s best rate over full’s"], value: `${fixed(apart, 1)}×`},
    {
      label: ["LoRA’s best rate moves with ", symbol.r, " by"],
      value: `${fixed(Math.max(...bests) / Math.min(...bests), 1)}×`,
      note: `${bests.map(rateText).join(", ")} at r = ${SWEPT_RANKS.join(", ")}`,
    },
  ];
}

function capacityReadouts({share, needed}: RatesResult, {pairs, r}: RatesParams) {
  const some = shelves[2]!;
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
  const {here, full, loras} = result;
  const bests = listed(loras.map(({best}) => rateText(best)));
  const alpha = significant(alphas[coupling](Number(rank)), 3);
  return [
    `With ${couplingNames[coupling]}, LoRA is best near η = ${bests} at r = ${listed(SWEPT_RANKS.map(String))}; at η = ${etaText(result)}, r = ${rank} leaves ${lossText(here.lora.median, ground)} ${LOSS_UNITS[ground]}.`,
    `There α is ${alpha}, and full fine-tuning leaves ${lossText(here.full.median, ground)}; it does best near η = ${rateText(full.best)}.`,
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
    "Under “Learning rates” the thick line joins the best rates of the ranks; drag the dashed one to read two losses, each the middle of five seeds near the lowest point and one run elsewhere. Under “What a rank can store” drag the point.",
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
