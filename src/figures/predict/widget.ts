import {count} from "../../figure/plot/text/format.ts";
import {card} from "../../figure/widget.ts";
import {compute, controls, everything} from "./model.ts";
import {drawCard} from "./panels.ts";
import {says} from "./sentences.ts";

export default card({
  title: "What would you train, and how much?",
  guide: `GPT-3 has ${count(everything.count)} parameters, and fine-tuning them all with Adam took ${everything.memory.value} ${everything.memory.unit} of GPU memory. Choose what you would train instead, then guess how many parameters match full fine-tuning on WikiSQL (questions become database queries) and how much latency new small layers add to one input (batch 1).`,
  sources: ["Hu et al. 2021, §4.2, Tables 1 and 4", "Brown et al. 2020, Table 2.1"],
  controls,
  locked: ({committed}) => (committed === "" ? [] : ["strategy", "count", "latency"]),
  compute,
  asks: (isWanted, {committed}, isFresh): {committed?: string} =>
    isFresh && !isWanted && committed === "" ? {committed: "skipped"} : {},
  // Not scored: two later chapters show the paper's results next to them.
  predictions: ({guess, slowdown}, {strategy, committed}) =>
    Object.entries({strategy, count: guess?.count, latency: slowdown}).flatMap(([item, prediction]) =>
      committed === "yes" && prediction !== undefined ? {item, prediction, actual: null, error: null} : [],
    ),
  main: ["count", "latency"],
  draw: (picture, result, params, act, room) => drawCard({picture, result, params, act, room}),
  says,
  full: () => import("./full.ts"),
  provenance: () => ({kind: "paper", text: "Tables 1 and 4; the rest counted"}),
  challenge: {
    text: "commit to a guess before you read on. It is never scored, and you can change it.",
    met: (_, {committed}) => committed === "yes",
  },
});
