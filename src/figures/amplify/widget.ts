/** How much ΔW amplifies what W₀ has along its directions: the paper's norms, and those of the forge. */
import {figure, type Size} from "../../figure/declare.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {layer} from "../../figure/plot/layer.ts";
import {legendTable} from "../../figure/plot/legendTable.ts";
import {areaY} from "../../figure/plot/marks.ts";
import type {Box, Chart, Drawing, Picture} from "../../figure/plot/picture.ts";
import {fixed, percent, significant} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act, Readout} from "../../figure/widget.ts";
import {adaptedMatrixNames, matrixText, SKILLS, TWIN_RANKS, WIDTH} from "../shared/twins.ts";
import {drawFaders, type FaderGroup} from "./drawing/faders.ts";
import {
  type AmplifyParams,
  type AmplifyResult,
  amplifyRun,
  atChosenRank,
  controls,
  FACTORS,
  isMoreThanRandom,
  isPrinted,
  type MeasuredNorms,
  NEW,
  type Norms,
  normReach,
  overRandom,
  PAPER_WIDTH,
  type PrintedOnly,
  printedHalf,
  printedNorms,
  readAmplify,
  TOP,
  tonesOf,
} from "./readings.ts";

type Result = AmplifyResult | PrintedOnly;

/** How a norm is written: with as many decimals as the table prints. */
const normText = (x: number): string => fixed(x, 2);
/** How a factor is written. */
const factorText = (x: number): string => (x < 10 ? fixed(x, 1) : significant(x, 3));
/** The norm along ΔW's directions as a multiple of that along random ones: "16 times". */
const timesRandom = (norms: Norms): string => `${Math.round(overRandom(norms))} times`;

/** The norms that are shown. */
const normsOf = (result: Result, params: AmplifyParams): Norms =>
  isPrinted(result) ? printedHalf(params) : atChosenRank(result, params);
/** The share of ΔW that is shown: only in the paper's numbers can readers turn it down. */
const shareOf = (result: Result, {strength}: AmplifyParams): number => (isPrinted(result) ? strength / 100 : 1);

/** "6.6–7.2": what the norm between the directions of ΔW can be, since norms do not add. */
function reachText(norms: Norms, strength: number): string {
  const {low, high} = normReach(norms, strength / 100);
  const text = (x: number) => fixed(x, low < 1 ? 2 : 1);
  return `${text(low)}–${text(high)}`;
}

/** How many times as much as W₀ a share of ΔW has; the paper's own count for all of it. */
function timesText(norms: Norms, share: number, isOfPaper: boolean): string {
  if (share === 1 && isOfPaper) return String(FACTORS[norms.rank]!.value);
  return factorText(share * norms.factor);
}

/** The norms along three sets of directions as three groups of faders; the paper's ΔW can be dragged. */
function equalizer(result: Result, params: AmplifyParams, act: Act): Drawing {
  const norms = normsOf(result, params);
  const share = shareOf(result, params);
  const {rank, onOwn, delta, onDelta, onRandom} = norms;
  const reach = normReach(norms, share);
  // The group that a text is at, if it is at one: it alone is in full color and has the large number.
  const lit = isPrinted(result) ? params.told : "all";
  const lightOf = (
    name: AmplifyParams["told"],
    norm: number,
    of: readonly [string, string],
  ): Pick<FaderGroup, "isPale" | "answer"> =>
    lit === name ? {answer: {number: normText(norm), of}} : {isPale: lit !== "all"};
  const groups: readonly FaderGroup[] = [
    {
      ...{tone: "w0", name: [`W₀’s own top ${rank}`, " directions"], said: normText(onOwn), level: onOwn, base: onOwn},
      ...lightOf("own", onOwn, ["the most there is", "the most"]),
    },
    {
      ...{tone: "dw", name: [`ΔW’s ${rank}`, " directions"], level: reach.middle, base: onDelta, reach},
      said: reach.middle > onDelta ? `${normText(onDelta)} → ${normText(reach.middle)}` : normText(onDelta),
      isPale: lit !== "all",
      ...(share &&
        lit === "all" && {
          answer: {
            number: `${timesText(norms, share, isPrinted(result))}×`,
            of: ["what W₀ has there", `W₀’s ${normText(onDelta)}`] as const,
          },
        }),
    },
    {
      ...{tone: "soft", name: [`${rank} random`, " directions"], said: normText(onRandom)},
      ...{level: onRandom, base: onRandom},
      ...lightOf("random", onRandom, ["by chance", "by chance"]),
    },
  ];
  return {
    name: "mixer",
    label: ["Norm in each set of directions"],
    alt: `Three groups of ${rank} faders: ${groups.map(({name, said}) => `${name.join("")}, ${said}`).join("; ")}.`,
    height: {narrow: 250, mid: 260, wide: 300},
    isElastic: true,
    draw: (g, sheet) =>
      drawFaders(
        g,
        {
          groups,
          most: Math.max(onOwn, normReach(norms, 1).high),
          count: rank,
          ...(isPrinted(result) && {
            onDrag: (norm: number) =>
              act.set({told: "all", strength: norm <= onDelta ? 0 : Math.round(100 * Math.min(norm / delta, 1))}),
          }),
          onCancel: () => act.set({strength: params.strength}),
        },
        sheet,
      ),
  };
}

/** The tones that the buttons play, in words. */
function tonesSaid({onDelta, onOwn, onRandom, delta}: Norms, share: number): string {
  const {middle} = normReach({onDelta, delta}, share);
  return `a low tone as strong as ${normText(onOwn)}, a middle one of ${normText(onDelta)} that ${middle > onDelta ? "ΔW raises to" : "stays at"} ${normText(middle)}, and a high one of ${normText(onRandom)}`;
}

/** The buttons that play the norms as tones. */
function sound(result: Result, params: AmplifyParams, act: Act, size: Size): Box {
  const norms = normsOf(result, params);
  const share = shareOf(result, params);
  const play = (part: number) => () => {
    import("./sound.ts")
      .then(({playTones}) => playTones(tonesOf(norms, part), Math.max(norms.onOwn, norms.delta)))
      .catch(() => act.say("The sound could not be played here. Press the button again to retry."));
  };
  return {
    name: "heard",
    isWide: true,
    html(box) {
      const buttons = [
        {text: "♪ Hear W₀", onPress: play(0)},
        {text: "♪ Hear W₀ + ΔW", onPress: play(share)},
      ];
      buttonRow(box, buttons, "Sound");
      if (size === "full") layer(box, "p", "note", `Amplitudes are the norms: ${tonesSaid(norms, share)}.`);
    },
  };
}

/** The chart of all directions of W₀, strongest first, and of what ΔW reads or writes in each. */
function bandChart({bands}: AmplifyResult, {weight, bands: side}: AmplifyParams): Chart {
  const loudest = bands.reduce((most, {delta}, i) => (delta > bands[most]!.delta ? i : most), 0);
  return {
    name: "comb",
    label: [
      "All directions of ",
      symbol.W0,
      ` of ${adaptedMatrixNames[weight]}, strongest first, and what `,
      symbol.dW,
      ` ${side === "inputs" ? "reads" : "writes"} in each`,
    ],
    alt: `W₀ falls from ${normText(bands[0]!.weight)} to ${normText(bands.at(-1)!.weight)}; ΔW is strongest, ${normText(bands[loudest]!.delta)}, in band ${loudest + 1}.`,
    height: {narrow: 150, mid: 160, wide: 170},
    x: {type: "point", names: bands.map((_, i) => String(i + 1))},
    y: {type: "linear"},
    marks: [
      areaY(bands, {y: (band) => band.weight, curve: "step", tone: "w0", thin: true}),
      areaY(bands, {y: (band) => band.delta, curve: "step", tone: "dw"}),
    ],
  };
}

/** The heads of the table's columns: of the paper, and of all. */
const columnOf = ({rank}: Norms) => `GPT\u20113 r\u00a0=\u00a0${rank}`;
const columnsOf = ({low, high}: AmplifyResult) => [
  ...printedNorms.map(columnOf),
  ...[low, high].map(({rank}) => `here r\u00a0=\u00a0${rank}`),
];

/** A row for each norm, a column for each of `all`. */
function rowsOf(all: readonly Norms[]): readonly (readonly string[])[] {
  const line = (name: string, of: (one: Norms) => string) => [name, ...all.map(of)];
  return [
    line("‖ΔW‖", ({delta}) => normText(delta)),
    line("‖W₀‖", ({weight}) => normText(weight)),
    line("W₀ along ΔW’s directions", ({onDelta}) => normText(onDelta)),
    line("W₀ along its own first r", ({onOwn}) => normText(onOwn)),
    line("W₀ along r random ones", ({onRandom}) => normText(onRandom)),
    line("Factor: first row over third", ({factor}) => factorText(factor)),
  ];
}

/** The rows of the table: both ranks of the paper, then both ranks of this run. */
function tableRows({low, high}: AmplifyResult): readonly (readonly string[])[] {
  const range = ({stored}: MeasuredNorms) => `${factorText(stored.low)}–${factorText(stored.high)}`;
  return [...rowsOf([...printedNorms, low, high]), ["Factor, nine stored seeds", "", "", range(low), range(high)]];
}

/** Both halves of Table 7 beside both ranks of this run. */
const bothRanks = (result: AmplifyResult): Box => ({
  name: "both-ranks",
  html: (box) => legendTable(box, "norms", ["Norm", ...columnsOf(result)], tableRows(result)),
});

/** Why the factors here cannot be compared with the paper's. */
const limits = (): string =>
  `Even along ${TWIN_RANKS.low} random directions of ${WIDTH} the norm here is ${percent(TWIN_RANKS.low / WIDTH)} of ‖W₀‖; in the paper’s matrix it is ${percent(TWIN_RANKS.low / PAPER_WIDTH)}. That is why W₀ is less quiet along ΔW here. The factor also grows with ‖ΔW‖, and so with steps, rate and α: compare only runs of one length, and none of them with the paper’s.`;

function picture(result: Result, params: AmplifyParams, act: Act, size: Size): Picture {
  const faders = [equalizer(result, params, act), sound(result, params, act, size)];
  if (size === "card" || isPrinted(result)) return {parts: faders};
  return {parts: [...faders, bandChart(result, params), bothRanks(result)], note: limits()};
}

/** The paper's norms in a sentence. */
function printedSays(norms: Norms, strength: number): string {
  const {rank, onDelta, onOwn} = norms;
  if (strength === 0)
    return `Where ΔW is, W₀ has norm ${normText(onDelta)}: ${timesRandom(norms)} what chance gives, but far below the ${normText(onOwn)} in its own directions.`;
  if (strength < 100)
    return `W₀ alone has norm ${normText(onDelta)} in ΔW’s directions; ${strength}% of ΔW has ${timesText(norms, strength / 100, true)} times as much.`;
  return rank === 4
    ? `No: W₀ is loud in its own directions and nearly silent in ΔW’s four, where ΔW has ${FACTORS[rank]!.said} times as much.`
    : `Less clearly new: in ΔW’s ${rank} directions W₀ is heard already, and ΔW has only ${FACTORS[rank]!.said} times as much.`;
}

/** The set of directions that a text is at. */
const litSays = ({rank, onRandom, onOwn}: Norms, told: AmplifyParams["told"]): string =>
  told === "random"
    ? `By chance, between any ${rank} random directions, W₀ has norm ${normText(onRandom)}.`
    : `Between its own first ${rank} directions, the most that any ${rank} can have, W₀ has norm ${normText(onOwn)}.`;

/** The card's sentence. */
function says(result: Result, params: AmplifyParams): string {
  if (isPrinted(result) && params.told !== "all") return litSays(printedHalf(params), params.told);
  if (isPrinted(result)) return printedSays(printedHalf(params), params.strength);
  const one = atChosenRank(result, params);
  const than = isMoreThanRandom(one) ? "louder" : "no louder";
  return `No: ΔW’s ${one.rank} directions are ${than} in W₀ than random ones, and there ΔW has ${factorText(one.factor)} times as much as W₀.`;
}

/** What only the full size says: what was measured, and whether the finding of the paper shows here. */
function more(result: Result, params: AmplifyParams): string {
  if (isPrinted(result)) {
    const norms = printedHalf(params);
    const {strength, told} = params;
    if (told !== "all")
      return `These are norms of Table 7, for the query matrix of GPT-3’s layer 48 at rank ${norms.rank}.`;
    const reach = reachText(norms, strength).replace("–", " and ");
    const both = strength
      ? `with ${strength}% of ΔW the norm in its directions lies between ${reach}, because norms do not add`
      : "here ΔW is switched off";
    return `In Table 7, for the query matrix of GPT-3’s layer 48 at rank ${norms.rank}, W₀ has ${normText(norms.onRandom)} in random directions; ${both}; to the ear, that is ${tonesSaid(norms, strength / 100)}.`;
  }
  const one = atChosenRank(result, params);
  const paper = printedNorms[params.rank === "low" ? 0 : 1]!;
  const meaning = isMoreThanRandom(one)
    ? "W₀ is stronger along ΔW’s directions than along random ones, as in the paper"
    : `W₀ is no stronger along ΔW’s directions than along random ones; in the paper it is ${Math.round(overRandom(paper))} times as strong`;
  return `After ${result.step} steps on “${SKILLS[params.subject]}”, in ${matrixText(params.weight)} at rank ${one.rank}, ${meaning}.`;
}

/** "12.5%": the norm along random directions over ‖W₀‖. For the matrix of the paper it is r/d, as the printed 0.02 has only one digit. */
const randomShare = ({expected, weight}: MeasuredNorms): string => percent(expected / weight);

/** The numbers beside the paper's norms. */
function printedReadouts(params: AmplifyParams): Readout[] {
  const norms = printedHalf(params);
  const {onDelta, onOwn, delta} = norms;
  return [
    {
      label: ["Amplification factor"],
      value: FACTORS[norms.rank]!.said,
      note: `as printed; ${normText(delta)} / ${normText(onDelta)} is ${normText(delta / onDelta)}`,
    },
    {label: ["With ΔW"], value: reachText(norms, params.strength), note: "a range, because norms do not add"},
    {label: ["Against random directions"], value: timesRandom(norms), note: "more than chance"},
    {label: ["Beside W₀’s own directions"], value: `${normText(onDelta)} of ${normText(onOwn)}`},
  ];
}

function readouts(result: Result, params: AmplifyParams): Readout[] {
  if (isPrinted(result)) return printedReadouts(params);
  const one = atChosenRank(result, params);
  const {factor, stored, intruders} = one;
  return [
    {
      label: ["Amplification factor"],
      value: factorText(factor),
      note: `stored seeds ${factorText(stored.low)} to ${factorText(stored.high)}`,
    },
    {
      label: ["Against random directions"],
      value: `${normText(overRandom(one))}×`,
      note: isMoreThanRandom(one) ? "more than chance" : "no more than chance",
    },
    {label: ["Along random directions"], value: randomShare(one), note: "of ‖W₀‖, which is r/d"},
    {
      label: ["Intruders"],
      value: `${intruders} of ${TOP}`,
      note: `strongest directions of W₀ + ΔW whose cosine with every direction of W₀ is below ${NEW}`,
    },
  ];
}

/** Both halves of Table 7. */
const printedTable = () => ({
  caption: "Norms of Table 7, for the query matrix of GPT\u20113\u2019s layer 48",
  columns: ["Norm", ...printedNorms.map(columnOf)],
  rows: rowsOf(printedNorms),
});

export default figure<typeof controls, Result>({
  title: "Is ΔW just more of W₀?",
  guide:
    "Each group of faders is a set of directions, all at the norm that is measured along them: the frozen weight’s own strongest, the update’s, and random ones. Choose GPT-3 or a model that is trained here; GPT-3’s violet faders can be dragged.",
  sources: ["Hu et al. 2021, §7.3, Table 7 and §H.4", "Shuttleworth et al. 2024"],
  controls,
  main: ["norms", "strength"],
  // It has no `grows`, because at step 0 there is no ΔW to show.
  run: {clock: "until", by: amplifyRun, read: readAmplify},
  picture,
  says: (result, params) => [says(result, params), more(result, params)],
  readouts,
  table(result, {weight, subject, bands, rank}) {
    if (isPrinted(result)) return printedTable();
    const blank = ["", ""];
    return {
      caption: `Norms of Table 7 and of ${matrixText(weight)} after ${result.step} steps on “${SKILLS[subject]}”; then, band by band, what it ${bands === "inputs" ? "reads" : "writes"}, ΔW at rank ${rank === "low" ? result.low.rank : result.high.rank}`,
      columns: ["Norm", ...columnsOf(result)],
      rows: [
        ...tableRows(result),
        ...result.bands.flatMap((band, i) => [
          [`band ${i + 1}, W₀`, ...blank, normText(band.weight), ""],
          [`band ${i + 1}, ΔW`, ...blank, normText(band.delta), ""],
        ]),
      ],
    };
  },
  source: ({norms, begin}) =>
    norms === "paper" ? {kind: "paper", text: "Table 7: GPT\u20113, layer 48"} : {kind: "live", text: `seed ${begin}`},
  challenge: {
    text: "find a matrix in which, at the lower rank, W₀ has more along ΔW’s directions than along random ones, as the paper found in GPT-3.",
    met: (result, params) => !isPrinted(result) && params.rank === "low" && isMoreThanRandom(result.low),
  },
});
