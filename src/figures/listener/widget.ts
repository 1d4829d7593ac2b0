import {panels} from "../../figure/plot/chart.ts";
import {card} from "../../figure/widget.ts";
import {bounds, controls} from "./controls.ts";
import {heardPanel, inputsPanel, type ListenerDrawing, outputSum, outputsPanel} from "./panels.ts";
import {type ListenerResult, runs, see} from "./readings.ts";
import {says} from "./sentences.ts";

/** The challenge wants as many read right by hand. */
const BY_HAND = 150;

export default card<typeof controls, ListenerResult>({
  title: "One question, one answer: what can rank 1 do?",
  guide:
    "Drag the tips of a and b, or move them with the arrow keys; point at an input to follow it. We made up points and task to show one mechanism; they say nothing about GPT-3.",
  sources: ["Hu et al. 2021, §4.1"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "step", pace: 8, runs, see},
  controls,
  bounds,
  main: ["view", "update"],
  draw(picture, result, params, act, room) {
    const drawing: ListenerDrawing = {picture, result, params, act, room};
    const isShort = room.size === "dock" || room.size === "slide";
    panels(picture, ["inputs", ...(isShort ? [] : ["hearing"]), "pushed"]);
    inputsPanel(drawing);
    if (!isShort) heardPanel(drawing);
    outputsPanel(drawing);
    if (!isShort) outputSum(drawing);
  },
  says,
  full: () => import("./full.ts"),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: `open the task and leave the step at 0. Drag a and b yourself until ${BY_HAND} points or more are read right.`,
    met: ({right}, {view, update, step}) => view === "task" && update === "on" && step === 0 && right >= BY_HAND,
  },
});
