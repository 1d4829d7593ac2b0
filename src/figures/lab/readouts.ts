/** The numbers under the picture. */

import {bytesText, percent, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Readout} from "../../figure/widget.ts";
import type {LabParams} from "./controls.ts";
import {bitsOf, deltaNormText, isUnscored, scoreText} from "./format.ts";
import {type LabResult, shownScores} from "./readings.ts";
import {isOfWords} from "./settings.ts";

const storedNames: Readonly<Record<LabParams["method"], string>> = {
  lora: "Adapter, float32",
  bottleneck: "Adapter layers, float32",
  prefix: "Prefix, float32",
  full: "All weights, float32",
};

export function readouts(result: LabResult, params: LabParams): readonly Readout[] {
  const {now, setup} = result;
  // Words of the reader's own are still to come, and nothing is measured yet.
  if (isUnscored(setup)) return [];
  const {task, method} = params;
  const {score, skill} = shownScores(result, params);
  const {off, bare} = setup;
  const isWords = isOfWords(task);
  const sizes = now.deltas.filter((size) => size > 0);
  const isChange = method === "lora" || method === "full";
  const whole32 = bare ? `, in ${bitsOf("full")} ${scoreText(task, bare.score)}` : "";
  return [
    {
      label: [isWords ? `Letters in doubt, ${setup.isLearned ? "its list" : "held out"}` : "Exact answers"],
      value: scoreText(task, score),
      note: `base ${scoreText(task, off.score)}${whole32}`,
    },
    {
      label: ["Trained parameters"],
      value: whole(setup.trained),
      note: `${percent(setup.trained / setup.all)} of all`,
    },
    {label: [storedNames[method]], value: bytesText(4 * setup.trained)},
    {
      label: ["Size of ", symbol.dW, ", all matrices"],
      value: isChange ? deltaNormText(Math.hypot(...now.deltas)) : "–",
      note: isChange ? `in ${sizes.length} of ${now.deltas.length} matrices` : "no weight changes",
    },
    {
      label: [isWords ? "Letters in doubt, the base’s own words" : "Old operations"],
      value: scoreText(task, skill),
      note: `${method === "full" ? "before" : `${method === "prefix" ? "prefix" : "adapter"} off`} ${scoreText(task, off.skill)}`,
    },
  ];
}
