import {changes, lastTwo, type Said} from "../changes.ts";
import {isList} from "../lessonNames.ts";
import type {Kept, LabResult} from "./see.ts";
import {controls, type LabParams, type Settings, settingsOf, written} from "./settings.ts";
import {matrixNames, scored, taskName} from "./wording.ts";

const options = {
  method: controls.method.options,
  optimizer: controls.optimizer.options,
  rate: controls.rate.options,
  examples: controls.examples.options,
};
/** A setting of a LoRA alone. */
const ofLora =
  (value: (run: Settings) => string) =>
  (run: Settings): string | undefined =>
    run.method === "lora" ? value(run) : undefined;

/** What each setting is called, and how its value is written. */
const said: Said<Settings> = {
  task: ["the task", ({task}) => taskName(task)],
  method: ["the method", ({method}) => options.method[method]],
  on: ["what is adapted", ofLora(({on}) => matrixNames(on) || "nothing")],
  r: ["r", ofLora(({r}) => r)],
  alpha: ["α", ofLora(({alpha}) => String(alpha))],
  rate: ["η", ({rate}) => options.rate[rate]],
  optimizer: ["the optimizer", ({optimizer}) => options.optimizer[optimizer]],
  examples: ["the number of examples", ({examples}) => options.examples[examples]],
  seed: ["the seed", ({seed}) => String(seed)],
};

/** A kept run in a line: what always matters, and what else is not as it starts. */
export function described(run: Settings): string {
  const how =
    run.method === "lora"
      ? `${matrixNames(run.on) || "no matrix"}, r ${run.r}, α ${run.alpha}`
      : options.method[run.method];
  const rest = (["optimizer", "examples", "seed"] as const).filter((name) => run[name] !== controls[name].value);
  const more = rest.map(
    (name) => `, ${{optimizer: "", examples: "examples ", seed: "seed "}[name]}${said[name][1](run)}`,
  );
  return `${taskName(run.task)}: ${how}, η ${options.rate[run.rate]}${more.join("")}`;
}

/** What a kept run comes to at the step of the clock. */
export function outcome({settings: {task}, now, isLost}: Kept): string {
  if (isLost) return "out of range";
  if (!now) return "on its way";
  return isList(task) ? `${scored(task, now.score)} nats` : `${scored(task, now.score)} exact`;
}

type Compared = Pick<Kept, "settings" | "now" | "isLost">;

/** What is different in the last of two runs, and what came of it; empty while there is only one. */
export function comparison({kept, now, lost, asked}: LabResult, params: LabParams): string {
  const isSame = (one: Compared, other: Compared) => written(one.settings) === written(other.settings);
  const two = lastTwo<Compared>(kept, {settings: settingsOf(params), now, isLost: lost !== undefined}, isSame);
  if (!two || asked || now.step === 0) return "";
  const [before, after] = two;
  const [from, to] = [before.settings.task, after.settings.task];
  const changed = `From ${before.name} to ${after.name}, ${changes(said, before.settings, after.settings)}, all else the same`;
  if (!before.now || !after.now) return `${changed}: ${before.name} is on its way.`;
  if (before.isLost || after.isLost)
    return `${changed}: ${before.isLost ? before.name : after.name} left the range of numbers.`;
  const [was, is] = [scored(from, before.now.score), scored(to, after.now.score)];
  const unit = (task: Settings["task"]) => (isList(task) ? "nats a letter" : "exact answers");
  if (from !== to)
    return `${changed}: it is at ${is} ${unit(to)}, and ${before.name} at ${was} ${unit(from)}, which is another thing to learn.`;
  return was === is
    ? `${changed}: both are at ${is} ${unit(to)} at step ${now.step}.`
    : `${changed}: at step ${now.step}, ${was} ${unit(to)} became ${is}.`;
}
