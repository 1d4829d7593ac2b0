import {counted, whole} from "../../figures/text/format.ts";
import {isList} from "../shared/taskNames.ts";
import type {LabParams} from "./controls.ts";
import {bitsOf, matrixNames, scored, taskName} from "./format.ts";
import {problemOf} from "./problem.ts";
import type {LabResult} from "./readings.ts";
import {comparison} from "./runDescription.ts";

function methodText({method, on, r, width, vectors}: LabParams): string {
  if (method === "full") return "of full fine-tuning";
  if (method === "bottleneck") return `with adapter layers of width ${width}`;
  return method === "prefix"
    ? `with ${counted(Number(vectors), "prefix vector")} a layer`
    : `with ${matrixNames(on)} adapted at rank ${r}`;
}

/** The score of the bare base; empty if the sentence has already said it. */
function baseScore({now, setup: {off, bare}}: LabResult, {task, base}: LabParams): string {
  if (bare)
    return `; the base was at ${scored(task, off.score)} in ${bitsOf(base)} and at ${scored(task, bare.score)} in ${bitsOf("full")}`;
  return now.step === 0 && now.score === off.score ? "" : `; the base was at ${scored(task, off.score)}`;
}

function scoreSentence(result: LabResult, params: LabParams): string {
  const {now, setup} = result;
  const {task} = params;
  const when = now.step === 0 ? "Before the first step" : `After ${counted(now.step, "step")} ${methodText(params)}`;
  const is = scored(task, now.score);
  const was = baseScore(result, params);
  return isList(task)
    ? `${when}, the word forge is at ${is} nats a letter on ${whole(setup.fresh)} held-out words (${taskName(task)})${was}`
    : `${when}, the digit machine answers ${is} of ${whole(setup.fresh)} fresh inputs without a mistake (${taskName(task)})${was}`;
}

/** What became of the old skill, with the adapter on and off. */
function oldSkill({now, setup}: LabResult, {task, method}: LabParams): string {
  const [is, was] = [scored(task, now.skill), scored(task, setup.off.skill)];
  const what = method === "prefix" ? "the prefix" : "the adapter";
  const base = setup.bare ? "the rounded base" : "the base";
  const off =
    method === "full"
      ? "the old weights are overwritten, and nothing can be switched off"
      : isList(task)
        ? `with ${what} off it is ${base} again, to the bit`
        : `with ${what} off it is at ${was} again`;
  const {bare} = setup;
  const old = isList(task) ? "On words that the base wrote itself" : "On its old operations";
  const moved = bare
    ? `rounding took it from ${scored(task, bare.skill)} to ${was} and training to ${is}`
    : `it went from ${was} to ${is}`;
  return `${old} ${moved}; ${off}.`;
}

/** The state before the first step. */
function beginning({setup}: LabResult, {method, start}: LabParams): string {
  const base = setup.bare ? "the rounded base" : "the base";
  if (method === "full") return "Nothing is trained yet.";
  if (method === "bottleneck") return `The way back up in each adapter layer starts at 0, so ${base} works as before.`;
  if (method === "prefix") return "The prefix takes its share of the attention before it has learned anything.";
  return setup.bare && start === "loftq"
    ? "LoftQ starts ΔW at what is nearest to the rounding’s error at this rank."
    : `B starts at 0, so ΔW is 0 and ${base} works as before.`;
}

export function sentence(result: LabResult, params: LabParams): string {
  const meaning = result.isGuessDue
    ? `What ${params.step ? counted(params.step, "step") : "training"} will make of it is shown once you have guessed.`
    : comparison(result, params) ||
      (problemOf(result, params)?.why ?? (result.now.step > 0 ? oldSkill(result, params) : beginning(result, params)));
  return `${scoreSentence(result, params)}. ${meaning}`;
}

/** The same for the card: how good it is now, and how good it was. */
export function says(result: LabResult, {task, step}: LabParams): string {
  const {now, setup, isGuessDue} = result;
  if (isGuessDue) return `The result of ${step ? counted(step, "step") : "training"} appears once you have guessed.`;
  const [is, was] = [scored(task, now.score), scored(task, setup.off.score)];
  const when = now.step === 0 ? "Before the first step" : `After ${counted(now.step, "step")}`;
  return isList(task)
    ? `${when}, the forge’s loss on ${taskName(task)} it has never seen is ${is} nats a letter; the base’s was ${was}.`
    : `${when}, the digit machine gets ${is} of fresh inputs exactly right (${taskName(task)}); the base got ${was}.`;
}
