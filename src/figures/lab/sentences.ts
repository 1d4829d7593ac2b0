/** What the lab says in its card, under its picture, and beside its button. */

import {counted, tiny, whole} from "../../figure/plot/text/format.ts";
import {chosenWay, type LabParams, labSettings, stepsOf} from "./controls.ts";
import {inDoubtText, nats, scoreText, taskName, withUnit} from "./format.ts";
import {nothingToTrain} from "./orders.ts";
import {MIN_WORDS} from "./own/words.ts";
import {problemOf} from "./problem.ts";
import type {LabResult} from "./readings.ts";
import {lastTwoCompared} from "./runDescription.ts";
import {isOfWords} from "./settings.ts";

/** What each method adds. */
const additionNames: Readonly<Record<LabParams["method"], string>> = {
  full: "the trained weights",
  lora: "the adapter",
  bottleneck: "the adapter layers",
  prefix: "the prefix",
};

/** How well the old skill works, with the adapter on and off. */
function oldSkill({now, setup}: LabResult, {task, method}: LabParams): string {
  const isWords = isOfWords(task);
  const [is, was] = [scoreText(task, now.skill), scoreText(task, setup.off.skill)];
  const base = setup.bare ? "the rounded base" : "the base";
  const off =
    method === "full"
      ? "the old weights are overwritten, and nothing can be switched off"
      : `with ${additionNames[method]} off it is ${isWords ? `${base} again, to the bit` : `at ${was} again`}`;
  const {bare} = setup;
  const old = isWords ? "On words that the base wrote itself" : "On its old operations";
  const scoreChange = bare
    ? `rounding took it from ${scoreText(task, bare.skill)} to ${was} and training to ${is}`
    : `it went from ${was} to ${is}`;
  return `${old} ${withUnit(task, scoreChange, "")}; ${off}.`;
}

/** The state before the first step. */
function beginning({setup}: LabResult, {method, start}: LabParams): string {
  const base = setup.bare ? "the rounded base" : "the base";
  if (method === "full") return "Nothing is trained yet.";
  if (method === "bottleneck") return `Each adapter layer’s second matrix starts at zero, so ${base} works as before.`;
  if (method === "prefix") return "The prefix already takes some of the attention, though it has learned nothing yet.";
  return setup.bare && start === "loftq"
    ? "LoftQ starts ΔW at the best repair of the rounding error that this rank allows."
    : "B starts at zero, so ΔW = 0 and nothing has changed yet.";
}

/** Off, Half and Merged, once there is something to switch. */
function switchSentence(result: LabResult, params: LabParams): string {
  const {use} = result;
  const {method, scale, task} = params;
  const isWords = isOfWords(task);
  switch (chosenWay(params)) {
    case "off":
      return method === "full"
        ? "The weights as they were, from a copy: full fine-tuning has overwritten them in the model itself."
        : `The frozen weights alone, ${isWords ? "word for word what they wrote" : "the same answers as"} before: ${additionNames[method]} never touched them.`;
    case "half":
      return `W₀ + ${scale === 0.5 ? "½" : scale} ΔW: the same adapter, multiplied by ${scale} as it is added.`;
    case "merged":
      return use?.difference === undefined
        ? ""
        : `ΔW was added into W₀ once, and no adapter runs. The ${isWords ? "words" : "answers"} are the same; no logit moves by more than ${tiny(use.difference)}.`;
    default:
      return "";
  }
}

/** What training has changed so far, on what the model was not shown. */
function change({now, setup}: LabResult, {task}: LabParams): string {
  const scoreChange = withUnit(task, `${scoreText(task, setup.off.score)} → ${scoreText(task, now.score)}`);
  const count = whole(setup.fresh);
  if (setup.isLearned) return `${scoreChange} on the ${count} words it learned from`;
  return `${scoreChange} on ${count} ${isOfWords(task) ? "words" : "inputs"} it was not shown`;
}

export function summary(result: LabResult, params: LabParams): string {
  const {setup, step, isGuessDue, trained, written} = result;
  const {task, method} = params;
  if (isGuessDue) return says(result, params);
  const why = problemOf(result, params)?.why;
  if (step === 0)
    return (
      why ??
      (method === "lora" && params.base === "full"
        ? `Both columns say the same: ${beginning(result, params)}`
        : beginning(result, params))
    );
  if (!trained)
    return `After ${counted(step, "step")}: ${change(result, params)}. ${lastTwoCompared(result, params) || (why ?? "")}`.trim();
  const way = switchSentence(result, params);
  if (way) return way;
  const lessonText = isOfWords(task)
    ? `taught the forge ${task === "names" ? "names" : taskName(task)}`
    : `taught the digit machine ${taskName(task)}`;
  const dot = isOfWords(task) && written.some(({isHit}) => isHit) ? "A dot marks a word that was in the list." : "";
  const meaning = lastTwoCompared(result, params) || why || dot || oldSkill(result, params);
  return `${whole(setup.trained)} trained parameters ${lessonText}: ${change(result, params)}. ${meaning}`;
}

/** Without SIMD the same is computed, slower and with other roundings. */
const SLOW_NOTE = " This browser has no fast path (SIMD): it is slower, and the last digits may differ.";

/** Beside the button: what will be done, then how far it is. */
export function statusText({step, losses, setup}: LabResult, params: LabParams): string {
  const plain = setup.isPlain ? SLOW_NOTE : "";
  const run = labSettings(params);
  if (run.task === "own" && !run.words) return `Waiting for ${MIN_WORDS} words.`;
  if (nothingToTrain(run)) return "There is nothing to train.";
  const steps = stepsOf(run);
  const time = steps < 100 ? "about a second" : "a few seconds";
  if (step === 0)
    return `${counted(setup.trained, "parameter")}, ${steps} steps: ${time}. Nothing leaves this page.${plain}`;
  const loss = losses.at(-1)!;
  const now = isOfWords(run.task) ? `${inDoubtText(loss)} letters in training` : `loss ${nats(loss)}`;
  return `Step ${step} of ${steps} · ${now}${plain && `.${plain}`}`;
}

/** The same for the card: how good it is now, and how good it was. */
export function says(result: LabResult, params: LabParams): string {
  const {now, isGuessDue, step} = result;
  if (isGuessDue) return "The result of training appears once you have guessed.";
  if (step === 0) return "Nothing is trained yet.";
  return `After ${counted(now.step, "step")}: ${change(result, params)}.`;
}
