/** How much ΔW amplifies what W₀ has along its directions: the paper's norms, and those of the forge. */
import {figure} from "../../figure/declare.ts";
import type {Tone} from "../../figure/plot/marks.ts";
import type {Drawing} from "../../figure/plot/picture.ts";
import {fixed, significant} from "../../figure/plot/text/format.ts";
import type {Act, Readout, Table} from "../../figure/widget.ts";
import {matrixText, SKILLS} from "../shared/twins.ts";
import {drawFaders, type Fader} from "./drawing/faders.ts";
import {
  type AmplifyParams,
  type AmplifyResult,
  amplifyRun,
  atChosenRank,
  CHECKED_DIRECTIONS,
  controls,
  FACTORS,
  INTRUDER_COSINE,
  isMoreThanRandom,
  isPrinted,
  type Norms,
  normWith,
  overRandom,
  type PrintedOnly,
  printedHalf,
  printedNorms,
  readAmplify,
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

/** How many times as much as W₀ a share of ΔW has; the paper's own factor for all of it. */
function timesText(norms: Norms, share: number, isOfPaper: boolean): string {
  if (share === 1 && isOfPaper) return String(FACTORS[norms.rank]!.value);
  return factorText(share * norms.factor);
}

/** The faders of W₀'s own directions, ΔW's and random ones. */
function fadersOf(result: Result, params: AmplifyParams): readonly Fader[] {
  const norms = normsOf(result, params);
  const share = shareOf(result, params);
  const {rank, onOwn, onDelta, onRandom} = norms;
  const level = normWith(norms, share);
  // The set that a phrase in the text names, if one does: it alone is in full color and has the large number.
  const named = isPrinted(result) ? params.told : "all";
  const frozenFader = (set: "own" | "random", tone: Tone, name: Fader["name"], norm: number, of: [string, string]) => ({
    tone,
    name,
    normText: normText(norm),
    level: norm,
    base: norm,
    ...(named === set ? {answer: {number: normText(norm), of}} : {isPale: named !== "all"}),
  });
  const factor = `${timesText(norms, share, isPrinted(result))}×`;
  return [
    frozenFader("own", "w0", [`W₀’s own top ${rank}`, " directions"], onOwn, ["the most there is", "the most"]),
    {
      tone: "dw",
      name: [`ΔW’s ${rank}`, " directions"],
      normText: level > onDelta ? `${normText(onDelta)} → ${normText(level)}` : normText(onDelta),
      level,
      base: onDelta,
      isPale: named !== "all",
      ...(share &&
        named === "all" && {answer: {number: factor, of: ["what W₀ has there", `W₀’s ${normText(onDelta)}`] as const}}),
    },
    frozenFader("random", "soft", [`${rank} random`, " directions"], onRandom, ["by chance", "by chance"]),
  ];
}

/** The norms along three sets of directions as faders; the paper's ΔW can be dragged. */
function fadersDrawing(result: Result, params: AmplifyParams, act: Act): Drawing {
  const {rank, onOwn, delta, onDelta} = normsOf(result, params);
  const faders = fadersOf(result, params);
  const onDrag = (norm: number) =>
    act.set({told: "all", strength: norm <= onDelta ? 0 : Math.round(100 * Math.min(norm / delta, 1))});
  const options = {
    faders,
    maxNorm: Math.max(onOwn, delta),
    ...(isPrinted(result) && {onDrag}),
    onCancel: () => act.set({strength: params.strength}),
  };
  return {
    name: "mixer",
    label: [`Norm along ${rank} directions together`],
    alt: `Three faders, each the norm along ${rank} directions together: ${faders.map((fader) => `${fader.name.join("")}, ${fader.normText}`).join("; ")}.`,
    height: {narrow: 250, mid: 260, wide: 300},
    isElastic: true,
    draw: (g, sheet) => drawFaders(g, options, sheet),
  };
}

/** The heads of the table's columns for the paper's norms. */
const printedColumns = printedNorms.map(({rank}) => `GPT\u20113 r\u00a0=\u00a0${rank}`);

/** The table's rows: one for each norm, with a column for each of `all`. */
function rowsOf(all: readonly Norms[]): readonly (readonly string[])[] {
  const row = (name: string, of: (one: Norms) => string) => [name, ...all.map(of)];
  return [
    row("‖ΔW‖", ({delta}) => normText(delta)),
    row("‖W₀‖", ({weight}) => normText(weight)),
    row("W₀ along ΔW’s directions", ({onDelta}) => normText(onDelta)),
    row("W₀ along its own first r", ({onOwn}) => normText(onOwn)),
    row("W₀ along r random ones", ({onRandom}) => normText(onRandom)),
    row("Factor: first row over third", ({factor}) => factorText(factor)),
  ];
}

/** Why the factors of the forge cannot be compared with the paper's. */
const FORGE_LIMITS =
  "In so small a model chance alone gives a lot, so W₀ is less quiet along ΔW here. The factor also grows with ‖ΔW‖, and so with steps, rate and α: compare only runs of one length, and none of them with the paper’s.";

/** The paper's norms in a sentence. */
function printedSentence(norms: Norms, strength: number): string {
  const {rank, onDelta, onOwn} = norms;
  if (strength === 0)
    return `Where ΔW is, W₀ has norm ${normText(onDelta)}: ${timesRandom(norms)} what chance gives, but far below the ${normText(onOwn)} in its own directions.`;
  if (strength < 100)
    return `W₀ alone has norm ${normText(onDelta)} in ΔW’s directions; ${strength}% of ΔW has ${timesText(norms, strength / 100, true)} times as much.`;
  return rank === 4
    ? `No: W₀ is loud in its own directions and nearly silent in ΔW’s four, where ΔW has ${FACTORS[rank]!.text} times as much.`
    : `At rank ${rank} it is less clear: W₀ is louder along these directions, and ΔW has only ${FACTORS[rank]!.text} times as much there.`;
}

/** The norm of the set of directions that a phrase in the text names. */
const namedSetSentence = ({rank, onRandom, onOwn}: Norms, told: AmplifyParams["told"]): string =>
  told === "random"
    ? `By chance, between any ${rank} random directions, W₀ has norm ${normText(onRandom)}.`
    : `Between its own first ${rank} directions, the most that any ${rank} can have, W₀ has norm ${normText(onOwn)}.`;

/** The card's sentence. */
function cardSentence(result: Result, params: AmplifyParams): string {
  if (isPrinted(result) && params.told !== "all") return namedSetSentence(printedHalf(params), params.told);
  if (isPrinted(result)) return printedSentence(printedHalf(params), params.strength);
  const one = atChosenRank(result, params);
  const hardly = overRandom(one) > 1 ? "hardly more" : "no more";
  const comparison = isMoreThanRandom(one) ? "is louder than by chance" : `has ${hardly} than chance gives`;
  return `No: along ΔW’s ${one.rank} directions W₀ ${comparison}, and ΔW has ${factorText(one.factor)} times as much there.`;
}

/** What only Explore and screen readers add: what was measured, and whether the finding of the paper shows here. */
function furtherSentence(result: Result, params: AmplifyParams): string {
  if (isPrinted(result)) {
    const norms = printedHalf(params);
    const {strength, told} = params;
    if (told !== "all")
      return `These are norms of Table 7, for the query matrix of GPT-3’s layer 48 at rank ${norms.rank}.`;
    const level = strength
      ? `with ${strength}% of ΔW its directions have about ${normText(normWith(norms, strength / 100))}`
      : "here ΔW is switched off";
    return `In Table 7, for the query matrix of GPT-3’s layer 48 at rank ${norms.rank}, W₀ has ${normText(norms.onRandom)} in random directions; ${level}.`;
  }
  const one = atChosenRank(result, params);
  const paper = printedNorms[params.rank === "low" ? 0 : 1]!;
  const meaning = isMoreThanRandom(one)
    ? "W₀ is stronger along ΔW’s directions than along random ones, as in the paper"
    : `W₀ is no stronger along ΔW’s directions than along random ones; in the paper it is ${Math.round(overRandom(paper))} times as strong`;
  return `After ${result.step} steps on “${SKILLS[params.subject]}”, in ${matrixText(params.weight)} at rank ${one.rank}, ${meaning}.`;
}

/** The numbers beside the paper's norms. */
function printedReadouts(params: AmplifyParams): Readout[] {
  const norms = printedHalf(params);
  const {onDelta, onOwn, delta} = norms;
  return [
    {
      label: ["Amplification factor"],
      value: FACTORS[norms.rank]!.text,
      note: `as printed; ${normText(delta)} / ${normText(onDelta)} is ${normText(delta / onDelta)}`,
    },
    {label: ["Against random directions"], value: timesRandom(norms), note: "more than chance"},
    {label: ["Beside W₀’s own directions"], value: `${normText(onDelta)} of ${normText(onOwn)}`},
  ];
}

function readouts(result: Result, params: AmplifyParams): Readout[] {
  if (isPrinted(result)) return printedReadouts(params);
  const one = atChosenRank(result, params);
  return [
    {label: ["Amplification factor"], value: factorText(one.factor)},
    {
      label: ["Against random directions"],
      value: `${normText(overRandom(one))}×`,
      note: isMoreThanRandom(one) ? "more than chance" : "no more than chance",
    },
    {
      label: ["Intruders"],
      value: `${one.intruders} of ${CHECKED_DIRECTIONS}`,
      note: `strongest directions of W₀ + ΔW whose cosine with every direction of W₀ is below ${INTRUDER_COSINE}`,
    },
  ];
}

/** Both halves of Table 7. */
const printedTable: Table = {
  caption: "Norms of Table 7, for the query matrix of GPT\u20113\u2019s layer 48",
  columns: ["Norm", ...printedColumns],
  rows: rowsOf(printedNorms),
};

export default figure<typeof controls, Result>({
  title: "Is ΔW just more of W₀?",
  guide:
    "Each fader is a set of directions: the frozen weight’s own strongest, the update’s, and random ones. Its height is one norm, of all directions of the set together. Choose GPT-3 or a model that is trained here; GPT-3’s violet fader can be dragged.",
  sources: ["Hu et al. 2021, §7.3, Table 7 and §H.4", "Shuttleworth et al. 2024"],
  controls,
  main: ["norms", "strength"],
  // Without `grows`: the figure waits for a step with measurements, because at step 0 there is no ΔW to show.
  run: {clock: "until", by: amplifyRun, read: readAmplify},
  picture: (result, params, act, size) => ({
    parts: [fadersDrawing(result, params, act)],
    note: size === "full" && !isPrinted(result) ? FORGE_LIMITS : undefined,
  }),
  says: (result, params) => [cardSentence(result, params), furtherSentence(result, params)],
  readouts,
  table(result, {weight, subject}) {
    if (isPrinted(result)) return printedTable;
    const {step, low, high} = result;
    return {
      caption: `Norms of Table 7 and of ${matrixText(weight)} after ${step} steps on “${SKILLS[subject]}”`,
      columns: ["Norm", ...printedColumns, ...[low, high].map(({rank}) => `here r\u00a0=\u00a0${rank}`)],
      rows: rowsOf([...printedNorms, low, high]),
    };
  },
  source: ({norms, begin}) =>
    norms === "paper" ? {kind: "paper", text: "Table 7: GPT\u20113, layer 48"} : {kind: "live", text: `seed ${begin}`},
  challenge: {
    text: "find a matrix in which, at the lower rank, W₀ has more along ΔW’s directions than along random ones, as the paper found in GPT-3.",
    met: (result, params) => !isPrinted(result) && params.rank === "low" && isMoreThanRandom(result.low),
  },
});
