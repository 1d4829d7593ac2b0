import type {Matrix} from "../../engine/linalg/matrix.ts";
import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import {extentText} from "../../figure/plot/matrices/extent.ts";
import type {Room} from "../../figure/plot/room.ts";
import {key} from "../../figure/plot/text/key.ts";
import {symbol} from "../../figure/symbols.ts";
import {type Act, heavy} from "../../figure/widget.ts";
import {medianRange} from "../shared/medianRange.ts";
import {
  ADAPTED_MATRICES,
  adaptedMatrixNames,
  DIAGONAL,
  matrixSaid,
  SKILLS,
  TWIN_RANKS,
  TWIN_STEPS,
  WIDTH,
} from "../shared/twins.ts";
import {bounds, controls, runs, type SubspaceParams} from "./controls.ts";
import {againstChance, chancesHeight} from "./drawing/chances.ts";
import {shadows} from "./drawing/shadows.ts";
import {shades, similarity, similarityHeight} from "./drawing/similarity.ts";
import {aboveChance, DEVIATIONS, isMoreThanChance, phiAt, type SubspaceResult, see, shadowsOf} from "./readings.ts";
import {chanceText, moreIn, paperSays, phiRange, phiText, says, summary} from "./sentences.ts";

/** The challenge compares this many directions with single ones. */
const GROUP = TWIN_RANKS.low;

/** "rank 4 with rank 16". */
const compared = (twins: SubspaceParams["twins"]): string =>
  twins === "ranks" ? `rank ${TWIN_RANKS.low} with rank ${TWIN_RANKS.high}` : `two seeds at rank ${TWIN_RANKS.high}`;

interface Drawing {
  /** The part of the picture for this comparison: two ranks make a flat grid, two seeds a square one. */
  box: Element;
  result: SubspaceResult;
  params: SubspaceParams;
  act: Act;
  room: Room;
}

/** φ(i, j) of the two A or, with `isRandom`, of two random matrices. */
function grid({box, result, params, act, room}: Drawing, isRandom = false) {
  const {place, i, j, twins} = params;
  const {grid} = isRandom ? result.control : result.places[place];
  const value = isRandom ? result.random : result.phi[place];
  const {g, width} = chart(box, `phi-grid ${isRandom ? "random" : "trained"}`, room, {
    label: isRandom ? ["Two random matrices"] : ["φ(i, j) of the two ", symbol.A, ` of ${matrixSaid(place)}`],
    nominal: isRandom ? 250 : twins === "ranks" ? 560 : 380,
    height: (width) => similarityHeight(grid, width),
    isStraight: true,
    alt: `${isRandom ? "The same for two random matrices" : "A grid of φ, row i and column j"}: ${extentText(grid)}; at i = ${i}, j = ${j} it is ${phiText(value)}.`,
  });
  const [one, other] =
    twins === "ranks" ? [` at rank ${TWIN_RANKS.low}`, ` at rank ${TWIN_RANKS.high}`] : ["", " of the other"];
  similarity(g, aboveChance(grid), {
    ...{width, i, j, said: isRandom ? "" : phiText(value)},
    names: isRandom ? ["i", "j"] : [`first i${one}`, `first j${other}`],
    onPick: (row, column) => act.set({i: row, j: column}),
  });
}

/** On a slide two ranks leave it a low row; below it is nothing. */
const shadowsHeight = ({size}: Room, twins: SubspaceParams["twins"], width: number): number =>
  size === "slide" ? (twins === "ranks" ? 0.06 * width : 0.55 * width) : twins === "ranks" ? 96 + width * 0.16 : 128;

/** The directions that the chosen cell compares, each over its shadow in the other run's space. */
function overlap({box, result, params, room}: Drawing) {
  const {place, i, j, twins} = params;
  const list = shadowsOf(result.places[place], i, j);
  const {g, width, height} = chart(box, "overlap", room, {
    label: [list.length === 1 ? "The direction" : "Each direction", ", and below it what the other run has of it"],
    nominal: twins === "ranks" ? 380 : 250,
    height: (width) => shadowsHeight(room, twins, width),
    isStraight: true,
    alt: `${list.map(({n, share}) => `Of direction ${n} the other run’s first ${Math.max(i, j)} have ${phiText(share)}`).join("; ")}.`,
  });
  shadows(g, list, {width, height});
}

function levels({box, result, params, room}: Drawing) {
  const {place, i, j} = params;
  const {phi, random, chance, stored} = result;
  const rows = [
    ...ADAPTED_MATRICES.map((one) => ({
      name: adaptedMatrixNames[one],
      value: phi[one],
      said: phiText(phi[one]),
      isLit: one === place,
      others: room.size === "full" ? stored?.[one] : undefined,
    })),
    {
      name: "Two Gaussian matrices",
      value: random,
      said: phiText(random),
      isLit: false,
      isRandom: true,
    },
  ];
  const {g, width} = chart(box, "levels", room, {
    label: [`φ(${i}, ${j}) in each matrix${room.size === "full" ? "" : "; gray: chance"}`],
    nominal: 380,
    height: chancesHeight(rows.length),
    alt: `${rows.map(({name, said}) => `${name}: ${said}`).join("; ")}. Random spaces: ${chanceText(result)}.`,
  });
  const reach = DEVIATIONS * chance.deviation;
  againstChance(g, rows, {
    width,
    mean: chance.mean,
    band: [chance.mean - reach, chance.mean + reach],
  });
}

/** What only the whole figure shows below its grids. */
function more(drawing: Drawing) {
  const {box, result, params} = drawing;
  levels(drawing);
  const side = layer(box, "div", "beside");
  key(side, [
    {name: "value", kind: "dot", text: "trained here"},
    {name: "value random", kind: "dot", text: "random"},
    {
      name: "other",
      kind: "tick",
      text: `a stored seed, step ${TWIN_STEPS}${result.stored ? "" : ` (for i = j of ${DIAGONAL.join(", ")} only)`}`,
    },
    {
      name: "chance",
      kind: "area",
      text: "random spaces, two deviations about their mean",
    },
  ]);
  layer(side, "p", "paper", paperSays[params.twins]);
}

export default heavy<typeof controls, SubspaceResult>({
  title: "Do two runs learn the same directions?",
  guide:
    "Two adapters are trained here, each from its own random A on its own examples; press a cell to compare the first i right-singular vectors of one A with the first j of the other (equation 4 of the paper). φ grows with i and j by itself, so more than chance means two deviations above the mean of random spaces.",
  sources: ["Hu et al. 2021, §7.2, eq. 4, Figures 3 and 4"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "trained", grows: true, runs, see},
  controls,
  bounds,
  main: ["place"],
  draw(picture, result, params, act, room) {
    const name = `compared ${params.twins}`;
    // The other comparison's part: its panels have other widths.
    for (const old of picture.querySelectorAll(`.compared:not(.${params.twins})`)) old.remove();
    const drawing = {
      box: layer(picture, "div", name),
      result,
      params,
      act,
      room,
    };
    grid(drawing);
    const isDock = room.size === "dock";
    const isFull = room.size === "full";
    // A square grid leaves no room for another.
    if (isFull || (room.size !== "slide" && isDock !== (params.twins === "ranks"))) grid(drawing, true);
    if (isDock) return;
    if (isFull || room.size === "slide") overlap(drawing);
    if (room.size === "slide") return;
    shades(drawing.box, "φ above chance");
    if (isFull) more(drawing);
    else levels(drawing);
  },
  says,
  summary,
  readouts(result, {place, i, j}) {
    const stored = result.stored?.[place];
    return [
      {
        label: [`φ(${i}, ${j})`],
        value: phiText(result.phi[place]),
        note: adaptedMatrixNames[place],
      },
      {
        label: ["Random spaces"],
        value: chanceText(result),
        note: `mean max(i, j)/k = ${Math.max(i, j)}/${WIDTH}, and deviation`,
      },
      {
        label: ["Two Gaussian matrices"],
        value: phiText(result.random),
        note: "drawn with this seed",
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
        value: `${moreIn(result).length} of ${ADAPTED_MATRICES.length}`,
        note: "matrices",
      },
    ];
  },
  table({places, control, phi, step}, {place, twins, skill, i, j}) {
    const cols = Array.from({length: control.grid.cols}, (_, n) => n + 1);
    const lines = (name: string, grid: Matrix) =>
      Array.from({length: grid.rows}, (_, n) => [
        `${name}, i = ${n + 1}`,
        ...cols.map((col) => phiText(phiAt(grid, n + 1, col))),
      ]);
    return {
      caption: `φ(i, j) after ${step} steps on “${SKILLS[skill]}”, ${compared(twins)}: ${matrixSaid(place)}, two random matrices, then φ(${i}, ${j}) in each matrix`,
      columns: ["Of", ...cols.map((col) => `j = ${col}`)],
      rows: [
        ...lines("trained", places[place].grid),
        ...lines("random", control.grid),
        ...ADAPTED_MATRICES.map((one) => [adaptedMatrixNames[one], phiText(phi[one]), ...cols.slice(1).map(() => "")]),
      ],
    };
  },
  provenance: ({draw}) => ({kind: "live", text: `seed ${draw}`}),
  challenge: {
    text: `find a matrix whose top directions agree no more than by chance, φ(1, 1), while the first ${GROUP} of each share more than by chance: set i and j to ${GROUP}.`,
    met({places, phi, chance, step}, {place, i, j}) {
      const one = {mean: 1 / WIDTH, deviation: Math.SQRT2 / WIDTH};
      return (
        step > 0 &&
        i === GROUP &&
        j === GROUP &&
        isMoreThanChance(phi[place], chance) &&
        !isMoreThanChance(phiAt(places[place].grid, 1, 1), one)
      );
    },
  },
});
