import {bytes, percent, whole} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import type {Readout} from "../../shell/widget.ts";
import type {LabParams} from "./controls.ts";
import {bitsOf, scored, size} from "./format.ts";
import {norm} from "./matrices.ts";
import type {LabResult} from "./readings.ts";
import {isOfWords} from "./tasks.ts";

const stored: Readonly<Record<LabParams["method"], string>> = {
  lora: "Adapter, float32",
  bottleneck: "Adapter layers, float32",
  prefix: "Prefix, float32",
  full: "All weights, float32",
};

export function readouts({now, setup}: LabResult, {task, method}: LabParams): readonly Readout[] {
  const {off, bare} = setup;
  const isWords = isOfWords(task);
  const sizes = now.deltas.filter((size) => size > 0);
  const isChange = method === "lora" || method === "full";
  const whole32 = bare ? `, in ${bitsOf("full")} ${scored(task, bare.score)}` : "";
  return [
    {
      label: [!isWords ? "Exact answers" : setup.isLearned ? "Nats a letter, its list" : "Nats a letter, held out"],
      value: scored(task, now.score),
      note: `base ${scored(task, off.score)}${whole32}`,
    },
    {
      label: ["Trained parameters"],
      value: whole(setup.trained),
      note: `${percent(setup.trained / setup.all)} of all`,
    },
    {label: [stored[method]], value: bytes(4 * setup.trained)},
    {
      label: ["Size of ", sign.dW, ", all matrices"],
      value: isChange ? size(norm(now.deltas)) : "–",
      note: isChange ? `in ${sizes.length} of ${now.deltas.length} matrices` : "no weight changes",
    },
    {
      label: [isWords ? "On the base’s own words" : "Old operations"],
      value: scored(task, now.skill),
      note: `${method === "full" ? "before" : `${method === "prefix" ? "prefix" : "adapter"} off`} ${scored(task, off.skill)}`,
    },
  ];
}
