import {isNarrow} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import {dotPlot, dotPlotHeight} from "../../figure/plot/charts/dotPlot.ts";
import {
  type DotPlotOptions,
  dotPlotLayout,
  LINE,
  NAME_LINE,
  type PlotRow,
  type Point,
  pitchOnSlide,
} from "../../figure/plot/charts/dotPlotLayout.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {fixed, lettersInDoubt} from "../../figure/plot/text/format.ts";
import {key} from "../../figure/plot/text/key.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";
import {card} from "../../figure/widget.ts";
import {liveMark, liveTools} from "../shared/liveSentences.ts";
import {LEARNED_SHARE} from "../shared/taskNames.ts";
import {controls, SWEEP_COMMAND, type SweepParams} from "./controls.ts";
import type {SweepResult, SweepRow} from "./model.ts";
import {says} from "./sentences.ts";
import type {Table5Scores} from "./stored.ts";

/** From label to label is a whole letter, or two, where halves would need as many steps as this. */
const MANY = 6;

/** Where a result is on the scale: a share, or letters in doubt. */
const placed = (result: number, isWords: boolean): number => (isWords ? lettersInDoubt(result) : result);

/** Shares go from 0 to 1; letters in doubt from one round number to another. */
function scaleOf({isWords, extent: [least, most]}: SweepResult) {
  if (!isWords)
    return {
      ends: [0, 1],
      ticks: [0, 0.5, 1],
      format: (share: number) => `${100 * share}%`,
      goal: LEARNED_SHARE,
    } as const;
  const ends = (step: number) =>
    [Math.floor(lettersInDoubt(least) / step), Math.ceil(lettersInDoubt(most) / step)] as const;
  const step = [0.5, 1].find((step) => ends(step)[1] - ends(step)[0] < MANY) ?? 2;
  const [low, high] = ends(step);
  const ticks = Array.from({length: high - low + 1}, (_, i) => step * (low + i));
  const format = (letters: number) => fixed(letters, step < 1 ? 1 : 0);
  return {ends: [ticks[0]!, ticks.at(-1)!] as const, ticks, format, goal: undefined} as const;
}

function resultRange({there, results}: SweepRow, isWords: boolean, {vary}: SweepParams): string {
  if (results.length === 0) return "";
  if (!isWords) return `${there} of ${results.length}`;
  // Ranks differ by less than matrices do.
  const said = (nats: number) => fixed(lettersInDoubt(nats), vary === "matrices" ? 1 : 2);
  return `${said(Math.min(...results))}–${said(Math.max(...results))}`;
}

/** What a slide has for the rows, below the word over the goal. */
const SLIDE = 178;

/** What the rows have together, in a card that is wide, and in one on a phone, where each has its words above its dots. */
const [ROWS, ROWS_OF_WIDE, ROWS_OF_NARROW] = [320, 376, 365];
const WIDE = 560;
/** Fewer rows than this are no further apart. */
const FEW = 6;

/** The rows keep their order and their places in all three plots. */
const pitchOf = ({length}: readonly unknown[], room: Room): number => {
  if (room.size === "slide") return pitchOnSlide(length, SLIDE);
  if (room.size === "dock") return 22;
  const inCard = room.width >= WIDE ? ROWS_OF_WIDE : isNarrow(room) ? ROWS_OF_NARROW : ROWS;
  const most = room.size === "card" ? inCard : ROWS;
  return most / Math.max(length, FEW);
};

interface Drawing {
  picture: Element;
  result: SweepResult;
  params: SweepParams;
  room: Room;
}

const seedPoint = (result: number, lane: number, isWords: boolean, also = ""): Point => ({
  name: `${isWords || result >= LEARNED_SHARE ? "there" : "short hollow"}${also}`,
  value: placed(result, isWords),
  lane,
});

/** On a phone without the plus signs of several matrices, so that it stands beside its row. */
function nameOf({name, rank}: SweepRow, {vary}: SweepParams, {size, width}: Room): string {
  const short = vary === "matrices" && width < NARROW ? name.replaceAll(" + ", " ") : name;
  return vary === "matrices" && size === "full" ? `${short}, rank ${rank}` : short;
}

/** The width that a first frame is drawn for. */
const NOMINAL = 400;

/** A dot for each seed, and a line across each row at its mean. */
function runs({picture, result, params, room}: Drawing) {
  const {isWords, rows, seeds, task} = result;
  const drawn = rows.map((row): PlotRow => {
    const {results, mean, before = []} = row;
    // While a run goes on, what was stored stays pale behind it.
    const pale = before.slice(results.length).map((one, i) => seedPoint(one, results.length + i, isWords, " pale"));
    const average = results.length ? [{name: "average", form: "tick" as const, value: placed(mean, isWords)}] : [];
    return {
      name: nameOf(row, params, room),
      said: resultRange(row, isWords, params),
      points: [...pale, ...results.map((one, lane) => seedPoint(one, lane, isWords)), ...average],
    };
  });
  const {goal, ...scale} = scaleOf(result);
  const options: Omit<DotPlotOptions, "width"> = {
    ...{...scale, lanes: seeds},
    // Without a goal its room is kept, so that the text below stands still.
    ...(goal === undefined ? {above: LINE} : {references: [{name: "goal", at: goal, words: "learned"}]}),
  };
  const optionsAt = (width: number, pitch = pitchOf(rows, room)): DotPlotOptions => {
    const {isStacked} = dotPlotLayout(drawn, {width});
    if (isStacked && room.size === "dock") return {...options, width, pitch, left: namesOf(drawn)};
    return {...options, width, pitch: isStacked ? pitch - NAME_LINE : pitch};
  };
  const heightAt = (width: number, pitch?: number) => dotPlotHeight(drawn, optionsAt(width, pitch));
  const frame = (all: number) => heightAt(NOMINAL, all / Math.max(rows.length, FEW));
  const {g, width} = chart(picture, "runs", room, {
    label: [isWords ? "Letters in doubt on held-out names; left is better" : "Fresh inputs with every digit right"],
    nominal: NOMINAL,
    // Stacked or not, the rows are as high together.
    height: heightAt(room.width),
    ...(room.size === "card" && {framed: {column: frame(ROWS), narrow: frame(ROWS_OF_NARROW)}}),
    alt: `${task || "Each task"}, a dot for each of ${seeds} seeds a row. ${drawn.map(({name, said}) => `${name}: ${said || "not run yet"}`).join("; ")}.`,
  });
  dotPlot(g, drawn, optionsAt(width));
}

/** The room of all names beside their rows. */
const namesOf = (rows: readonly PlotRow[]): number => 16 + Math.max(...rows.map(({name}) => textWidth(name)));

/** The paper's scores for the same matrices, in the same rows. Another model and other tasks: only the order can be compared. */
function paper({picture, result, params, room}: Drawing, task: keyof Table5Scores) {
  const {rows, fluctuation} = result;
  const spread = fluctuation[task];
  const areApart = room.width < NARROW;
  const drawn = rows.map((row): PlotRow => {
    const score = row.paper?.[task];
    return {
      name: areApart ? nameOf(row, params, room) : "",
      said: score === undefined ? "–" : fixed(score, 1),
      points: score === undefined ? [] : [{name: "printed", value: score, low: score - spread, high: score + spread}],
    };
  });
  const title = task === "wikisql" ? "WikiSQL" : "MultiNLI";
  const scores = rows.flatMap(({paper}) => (paper ? [paper[task]] : []));
  const ends = [Math.floor(Math.min(...scores) - spread), Math.ceil(Math.max(...scores) + spread)] as const;
  // Level with the rows of the runs, whose goal has its word above them; on a phone each plot names its own rows.
  const options = (width: number): DotPlotOptions => ({
    ...{width, pitch: pitchOf(rows, room), above: LINE, ends, ticks: ends},
    left: areApart ? namesOf(drawn) : 6,
  });
  const {g, width} = chart(picture, `paper ${task}`, room, {
    label: [`GPT-3, paper: ${title}, ± ${spread}`],
    nominal: 200,
    height: (width) => dotPlotHeight(drawn, options(width)),
    isStraight: true,
    alt: `${title} in the paper. ${drawn.map(({said}, i) => `${rows[i]!.name}: ${said}`).join("; ")}.`,
  });
  dotPlot(g, drawn, options(width));
}

/** Narrower than this the plots stand below one another. */
const NARROW = 480;

/** Before the paper's plots in the document, which come and go. */
function marks(picture: Element, {isWords}: SweepResult) {
  key(layer(picture, "div", "reading"), [
    {name: "there", kind: "dot", text: isWords ? "a seed" : "a seed at 90% or more"},
    ...(isWords ? [] : [{name: "short", kind: "dot", text: "a seed below that"} as const]),
    {name: "average", kind: "tick", text: "mean of the row"},
  ]);
}

export default card<typeof controls, SweepResult>({
  title: "Which matrices, how large a rank, what rate?",
  guide:
    "Every dot is one run, and each seed has a line of its own within a row. The stored runs are there at once; “Run it live” makes the same runs again here, seed by seed, while the stored ones turn pale.",
  sources: ["Hu et al. 2021, §7.1 and Table 5"],
  player: () => import("../../figure/runs/playback.ts"),
  tools: liveTools,
  controls,
  main: ["vary"],
  draw(picture, result, params, _, room) {
    const drawing = {picture, result, params, room};
    const isWide = room.size === "full";
    const isBeside = params.vary === "matrices" && isWide;
    runs(drawing);
    if (room.size !== "dock" && room.size !== "slide") marks(picture, result);
    for (const task of ["wikisql", "multinli"] as const)
      if (isBeside) paper(drawing, task);
      else picture.querySelector(`.paper.${task}`)?.remove();
  },
  says,
  full: () => import("./full.ts"),
  provenance: (_, {live, pretrained}) =>
    live
      ? liveMark(live)
      : pretrained === undefined
        ? {kind: "precomputed", text: `stored runs (${SWEEP_COMMAND})`}
        : {kind: "live", text: "pretraining"},
  progress: ({live}) => live && [live.done, live.due, "runs"],
  challenge: {
    text: "find a base on which queries alone learn Reverse, +1 with every seed.",
    met: ({rows, seeds}, {vary, learned}) =>
      vary === "matrices" &&
      learned === "reversePlusOne" &&
      rows.some(({name, there}) => name === "Wq" && there === seeds),
  },
});
