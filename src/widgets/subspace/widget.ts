import {layer} from "../../figures/layer.ts";
import {extent} from "../../figures/matrices/extent.ts";
import {panel} from "../../figures/panel.ts";
import {key} from "../../figures/text/key.ts";
import {sign} from "../../shell/signs.ts";
import {type Act, heavy} from "../../shell/widget.ts";
import {medianRange} from "../shared/medianRange.ts";
import {DIAGONAL} from "../shared/storedTwins.ts";
import {MATRICES, matrixNames, matrixSaid, RANKS, SKILLS, STEPS, WIDTH} from "../shared/twins.ts";
import {bounds, controls, runs, type SubspaceParams} from "./controls.ts";
import {chances, chancesHeight} from "./figures/chances.ts";
import {shades, similarity, similarityHeight} from "./figures/similarity.ts";
import {DEVIATIONS, isMore, phiAt, type SubspaceResult, see} from "./readings.ts";
import {chanceText, moreIn, paperSays, reach, sentence, shown} from "./sentences.ts";

const SIZE = 256;
/** The challenge compares this many directions with single ones. */
const GROUP = RANKS.low;

/** "rank 4 with rank 16". */
const compared = (twins: SubspaceParams["twins"]): string =>
  twins === "ranks" ? `rank ${RANKS.low} with rank ${RANKS.high}` : `two seeds at rank ${RANKS.high}`;

function grids(picture: Element, result: SubspaceResult, {place, i, j, twins}: SubspaceParams, act: Act) {
  const height = similarityHeight(result.control.rows);
  const onPick = (row: number, column: number) => act.set({i: row, j: column});
  const trained = panel(picture, "phi-grid trained", {
    label: ["φ(i, j) of ", sign.A, `, ${matrixNames[place]}: ${compared(twins)}`],
    ...{width: SIZE, height},
    alt: `A grid of φ, row i and column j: ${extent(result.grids[place])}; at i = ${i}, j = ${j} it is ${shown(result.phi[place])}.`,
  });
  similarity(trained, result.grids[place], {i, j, onPick});
  const random = panel(picture, "phi-grid random", {
    label: ["The same for two random Gaussian matrices"],
    ...{width: SIZE, height},
    alt: `The same grid for two random matrices: ${extent(result.control)}; at i = ${i}, j = ${j} it is ${shown(result.random)}.`,
  });
  similarity(random, result.control, {i, j, onPick});
}

function levels(picture: Element, result: SubspaceResult, {place, i, j}: SubspaceParams) {
  const {phi, random, chance, stored} = result;
  const rows = [
    ...MATRICES.map((one) => ({
      name: matrixNames[one],
      value: phi[one],
      said: shown(phi[one]),
      isLit: one === place,
      others: stored?.[one],
    })),
    {name: "Two Gaussian matrices", value: random, said: shown(random), isLit: false, isRandom: true},
  ];
  const svg = panel(picture, "levels", {
    label: [`φ(${i}, ${j}) in each matrix`],
    width: SIZE,
    height: chancesHeight(rows.length),
    alt: `${rows.map(({name, said}) => `${name}: ${said}`).join("; ")}. Random spaces: ${chanceText(result)}.`,
  });
  const reach = DEVIATIONS * chance.deviation;
  chances(svg, rows, {width: SIZE, mean: chance.mean, band: [chance.mean - reach, chance.mean + reach]});
}

export default heavy<typeof controls, SubspaceResult>({
  title: "Do two runs learn the same directions?",
  guide:
    "Two adapters are trained here, each from its own random A on its own examples. A cell compares the first i right-singular vectors of one A with the first j of the other (equation 4 of the paper); point at one, or set i and j. φ grows with i and j by itself, so read it against the random pair. More than chance: two deviations above the mean of random spaces.",
  sources: ["Hu et al. 2021, §7.2, eq. 4, Figures 3 and 4"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "trained", grows: true, runs, see},
  controls,
  bounds,
  draw(picture, result, params, act) {
    grids(picture, result, params, act);
    shades(picture, "φ: 0 where no direction is shared, 1 where the smaller space lies in the larger");
    levels(picture, result, params);
    const side = layer(picture, "div", "beside");
    key(side, [
      {name: "value", kind: "dot", text: "trained here"},
      {name: "value random", kind: "dot", text: "random"},
      {
        name: "other",
        kind: "tick",
        text: `a stored seed, step ${STEPS}${result.stored ? "" : ` (for i = j of ${DIAGONAL.join(", ")} only)`}`,
      },
      {name: "chance", kind: "area", text: "random spaces, two deviations about their mean"},
    ]);
    layer(side, "p", "paper", paperSays[params.twins]);
  },
  summary: sentence,
  readouts(result, {place, i, j}) {
    const stored = result.stored?.[place];
    return [
      {label: [`φ(${i}, ${j})`], value: shown(result.phi[place]), note: matrixNames[place]},
      {
        label: ["Random spaces"],
        value: chanceText(result),
        note: `mean max(i, j)/k = ${Math.max(i, j)}/${WIDTH}, and deviation`,
      },
      {label: ["Gaussian pair"], value: shown(result.random), note: "of this seed"},
      {
        label: ["Stored seeds"],
        value: stored ? reach(stored) : "none",
        note: stored
          ? `median ${shown(medianRange(stored).median)} of ${stored.length}`
          : `for i = j of ${DIAGONAL.join(", ")} only`,
      },
      {label: ["More than chance"], value: `${moreIn(result).length} of ${MATRICES.length}`, note: "matrices"},
    ];
  },
  table({grids, control, phi, step}, {place, twins, skill, i, j}) {
    const cols = Array.from({length: control.cols}, (_, n) => n + 1);
    const lines = (name: string, grid: SubspaceResult["control"]) =>
      Array.from({length: grid.rows}, (_, n) => [
        `${name}, i = ${n + 1}`,
        ...cols.map((col) => shown(phiAt(grid, n + 1, col))),
      ]);
    return {
      caption: `φ(i, j) after ${step} steps on “${SKILLS[skill]}”, ${compared(twins)}: ${matrixSaid(place)}, two random matrices, then φ(${i}, ${j}) in each matrix`,
      columns: ["Of", ...cols.map((col) => `j = ${col}`)],
      rows: [
        ...lines("trained", grids[place]),
        ...lines("random", control),
        ...MATRICES.map((one) => [matrixNames[one], shown(phi[one]), ...cols.slice(1).map(() => "")]),
      ],
    };
  },
  provenance: ({draw}) => ({kind: "live", text: `seed ${draw}`}),
  challenge: {
    text: `find a matrix whose top directions agree no more than chance, φ(1, 1), while the first ${GROUP} of each share more than chance: set i and j to ${GROUP}.`,
    met({grids, phi, chance, step}, {place, i, j}) {
      const one = {mean: 1 / WIDTH, deviation: Math.SQRT2 / WIDTH};
      return (
        step > 0 && i === GROUP && j === GROUP && isMore(phi[place], chance) && !isMore(phiAt(grids[place], 1, 1), one)
      );
    },
  },
});
