/** What only the whole figure says. */
import {count, fixed} from "../../figure/plot/text/format.ts";
import type {ResultEntry} from "./entries.ts";
import type {ResultsParams, ResultsResult} from "./model.ts";
import {resultName, scoreText, taskOf, trainedText} from "./sentences.ts";

/** The difference with its sign: "+0.2", "−0.4", "0.0". */
export function differenceText({score}: ResultEntry, {reference, measure: {decimals}}: ResultsResult): string {
  const text = fixed(Number((score - reference.score).toFixed(decimals)), decimals);
  return /[1-9]/.test(text) && !text.startsWith("−") ? `+${text}` : text;
}

/** The sentence of the whole figure. */
export function summary(result: ResultsResult): string {
  const {from: table, reference, rows, counts, fewestNotWorse, guess} = result;
  const {within, better, worse, unknown} = counts;
  const found = [
    `${within} ${within === 1 ? "ties" : "tie"} with it`,
    `${better} ${better === 1 ? "is" : "are"} clearly better`,
    `${worse} ${worse === 1 ? "is" : "are"} clearly worse`,
    ...(unknown ? [`${unknown} ${unknown === 1 ? "gets" : "get"} no verdict (no ±)`] : []),
  ].join(", ");
  const fewest = fewestNotWorse
    ? `; of those with a verdict, the fewest trained parameters that are not clearly worse are ${trainedText(fewestNotWorse.trained!)}, ${fewestNotWorse.method}`
    : "";
  const yours = guess === undefined ? "" : ` (you guessed ${count(guess)})`;
  return `Table ${table}, ${taskOf(result)}: ${resultName(reference)} has ${scoreText(reference, result)}. Of ${rows.length - 1} others, ${found}${fewest}${yours}.`;
}

const COPIED =
  "A * marks numbers quoted from earlier publications, most without a ±; a † the restricted set-up of earlier work.";

/** Where the ± of each table comes from, and how its numbers were chosen. */
export const spreadSources: Readonly<Record<ResultsParams["from"], string>> = {
  "2": `${COPIED} LoRA's values are medians of five seeds at their best epoch. No average has a ±.`,
  "3": `${COPIED} The authors' own values are means of three seeds at their best epoch.`,
  "4": "The ± is typical for the task, not measured row by row. Each value is the best validation result of its run.",
  "15": "Table 15 prints no ±; Table 4's is drawn, of the same model and task. Lines pass through the best run of each budget.",
  "16": "The ± is the one the text gives for this study. Adapter layers and BitFit were not in it.",
  "18": "No ± is printed, nor the number of runs: so no difference gets a verdict. Some settings were tuned at r = 4.",
};
