/** The figure “Do two runs ask the same questions?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import {barX, dot, rect, ruleX, text} from "../../figure/plot/marks.ts";
import {extentText} from "../../figure/plot/matrices/extent.ts";
import type {Box, Chart, Drawing, Picture} from "../../figure/plot/picture.ts";
import {counted, fixed, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {medianRange} from "../shared/medianRange.ts";
import {
  ADAPTED_MATRICES,
  adaptedMatrixNames,
  DIAGONAL,
  matrixText,
  SKILLS,
  TWIN_RANKS,
  WIDTH,
} from "../shared/twins.ts";
import {drawShadow} from "./drawing/shadow.ts";
import {drawColorScale, drawSimilarity, similarityHeight} from "./drawing/similarity.ts";
import {
  aboveChance,
  bounds,
  controls,
  DEVIATIONS,
  isMoreThanChance,
  phiAt,
  readSubspace,
  type SubspaceParams,
  type SubspaceResult,
  sharesOf,
  twinRun,
} from "./readings.ts";

/** The challenge compares this many first directions with the first one. */
const GROUP_SIZE = TWIN_RANKS.low;

const phiText = (phi: number): string => fixed(phi, 2);
const shareText = (phi: number): string => `${whole(100 * phi)}%`;

/** "0.03 ± 0.04". */
const chanceText = ({chance: {mean, deviation}}: SubspaceResult): string =>
  `${phiText(mean)}\u00a0±\u00a0${phiText(deviation)}`;

/** "0.63 to 0.75". */
function phiRange(values: readonly number[]): string {
  const {low, high} = medianRange(values);
  return `${phiText(low)} to ${phiText(high)}`;
}

/** The matrices whose φ is more than chance. */
const matricesAboveChance = ({phi, chance}: SubspaceResult) =>
  ADAPTED_MATRICES.filter((place) => isMoreThanChance(phi[place], chance));

/** "rank 4 with rank 16". */
const comparisonText = (twins: SubspaceParams["twins"]): string =>
  twins === "ranks" ? `rank ${TWIN_RANKS.low} with rank ${TWIN_RANKS.high}` : `two seeds at rank ${TWIN_RANKS.high}`;

/** The run with fewer directions, and the run whose subspace they are projected onto. */
function sides({twins, i, j}: SubspaceParams) {
  const names = twins === "ranks" ? [`rank ${TWIN_RANKS.low}`, `rank ${TWIN_RANKS.high}`] : ["one seed", "the other"];
  const [one, other] = [
    {who: names[0]!, count: i},
    {who: names[1]!, count: j},
  ];
  return i <= j ? {smaller: one, larger: other} : {smaller: other, larger: one};
}
/** "loudest question" or "first 4 questions". */
const questionsText = (count: number): string => (count === 1 ? "loudest question" : `first ${count} questions`);

/** The smaller set of directions as arrows over the other run's subspace; at full size with the formula of φ. */
function shadowDrawing({places, phi, chance}: SubspaceResult, params: SubspaceParams, size: Size): Drawing {
  const {place, i, j} = params;
  const {smaller, larger} = sides(params);
  const shares = sharesOf(places[place], i, j);
  const isFull = size === "full";
  const nameOf = ({who, count}: typeof smaller) => `${who}’s ${count === 1 ? "loudest" : `first ${count}`}`;
  return {
    name: "shadow",
    alt: `${shares.map((one, n) => `Of question ${n + 1} of ${smaller.who}, ${larger.who} has ${shareText(one)} in its ${questionsText(larger.count)}`).join("; ")}.`,
    height: isFull ? {narrow: 168, mid: 230, wide: 262} : {narrow: 176, mid: 210, wide: 262},
    isElastic: true,
    draw: (g, sheet) =>
      drawShadow(
        g,
        {
          shares,
          phi: phi[place],
          phiText: shareText(phi[place]),
          chanceText: `by chance ${shareText(chance.mean)}`,
          isPlane: larger.count > 1,
          ...(isFull
            ? {
                names: [`U₁: ${nameOf(smaller)}`, `U₂: ${nameOf(larger)}`],
                formula: `φ = ‖U₁ᵀU₂‖²${smaller.count === 1 ? "" : `/${smaller.count}`}`,
              }
            : {names: [nameOf(smaller), nameOf(larger)]}),
        },
        sheet,
      ),
  };
}

/** The chart of φ at the chosen i and j in each matrix; at full size also in stored runs. */
function levelsChart(result: SubspaceResult, {place, i, j}: SubspaceParams, act: Act, size: Size): Chart {
  const {phi, chance, stored} = result;
  const isFull = size === "full";
  const rows = ADAPTED_MATRICES.map((one) => ({
    name: adaptedMatrixNames[one],
    value: phi[one],
    valueText: isFull ? phiText(phi[one]) : shareText(phi[one]),
  }));
  const halfBand = DEVIATIONS * chance.deviation;
  const storedDots =
    isFull && stored ? ADAPTED_MATRICES.flatMap((one, row) => stored[one].map((value) => ({row, value}))) : [];
  return {
    name: "levels",
    label: isFull ? [`φ(${i}, ${j}) in each matrix; band: by chance; ○ stored seeds`] : ["The same in each matrix"],
    alt: `${rows.map(({name, valueText}) => `${name}: ${valueText}`).join("; ")}. Random spaces: ${chanceText(result)}.`,
    height: {narrow: 140, mid: 210, wide: 240},
    x: {domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: isFull ? String : shareText},
    y: {
      type: "rows",
      rows,
      chosen: ADAPTED_MATRICES.indexOf(place),
      press: (row) => act.set({place: ADAPTED_MATRICES[row]!}),
    },
    marks: [
      rect(isFull ? [chance] : [], {
        x1: Math.max(chance.mean - halfBand, 0),
        x2: Math.min(chance.mean + halfBand, 1),
        tone: "w0",
      }),
      barX(rows, {
        x: ({value}) => value,
        tone: "a",
        strength: (_, row) => (row === ADAPTED_MATRICES.indexOf(place) ? 3 : 1),
      }),
      ruleX([chance.mean], {tone: "ink"}),
      dot(storedDots, {x: ({value}) => value, y: ({row}) => row, hollow: true, r: 3, tone: "ink"}),
      text(isFull ? [] : [chance.mean], {x: chance.mean, text: `chance ${shareText(chance.mean)}`}),
    ],
  };
}

/** The drawing of φ(i, j) of the two A for all i and j, in the layout of the paper's Figure 3. */
function phiGrid({places, phi}: SubspaceResult, {place, i, j, twins}: SubspaceParams, act: Act): Drawing {
  const {grid} = places[place];
  const names =
    twins === "ranks"
      ? ([`first i at rank ${TWIN_RANKS.low}`, `first j at rank ${TWIN_RANKS.high}`] as const)
      : (["first i", "first j of the other"] as const);
  const heightAt = (width: number) => Math.ceil(similarityHeight(grid, width));
  return {
    name: "phi-grid",
    isWide: true,
    label: ["φ(i, j) above chance, of the two ", symbol.A, ` of ${matrixText(place)}`],
    alt: `A grid of φ, row i and column j: ${extentText(grid)}; at i = ${i}, j = ${j} it is ${phiText(phi[place])}.`,
    height: {narrow: heightAt(300), mid: heightAt(450), wide: heightAt(660)},
    draw: (g, {width}) =>
      drawSimilarity(g, aboveChance(grid), {
        width,
        i,
        j,
        names,
        cellText: phiText(phi[place]),
        onPick: (row, column) => act.set({i: row, j: column}),
      }),
  };
}

/** The color scale of the grid. */
const colorBox: Box = {name: "shades", isWide: true, html: (box) => drawColorScale(box, "φ above chance")};

/** What the paper reports on the same comparison in GPT-3. */
const paperSays: Readonly<Record<SubspaceParams["twins"], string>> = {
  ranks:
    "GPT-3, paper (§7.2, Figure 3): with ranks 8 and 64, in layer 48 of 96, the authors state for ΔWq and for ΔWv that the top direction overlaps significantly, with a similarity above one half, and the others do not. The others, they say, potentially hold mostly noise.",
  seeds:
    "GPT-3, paper (§7.2, Figure 4): with two seeds at rank 64, ΔWq has more singular directions in common than ΔWv, so the authors call its intrinsic rank the higher one. Two random Gaussian matrices share none.",
};

function picture(result: SubspaceResult, params: SubspaceParams, act: Act, size: Size): Picture {
  const [shadow, levels] = [shadowDrawing(result, params, size), levelsChart(result, params, act, size)];
  if (size === "card") return {parts: [shadow, levels], columns: [1, 1]};
  return {
    parts: [shadow, levels, phiGrid(result, params, act), colorBox],
    columns: [1, 1],
    note: paperSays[params.twins],
  };
}

/** The card's sentence: the share that the runs have in common, and its mean by chance. */
function cardSentence({step, phi, chance}: SubspaceResult, params: SubspaceParams): string {
  const {smaller, larger} = sides(params);
  const when = step === 0 ? "Before training" : `After ${counted(step, "step")}`;
  const shares = larger.count === 1 ? "shares" : "share";
  return `${when}, in ${matrixText(params.place)}, ${larger.who}’s ${questionsText(larger.count)} ${shares} ${shareText(phi[params.place])} of ${smaller.who}’s ${questionsText(smaller.count)}; by chance ${shareText(chance.mean)}.`;
}

/** The sentence that Explore adds: φ in numbers, against chance and against stored runs. */
function furtherSentence(result: SubspaceResult, {place, i, j, skill}: SubspaceParams): string {
  const {step, phi, chance, stored} = result;
  const sentence = `On “${SKILLS[skill]}” φ(${i}, ${j}) is ${phiText(phi[place])}, where random spaces give ${chanceText(result)}`;
  if (step === 0) return `${sentence}: each A is still its own random draw, so what the runs share later is learned.`;
  const countText = `in ${matricesAboveChance(result).length} of the ${ADAPTED_MATRICES.length} matrices`;
  const verdict = isMoreThanChance(phi[place], chance)
    ? `that is more than chance, as it is ${countText}`
    : `that is no more than chance; ${countText} it is more`;
  return `${sentence}; ${verdict}${stored ? `, and stored seeds reach from ${phiRange(stored[place])}` : ""}.`;
}

export default figure<typeof controls, SubspaceResult>({
  title: "Do two runs ask the same questions?",
  guide:
    "Two adapters are trained here, each from its own random A on its own examples. An arrow is a direction that one A reads, and the shadow’s square is how much of it the other reads too (equation 4 of the paper). Press a matrix, a cell of the map, or Play.",
  sources: ["Hu et al. 2021, §7.2, eq. 4, Figures 3 and 4"],
  controls,
  bounds,
  main: ["j", "twins"],
  run: {clock: "trained", grows: true, by: twinRun, read: readSubspace},
  picture,
  says: (result, params) => [cardSentence(result, params), furtherSentence(result, params)],
  readouts(result, {place, i, j}) {
    const stored = result.stored?.[place];
    return [
      {label: [`φ(${i}, ${j})`], value: phiText(result.phi[place]), note: adaptedMatrixNames[place]},
      {
        label: ["Random spaces"],
        value: chanceText(result),
        note: `mean max(i, j)/k = ${Math.max(i, j)}/${WIDTH}, and deviation`,
      },
      {
        label: ["Stored seeds"],
        value: stored ? phiRange(stored) : "none",
        note: stored
          ? `median ${phiText(medianRange(stored).median)} of ${stored.length}`
          : `for i = j of ${DIAGONAL.join(", ")} only`,
      },
      {
        label: ["More than chance"],
        value: `${matricesAboveChance(result).length} of ${ADAPTED_MATRICES.length}`,
        note: "matrices",
      },
    ];
  },
  table({places, phi, step}, {place, twins, skill, i, j}) {
    const {grid} = places[place];
    const cols = Array.from({length: grid.cols}, (_, n) => n + 1);
    return {
      caption: `φ(i, j) after ${step} steps on “${SKILLS[skill]}”, ${comparisonText(twins)}: ${matrixText(place)}, then φ(${i}, ${j}) in each matrix`,
      columns: ["Of", ...cols.map((col) => `j = ${col}`)],
      rows: [
        ...Array.from({length: grid.rows}, (_, n) => [
          `i = ${n + 1}`,
          ...cols.map((col) => phiText(phiAt(grid, n + 1, col))),
        ]),
        ...ADAPTED_MATRICES.map((one) => [adaptedMatrixNames[one], phiText(phi[one]), ...cols.slice(1).map(() => "")]),
      ],
    };
  },
  source: ({draw}) => ({kind: "live", text: `seed ${draw}`}),
  challenge: {
    text: `find a matrix whose top directions agree no more than by chance, φ(1, 1), while the first ${GROUP_SIZE} of each share more than by chance: set i and j to ${GROUP_SIZE}.`,
    met({places, phi, chance, step}, {place, i, j}) {
      const one = {mean: 1 / WIDTH, deviation: Math.SQRT2 / WIDTH};
      return (
        step > 0 &&
        i === GROUP_SIZE &&
        j === GROUP_SIZE &&
        isMoreThanChance(phi[place], chance) &&
        !isMoreThanChance(phiAt(places[place].grid, 1, 1), one)
      );
    },
  },
});
