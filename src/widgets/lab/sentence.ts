import {counted, whole} from "../../figures/format.ts";
import {isList} from "../lessonNames.ts";
import {comparison} from "./comparison.ts";
import {problemOf} from "./problem.ts";
import type {LabResult} from "./see.ts";
import type {LabParams} from "./settings.ts";
import {matrixNames, scored, taskName} from "./wording.ts";

/** What is trained, in a few words. */
const how = ({method, on, r}: LabParams): string =>
  method === "full" ? "of full fine-tuning" : `with ${matrixNames(on)} adapted at rank ${r}`;

function what({now, looks, ground}: LabResult, params: LabParams): string {
  const {task} = params;
  const when = now.step === 0 ? "Before the first step" : `After ${counted(now.step, "step")} ${how(params)}`;
  const [is, was] = [scored(task, now.score), scored(task, looks[0].score)];
  const before = now.step === 0 ? "" : `; the base was at ${was}`;
  return isList(task)
    ? `${when}, the word forge is at ${is} nats a letter on ${whole(ground.fresh)} held-out words (${taskName(task)})${before}`
    : `${when}, the digit machine answers ${is} of ${whole(ground.fresh)} fresh inputs without a mistake (${taskName(task)})${before}`;
}

/** What became of what the base could do, with the adapter on and off. */
function kept({now, looks}: LabResult, {task, method}: LabParams): string {
  const [is, was] = [scored(task, now.skill), scored(task, looks[0].skill)];
  const off =
    method === "full"
      ? "the old weights are overwritten, and nothing can be switched off"
      : isList(task)
        ? "with the adapter off it is the base again, to the bit"
        : `with the adapter off they are at ${was} again`;
  return isList(task)
    ? `On words that the base wrote itself it went from ${was} to ${is}; ${off}.`
    : `Its old operations went from ${was} to ${is}; ${off}.`;
}

/** What is set, what came out, and what it means or what is wrong. */
export function sentence(result: LabResult, params: LabParams): string {
  const meaning =
    (result.asked ? "What training makes of it is shown once you have guessed." : "") ||
    comparison(result, params) ||
    (problemOf(result, params)?.why ??
      (result.now.step > 0
        ? kept(result, params)
        : params.method === "full"
          ? "Nothing is trained yet."
          : "B starts at 0, so ΔW is 0 and the base works as before."));
  return `${what(result, params)}. ${meaning}`;
}
