import {card} from "../../figure/widget.ts";
import {liveMark, liveTools} from "../shared/liveSentences.ts";
import {controls} from "./controls.ts";
import {drawBudget} from "./panels.ts";
import {type BudgetResult, LEARNED_TASKS} from "./result.ts";
import {chosenRow, learnedBy, says} from "./sentences.ts";

/** How many seeds have to learn each task to meet the challenge. */
const ENOUGH = 8;

export default card<typeof controls, BudgetResult>({
  title: "Which matrices are worth the parameters?",
  guide:
    "Press a row, or press matrices one by one; the budget then sets the rank. The upper plots are the paper’s scores for GPT-3, the lower ones our tiny model’s stored runs with a dot for each seed; “Run it live” trains them again here.",
  sources: ["Hu et al. 2021, §7.1, §7.2, Tables 5 and 6"],
  player: () => import("../../figure/runs/playback.ts"),
  tools: liveTools,
  controls,
  main: ["by", "order"],
  draw: (picture, result, params, act, room) => drawBudget({picture, result, params, act, room}),
  says,
  full: () => import("./full.ts"),
  provenance: (_, {live}) => (live ? liveMark(live) : {kind: "paper", text: `Tables 5 and 6; stored runs`}),
  progress: ({live}) => live && [live.done, live.due, "runs"],
  challenge: {
    text: `find two matrices with which at least ${ENOUGH} seeds in ten learn each of the tiny model’s tasks. Did the paper test them?`,
    met: (result, {by, on}) => {
      const row = chosenRow(result);
      return by === "budget" && on.length === 2 && LEARNED_TASKS.every((learned) => learnedBy(row!, learned) >= ENOUGH);
    },
  },
});
