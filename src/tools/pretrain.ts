// `npm run pretrain` trains the lab's base models again, a minute each; `npm run pretrain -- digit-machine` trains one.
import {createHash} from "node:crypto";
import {readBase, writeBase} from "../engine/adapters/base.ts";
import {placeTransformer} from "../engine/kernels/decoder.ts";
import {weightLayout} from "../engine/network/architecture.ts";
import {allocate} from "../engine/network/parameters.ts";
import {pretrain, type Recipe} from "../engine/training/pretraining.ts";
import {type BaseModelName, baseModels, cardFile, type ModelCardNumbers, readCard, weightsFile} from "./baseModels.ts";
import {writeJsonFile} from "./jsonFiles.ts";
import {createLabKernels} from "./loadBase.ts";

/** How many of the first losses a card keeps, for the test that repeats them. */
const FIRST_LOSSES = 12;
/** The points of a card's curve, and the lines that are printed on the way. */
const CURVE_POINTS = 40;

/** The losses of a whole run and the weights at its end. `report` is called with each step and its loss. */
function trainModel(recipe: Recipe, report: (step: number, loss: number) => void) {
  const losses: number[] = [];
  let flat = new Float64Array();
  for (const {step, loss, params} of pretrain(createLabKernels(), recipe)) {
    losses.push(loss);
    flat = params as Float64Array<ArrayBuffer>;
    report(step, loss);
  }
  return {losses, model: {sizes: recipe.sizes, weights: allocate(weightLayout(recipe.sizes), flat), attached: []}};
}

/** Losses of steps 0 … n → `CURVE_POINTS` points: the last step of each stretch with its mean loss. */
function curveOf(losses: readonly number[]): ModelCardNumbers["curve"] {
  const stretch = (losses.length - 1) / CURVE_POINTS;
  return Array.from({length: CURVE_POINTS}, (_, i) => {
    const stretchLosses = losses.slice(Math.round(i * stretch), Math.round((i + 1) * stretch));
    return [
      Math.round((i + 1) * stretch),
      Number((stretchLosses.reduce((a, b) => a + b) / stretchLosses.length).toPrecision(4)),
    ];
  });
}

/** Trains and measures a model: the numbers for its card, and the bytes of its file. */
function trainAndMeasure(
  name: BaseModelName,
  report: (step: number, loss: number) => void,
): {numbers: ModelCardNumbers; bytes: Uint8Array} {
  const {recipe, measure} = baseModels[name];
  const command = `npm run pretrain -- ${name}`;
  const {losses, model} = trainModel(recipe, report);
  const bytes = writeBase(model, new Map([["command", command]]));
  const {steps, B, seed} = recipe;
  const numbers = {
    command,
    parameters: model.weights.flat.length,
    training: {steps, batch: B, seed, sequences: steps * B},
    firstLosses: losses.slice(0, FIRST_LOSSES),
    curve: curveOf(losses),
    heldOut: measure(placeTransformer(createLabKernels(), readBase(bytes, recipe.sizes))),
    file: {format: "safetensors, F16", bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex")},
  };
  return {numbers, bytes};
}

if (import.meta.main) {
  const requested = process.argv.slice(2);
  const names = (Object.keys(baseModels) as BaseModelName[]).filter(
    (name) => requested.length === 0 || requested.includes(name),
  );
  if (names.length === 0)
    throw new Error(`pretrain: there is no ${requested[0]}; there are ${Object.keys(baseModels).join(", ")}`);
  for (const name of names) {
    const every = baseModels[name].recipe.steps / CURVE_POINTS;
    const {numbers, bytes} = trainAndMeasure(name, (step, loss) => {
      if (step % every < 1) process.stdout.write(`${String(step).padStart(5)}  ${loss.toPrecision(4)}\n`);
    });
    writeJsonFile(weightsFile(name), {base64: Buffer.from(bytes).toString("base64")});
    writeJsonFile(cardFile(name), {...readCard(name), ...numbers});
    process.stdout.write(
      `${name}: ${JSON.stringify(numbers.heldOut)}\n${numbers.file.bytes} bytes, ${numbers.file.sha256}\n`,
    );
  }
}
