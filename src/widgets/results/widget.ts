import {count} from "../../figures/text/format.ts";
import {widget} from "../../shell/widget.ts";
import {bounds, compute, controls, type ResultsParams} from "./model.ts";
import {legend, places, ranks} from "./panels.ts";
import {brief, gapText, nameOf, scoreText, sentence, spreadText, taskOf, trainedText, verdicts} from "./sentences.ts";

/** Panels of another table's composition. */
const clear = (picture: Element, selector: string) => {
  for (const panel of picture.querySelectorAll(selector)) panel.remove();
};

export default widget({
  title: "Which differences exceed the spread?",
  guide:
    "Each mark is a printed result, each whisker its ±. The band is the whisker of the row you compare with: press a row to compare with that one. Where two whiskers overlap or touch, it is a tie.",
  sources: ["Hu et al. 2021, Tables 2, 3, 4, 15, 16 and 18"],
  controls,
  bounds,
  compute,
  main: ["from", "gpt3"],
  draw(picture, result, params, act, room) {
    const isCurve = params.from === "15" || result.axis !== "trained";
    const isLarge = room.size !== "full" && (isCurve || room.size === "dock");
    clear(picture, isLarge ? ".scatter:not(.large)" : ".scatter.large");
    // Over examples the plot shows all tasks, and the rows the one that is asked for. Other rows would not fit beside it.
    const isAlone = isLarge && (params.from === "15" || result.axis === "rank" || room.size !== "card");
    if (isAlone) clear(picture, ".ranking");
    else ranks(picture, result, params, act, room);
    if (isAlone || room.size !== "slide") places(picture, result, act, room, isLarge);
    if (room.size === "card" || room.size === "full") legend(picture, result, room, isAlone);
  },
  says: brief,
  summary: sentence,
  predictions: ({guess, enough}) =>
    guess === undefined || enough?.trained === undefined
      ? []
      : [{item: "count", prediction: guess, actual: enough.trained, error: guess - enough.trained}],
  readouts(result) {
    const {reference, rows, counts, enough, guess} = result;
    const of = `of ${rows.length - 1}`;
    return [
      {label: ["Compared with"], value: scoreText(reference, result), note: nameOf(reference)},
      {label: ["Within the spread"], value: String(counts.within), note: of},
      {label: ["Better beyond it"], value: String(counts.better), note: of},
      {label: ["Worse beyond it"], value: String(counts.worse), note: of},
      {label: ["No ± to judge by"], value: String(counts.unknown), note: of},
      ...(enough
        ? [{label: ["Fewest not worse"], value: trainedText(enough.trained!), note: `trained, ${enough.method}`}]
        : []),
      ...(guess === undefined ? [] : [{label: ["Your guess"], value: count(guess), note: "trained"}]),
    ];
  },
  table(result) {
    const {from, model = "", rows, reference} = result;
    return {
      caption: `Table ${from}, ${taskOf(result)}; differences from ${nameOf(reference)}`,
      columns: ["Row", "Model", "Method", "Setting", "Trained", "Score", "±", "Difference", "Verdict"],
      rows: rows.map((row) => [
        row.n,
        model,
        row.method,
        row.setting,
        row.trained === undefined ? "" : trainedText(row.trained),
        scoreText({...row, spread: undefined}, result),
        row.spread === undefined ? "not printed" : spreadText(row.spread),
        row.verdict === "itself" ? "" : gapText(row, result),
        verdicts[row.verdict],
      ]),
    };
  },
  provenance: ({from}: ResultsParams) => ({kind: "paper", text: `Table ${from}`}),
  challenge: {
    text: "find a task of Table 2 on which LoRA is worse than full fine-tuning beyond the spread.",
    met: ({from, rows, reference}) =>
      from === "2" &&
      reference.kind === "full" &&
      rows.some(({method, verdict}) => method === "LoRA" && verdict === "worse"),
  },
});
