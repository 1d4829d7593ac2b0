import {chart} from "../../figure/plot/chart.ts";
import {dotPlot, dotPlotHeight} from "../../figure/plot/charts/dotPlot.ts";
import {type DotPlotOptions, NARROW, type PlotRow} from "../../figure/plot/charts/dotPlotLayout.ts";
import {derivation} from "../../figure/plot/derivation.ts";
import {layer} from "../../figure/plot/layer.ts";
import {count, percent} from "../../figure/plot/text/format.ts";
import {full} from "../../figure/widget.ts";
import {guessLine} from "./drawing/guessLine.ts";
import {evidenceOf} from "./evidence.ts";
import {guessWords, originOf, paperEvidence, shareText} from "./fullSentences.ts";
import {controls, type PredictParams, type PredictResult} from "./model.ts";
import {commitBar, drawCard, KNOB, landmarksOf, mine, modelBar, type PredictDrawing, sizes} from "./panels.ts";
import {sizeText, strategyName, UNTOLD} from "./sentences.ts";

function delay({picture, result: {slowdown}, params: {latency, committed}, act, room}: PredictDrawing) {
  const rows: PlotRow[] = [
    {name: "No slower", said: "0%", points: [{name: "landmark", value: 0}]},
    {name: "Twice as long", said: "100%", points: [{name: "landmark", value: 100}]},
  ];
  const guessed = slowdown === undefined ? "" : `, ${mine(committed)} ${slowdown}%`;
  const {min, max, step} = controls.latency;
  const options = (width: number): DotPlotOptions => ({
    ...{width, ends: [min, max], ticks: [0, 50, 100, 150, 200], above: KNOB},
    format: (share) => `${share}%`,
  });
  const {g, width} = chart(picture, "delay", room, {
    label: [`Latency that new small layers add at batch 1${guessed}`],
    nominal: 480,
    height: (width) => dotPlotHeight(rows, options(width)),
    bends: [NARROW],
    alt: `A scale of added latency from none to three times as long${guessed}`,
  });
  guessLine(dotPlot(g, rows, options(width)), {
    ends: [min, max],
    steps: (max - min) / step,
    at: committed === "" ? latency : slowdown,
    onMove: committed === "" ? (to) => act.set({latency: to}) : undefined,
  });
}

/** What the paper measured: hidden until the reader has committed or skipped, then closed until opened. */
function ahead(picture: Element, params: PredictParams) {
  const evidence = evidenceOf(params);
  const box = layer(picture, "div", "ahead");
  derivation(box, "Look ahead: what the paper measured", paperEvidence(evidence));
  box.toggleAttribute("hidden", !evidence);
  if (!evidence) box.querySelector("details")!.removeAttribute("open");
}

export default full<typeof controls, PredictResult>({
  draw(picture, result, params, act, room) {
    const drawing = {picture, result, params, act, room};
    if (room.size !== "full") return drawCard(drawing);
    modelBar(drawing);
    sizes(drawing);
    delay(drawing);
    commitBar(picture, params, act);
    ahead(picture, params);
  },
  summary(result, params) {
    if (params.committed === "skipped")
      return "You skipped the guess; the picture shows how many parameters each part of GPT-3 has. Chapter 7 shows what they reach, chapter 1 what new layers cost in latency.";
    const words = guessWords(params, result);
    return params.committed === "yes"
      ? `You have committed: ${words}. Chapter 7 sets the count beside the paper's accuracies, chapter 1 the latency beside its timings; neither scores it.`
      : `Nothing is committed yet: ${words}. Commit to it or skip it, and the picture shows how many parameters each part has.`;
  },
  readouts({guess, slowdown}, {committed, strategy}) {
    if (committed === "skipped") return [{label: ["Your guess"], value: "skipped"}];
    return [
      {label: ["You would train"], value: strategyName(strategy), note: committed ? "committed" : "not committed"},
      {
        label: ["How many are enough"],
        value: guess ? count(guess.count) : "no guess",
        ...(guess && {note: `${percent(guess.share)} of all`}),
      },
      {
        label: ["Added latency"],
        value: slowdown === undefined ? "no guess" : `${slowdown}%`,
        note: "new layers, batch 1",
      },
    ];
  },
  table(result, params) {
    const {strategy, committed} = params;
    const {total, slivers, guess, slowdown} = result;
    const evidence = evidenceOf(params);
    const said = committed ? "committed" : "not committed";
    return {
      caption: "Parameters on the scale, and your guesses",
      columns: ["What", "Parameters", "Share of GPT-3", "From"],
      rows: [
        ...landmarksOf(result).map(({name, size, origin}) => [name, count(size), percent(size / total), origin]),
        ...slivers.map(({strategy: one, size}) => [
          strategyName(one),
          size ? sizeText(size) : UNTOLD,
          size ? shareText(size, total) : UNTOLD,
          evidence ? originOf(evidence.trials[one], one) : "told once you commit or skip",
        ]),
        ...(guess ? [[`Your guess: ${strategyName(strategy)}`, count(guess.count), percent(guess.share), said]] : []),
        ...(slowdown === undefined ? [] : [["Your guess of the added latency", `${slowdown}%`, "", said]]),
      ],
    };
  },
});
