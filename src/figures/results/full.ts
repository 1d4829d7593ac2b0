import {layer} from "../../figure/plot/layer.ts";
import {count} from "../../figure/plot/text/format.ts";
import {full} from "../../figure/widget.ts";
import {differenceText, spreadSources, summary} from "./fullSentences.ts";
import type {controls, ResultsResult} from "./model.ts";
import {resultsPanel} from "./panels.ts";
import {resultName, scoreText, spreadText, taskOf, trainedText, verdictNames} from "./sentences.ts";

export default full<typeof controls, ResultsResult>({
  draw(picture, result, params, act, room) {
    resultsPanel(picture, result, params, act, room);
    if (room.size === "full") layer(layer(picture, "div", "reading"), "p", "reason", spreadSources[params.from]);
  },
  summary,
  readouts(result) {
    const {reference, rows, counts, fewestNotWorse, guess} = result;
    const of = `of ${rows.length - 1}`;
    return [
      {label: ["Compared with"], value: scoreText(reference, result), note: resultName(reference)},
      {label: ["Ties with it"], value: String(counts.within), note: of},
      {label: ["Clearly better"], value: String(counts.better), note: of},
      {label: ["Clearly worse"], value: String(counts.worse), note: of},
      {label: ["No verdict (no ±)"], value: String(counts.unknown), note: of},
      ...(fewestNotWorse
        ? [
            {
              label: ["Fewest not clearly worse"],
              value: trainedText(fewestNotWorse.trained!),
              note: `trained, ${fewestNotWorse.method}; of those with a verdict`,
            },
          ]
        : []),
      ...(guess === undefined ? [] : [{label: ["Your guess"], value: count(guess), note: "trained"}]),
    ];
  },
  table(result) {
    const {from, model = "", rows, reference} = result;
    return {
      caption: `Table ${from}, ${taskOf(result)}; differences from ${resultName(reference)}`,
      columns: ["Row", "Model", "Method", "Setting", "Trained", "Score", "±", "Difference", "Verdict"],
      rows: rows.map((row) => [
        row.n,
        model,
        row.method,
        row.setting,
        row.trained === undefined ? "" : trainedText(row.trained),
        scoreText({...row, spread: undefined}, result),
        row.spread === undefined ? "not printed" : spreadText(row.spread),
        row.verdict === "itself" ? "" : differenceText(row, result),
        verdictNames[row.verdict],
      ]),
    };
  },
});
