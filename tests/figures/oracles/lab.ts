/** What the lab must say: its runs made again with the engine, merged into weights of their own and scored by loops. */

import {placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import type {Kernels} from "../../../src/engine/kernels/kernels.ts";
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attachBottlenecks, attachPrefix} from "../../../src/engine/lora/attach.ts";
import {attachLoftq} from "../../../src/engine/lora/variants/loftq.ts";
import {roundLevels} from "../../../src/engine/memory/levels.ts";
import {roundNf4} from "../../../src/engine/memory/nf4.ts";
import {TARGETS} from "../../../src/engine/network/architecture.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {decodeTokens} from "../../../src/engine/network/sampling.ts";
import {type Batch, mergeAll, type Transformer} from "../../../src/engine/network/transformer.ts";
import {adapt, type FineTuning, fineTune, labTraining, modelAt} from "../../../src/engine/training/adaptation.ts";
import {adamw, sgd} from "../../../src/engine/training/optimizer.ts";
import {baseTasks, drawBatch, encode, newTasks, redraw, type Task} from "../../../src/engine/training/tasks.ts";
import {batchOf, drawWords} from "../../../src/engine/training/words.ts";
import {type LabParams, type LabSettings, labSettings, runText} from "../../../src/figures/lab/controls.ts";
import type {LabResult} from "../../../src/figures/lab/readings.ts";
import {splitOf} from "../../../src/tools/baseModels.ts";
import {baseNamed, createLabKernels} from "../../../src/tools/loadBase.ts";
import {productOf} from "./exact.ts";
import {once} from "./once.ts";
import type {Claims} from "./oracle.ts";

const bases = {forge: baseNamed("word-forge"), digits: baseNamed("digit-machine")};
const isWords = (task: LabParams["task"]) =>
  task === "names" || task === "french" || task === "spanish" || task === "own";
const names: Readonly<Record<string, string>> = {q: "Wq", k: "Wk", v: "Wv", o: "Wo", "1": "W1", "2": "W2"};
const targetsOf = (on: string) => TARGETS.filter((target) => [...on].some((letter) => names[letter] === target));

/** The logits of a place, as probabilities' logarithms. */
function logSoftmax(row: ArrayLike<number>): number[] {
  const all = Array.from(row);
  const most = Math.max(...all);
  const sum = all.reduce((total, x) => total + Math.exp(x - most), 0);
  return all.map((x) => x - most - Math.log(sum));
}

/** A model, merged where that can be, that answers: mean loss and share of exact sequences of a batch, and what it writes. */
function examiner(kernels: Kernels, model: Transformer) {
  const isMergeable = model.attached.every(({scaling}) => scaling !== undefined);
  const {logits} = placeTransformer(kernels, isMergeable ? mergeAll(model) : model);
  return {
    score({tokens, targets, B}: Batch) {
      const {data, cols} = logits(tokens, B);
      const T = tokens.length / B;
      let [loss, counted, exact] = [0, 0, 0];
      for (let b = 0; b < B; b++) {
        let isExact = true;
        for (let n = b * T; n < (b + 1) * T; n++) {
          if (targets[n]! < 0) continue;
          const row = logSoftmax(data.subarray(n * cols, (n + 1) * cols));
          loss -= row[targets[n]!]!;
          counted++;
          if (row.some((x) => x > row[targets[n]!]!)) isExact = false;
        }
        if (isExact) exact++;
      }
      return {loss: loss / counted, exact: exact / B};
    },
    /** Whether the six digits that it writes behind these are the due ones. */
    answers(task: Task, digits: readonly number[]): boolean {
      const {tokens} = encode(task, digits);
      const written = tokens.slice(0, 8);
      while (written.length < 14) {
        const {data, cols} = logits(Int32Array.from(written), 1);
        const row = data.subarray(data.length - cols);
        written.push(row.indexOf(Math.max(...row)));
      }
      return written.slice(8).join() === task.answer(digits).join();
    },
    /** Words drawn with the given numbers, one letter after another by the inverse of the distribution. */
    words(draws: readonly number[][]): string[] {
      return draws.map((own) => {
        const word = [0];
        for (const u of own) {
          const {data, cols} = logits(Int32Array.from(word), 1);
          const row = logSoftmax(data.subarray(data.length - cols)).map(Math.exp);
          let sum = 0;
          const next = row.findIndex((p) => {
            sum += p;
            return u < sum;
          });
          word.push(Math.max(next, 0));
          if (word.at(-1) === 0) break;
        }
        return decodeTokens(word);
      });
    },
  };
}

const drawsOf = (seed: number, n: number) => {
  const random = mulberry32(seed);
  return Array.from({length: n}, () => Array.from({length: 11}, () => random()));
};
const QUESTIONS = ["204719", "555555", "123456", "908172"].map((text) => Array.from(text, Number));

/** Words of the base's own making. */
const ownWords = once(() =>
  batchOf(
    examiner(createLabKernels(), bases.forge)
      .words(drawsOf(12, 200))
      .filter((word) => word !== ""),
  ),
);

/** What comes back of a weight; tests of the engine hold both to the nearest level, number by number. */
const rounded = (W: Matrix, format: "nf4" | "two"): Matrix => ({
  ...W,
  data: (format === "nf4" ? roundNf4(W.data) : roundLevels(W.data, 2)).values,
});

const baseFor = (task: LabParams["task"]) => (isWords(task) ? bases.forge : bases.digits);

const roundedBase = once((name: keyof typeof bases, format: "nf4" | "two"): Transformer => {
  const whole = bases[name];
  const weights = allocate(whole.weights.layout, whole.weights.flat.slice());
  for (const [name] of weights.layout)
    if (/layers\.\d\.W/.test(name)) weights.views[name].data.set(rounded(weights.views[name], format).data);
  return {...whole, weights};
});

/** The base of a task in the format its weights are kept in. */
const storedBase = ({task, base, method}: Pick<LabSettings, "task" | "base" | "method">): Transformer =>
  base === "full" || method === "full" ? baseFor(task) : roundedBase(isWords(task) ? "forge" : "digits", base);

function begin(kernels: Kernels, settings: LabSettings): FineTuning {
  const {task, examples, method, on, r, alpha, width, vectors, rate, seed, optimizer, start} = settings;
  const n = Number(examples);
  const training = {...labTraining, optimizer: optimizer === "sgd" ? sgd : adamw, rate: Number(rate)};
  let draw: (B: number, random: () => number) => Batch;
  if (task === "names" || task === "french" || task === "spanish") {
    const all = splitOf(task).training;
    const words = examples === "all" ? all : all.slice(0, n);
    draw = (B, random) => drawWords(words, B, random);
  } else if (task === "own") {
    throw new Error("lab: a reader’s own words are no state of their own");
  } else {
    const one = newTasks[task];
    const pool = examples === "all" ? undefined : drawBatch([one], n, mulberry32(5));
    draw = (B, random) => (pool ? redraw(pool, B, random) : drawBatch([one], B, random));
  }
  const base = storedBase(settings);
  const {base: format} = settings;
  const pairs = {targets: targetsOf(on), r: Number(r), alpha};
  if (method === "full") return fineTune(kernels, base, draw, seed, training);
  if (method === "bottleneck")
    return adapt(kernels, base, attachBottlenecks(base.sizes, Number(width), mulberry32(seed)), draw, seed, training);
  if (method === "prefix")
    return adapt(kernels, base, attachPrefix(base.sizes, Number(vectors), mulberry32(seed)), draw, seed, training);
  const isRepaired = format !== "full" && start === "loftq";
  const plan = isRepaired ? attachLoftq(baseFor(task), pairs, (W) => rounded(W, format), mulberry32(seed)) : pairs;
  return adapt(kernels, base, plan, draw, seed, training);
}

/** ‖ΔW‖ of each adapted matrix, layer by layer, from the model's merged weights. */
function sizesOf(model: Transformer, base: Transformer, targets: readonly string[]): number[] {
  const [lora] = model.attached;
  return [0, 1].flatMap((l) =>
    targets.map((target) => {
      const at = `layers.${l}.${target}`;
      if (lora) {
        const {A, B} = {A: lora.params.views[`${at}.A`]!, B: lora.params.views[`${at}.B`]!};
        const squares = productOf(B, A)
          .flat()
          .map((x) => (lora.scaling! * x) ** 2);
        return Math.sqrt(squares.reduce((sum, x) => sum + x, 0));
      }
      const name = at as keyof typeof base.weights.views;
      const [now, was] = [model.weights.views[name].data, base.weights.views[name].data];
      return Math.sqrt(now.reduce((sum, x, i) => sum + (x - was[i]!) ** 2, 0));
    }),
  );
}

/** What is shown, when it is what was due but for float32: merged weights and pairs beside them round differently. */
function near(shown: number, due: number, slack: number, what: string): number {
  if (!(Math.abs(shown - due) <= slack)) throw new Error(`lab: ${what} is ${shown}, and ${due} was due`);
  return shown;
}

const taskNumbers: Readonly<Record<string, number[]>> = {
  reversePlusOne: [1],
  rotatePlusOne: [1],
  plusThree: [3],
  nineMinus: [9],
};

/** Without words of the reader’s own, the base is scored on its. */
const freshOf = (task: LabParams["task"]): Batch =>
  task === "own"
    ? ownWords()
    : isWords(task)
      ? batchOf(splitOf(task as "names").heldOut)
      : drawBatch([newTasks[task as "permute"]], 1000, mulberry32(99_991));

/** A kept run trained up to a step, and its score there. */
const scoreOf = once((run: LabSettings, step: number): number => {
  const kernels = createLabKernels();
  const adapting = begin(kernels, run);
  for (let at = 0; at < step; at++) adapting.snapshots.next();
  const snapshot = adapting.snapshots.next().value!;
  const {loss, exact} = examiner(kernels, modelAt(adapting, snapshot)).score(freshOf(run.task));
  return isWords(run.task) ? loss : 100 * exact;
});

const oldOf = (task: LabParams["task"]): Batch[] => {
  const random = mulberry32(71);
  return isWords(task) ? [ownWords()] : Object.values(baseTasks).map((one) => drawBatch([one], 40, random));
};

function examined(task: LabParams["task"], model: Transformer): {score: number; skill: number} {
  const {score} = examiner(createLabKernels(), model);
  const pick = ({loss, exact}: {loss: number; exact: number}) => (isWords(task) ? loss : exact);
  const old = oldOf(task);
  const skill = old.reduce((sum, batch) => sum + pick(score(batch)), 0) / old.length;
  return {score: pick(score(freshOf(task))), skill};
}

/** The scores of a base with nothing attached. */
const scoresOf = once((task: LabParams["task"], base: LabSettings["base"]) =>
  examined(task, storedBase({task, base, method: "lora"})),
);

/** A model with half of its Bs, and so of ΔW. */
function halved(model: Transformer): Transformer {
  const [attached] = model.attached;
  const params = allocate(attached!.params.layout, attached!.params.flat.slice());
  for (const [name] of params.layout) {
    const {data} = params.views[name]!;
    if (name.endsWith(".B")) data.set(data.map((x) => 0.5 * x));
  }
  return {...model, attached: [{...attached!, params}]};
}

const bits = {full: [32], nf4: [], two: [2]};

/** The numbers of the settings that differ and matter to both runs, in the order in which they are said. */
function changed(from: LabSettings, to: LabSettings): number[] {
  const both = (method: LabSettings["method"]) => from.method === method && to.method === method;
  const pair = (name: "r" | "rate" | "examples" | "alpha" | "seed" | "width" | "vectors", isSaid = true) =>
    !isSaid || from[name] === to[name] ? [] : [from[name], to[name]].map(Number).filter((n) => Number.isFinite(n));
  const isLora = both("lora");
  const isRounded = isLora && from.base !== "full" && to.base !== "full";
  const hasBase = from.method !== "full" && to.method !== "full" && from.base !== to.base;
  return [
    ...(from.task === to.task ? [] : [...(taskNumbers[from.task] ?? []), ...(taskNumbers[to.task] ?? [])]),
    ...pair("r", isLora),
    ...pair("width", both("bottleneck")),
    ...pair("vectors", both("prefix")),
    ...pair("rate"),
    ...pair("examples").filter((n) => n > 0),
    ...pair("alpha", isLora),
    ...(hasBase ? [...bits[from.base], ...bits[to.base]] : []),
    ...(isRounded && from.start !== to.start ? [0] : []),
    ...pair("seed"),
  ];
}

/** What a line about a kept run holds in numbers. */
function inLine(run: LabSettings): number[] {
  return [
    ...(taskNumbers[run.task] ?? []),
    ...(run.method === "lora" ? [Number(run.r), ...(run.alpha === 8 ? [] : [run.alpha])] : []),
    ...(run.method === "bottleneck" ? [Number(run.width)] : []),
    ...(run.method === "prefix" ? [Number(run.vectors)] : []),
    ...(run.rate === "0.01" ? [] : [Number(run.rate)]),
    ...(Number(run.examples) > 0 ? [Number(run.examples)] : []),
    ...(run.base === "full" ? [] : bits[run.base]),
    ...(run.seed === 7 ? [] : [run.seed]),
  ];
}

export function lab(params: LabParams, looked: LabResult): Claims {
  const {evaluations, losses, divergedAt, kept} = looked;
  const {task, method, on, r, alpha, rate, examples} = params;
  const words = isWords(task);
  const settings = labSettings(params);
  const base = storedBase(settings);
  const targets = method === "full" ? [...TARGETS] : method === "lora" ? targetsOf(on) : [];
  const isIdle = task === "own" || examples === "0" || (method === "lora" && targets.length === 0);
  const {step} = params;
  const kernels = createLabKernels();
  const fresh = freshOf(task);
  const old = oldOf(task);

  /** The switch acts on a trained run alone. */
  const isSwitched = looked.trained && looked.use;
  // Every look of the run, from its own numbers.
  const due: {step: number; loss?: number; score: number; skill: number; hits?: number; sizes: number[]}[] = [];
  const scale = Number(rate) * (method === "lora" ? alpha / Number(r) : 1);
  const look = (at: number, model: Transformer, loss?: number) => {
    const start = kernels.heap.mark();
    const {score, answers, words: wrote} = examiner(kernels, model);
    const pick = ({loss, exact}: {loss: number; exact: number}) => (words ? loss : exact);
    const skill = old.reduce((sum, batch) => sum + pick(score(batch)), 0) / old.length;
    const shown = evaluations[due.length]!;
    if (words && scale < 1) {
      // A draw within rounding of the edge between two letters may fall to either.
      const apart = wrote(drawsOf(11, 8)).filter((word, i) => word !== shown.samples[i]!.text);
      if (apart.length > 1)
        throw new Error(`lab: at step ${at} of ${runText(settings)} it should write ${apart.join(", ")}`);
    }
    const one = newTasks[task as "permute"];
    const sizes = isIdle ? targets.flatMap(() => [0, 0]) : sizesOf(model, base, targets);
    const hits = words ? undefined : QUESTIONS.filter((digits) => answers(one, digits)).length;
    due.push({step: at, loss, score: pick(score(fresh)), skill, hits, sizes});
    kernels.heap.release(start);
  };
  let half: ReturnType<typeof examined> | undefined;
  if (isIdle) look(0, base);
  else {
    const adapting = begin(kernels, settings);
    let at = 0;
    for (const snapshot of adapting.snapshots) {
      if (at % 10 === 0) look(at, modelAt(adapting, snapshot), snapshot.loss);
      if (at === step && isSwitched && method === "lora" && params.applied === "half")
        half = examined(task, halved(modelAt(adapting, snapshot)));
      if (losses[at] !== snapshot.loss) throw new Error(`lab: the loss at step ${at} is not ${snapshot.loss}`);
      if (++at > step) break;
    }
  }
  if (due.length !== evaluations.length)
    throw new Error(`lab: ${evaluations.length} evaluations, and ${due.length} were due`);
  const slack = (x: number) => (scale < 1 ? 1e-4 : 0.02) * Math.max(1, x);
  const rows = due.map(({step: at, loss, score, skill, hits, sizes}, i) => {
    const shown = evaluations[i]!;
    const right = shown.samples.filter(({isHit}) => isHit).length;
    return {
      ...{step: at, loss},
      score: near(shown.score, score, slack(words ? score : 20), `the score at step ${at}`),
      skill: near(shown.skill, skill, slack(words ? skill : 60), `the old skill at step ${at}`),
      hits: words ? [] : [scale < 1 ? near(right, hits!, 0, `what is right at step ${at}`) : right, 4],
      sizes,
    };
  });
  const now = rows.at(-1)!;
  const isRounded = settings.base !== "full";
  const isFelt = method === "prefix" || settings.start === "loftq";
  const found = isFelt && !isIdle ? scoresOf(task, settings.base) : rows[0]!;
  const {setup} = looked;
  const off = {
    score: near(setup.off.score, found.score, 1e-4 * Math.max(1, found.score), "the base's score"),
    skill: near(setup.off.skill, found.skill, 1e-4 * Math.max(1, found.skill), "the base's skill"),
  };
  if (half) {
    const shown = looked.trained!.half!;
    near(shown.score, half.score, slack(words ? half.score : 20), "the score with half of ΔW");
    near(shown.skill, half.skill, slack(words ? half.skill : 60), "the old skill with half of ΔW");
    half = shown;
  }
  const inUse = half ?? (isSwitched && params.applied === "off" ? off : now);
  const bare = isRounded ? scoresOf(task, "full") : undefined;
  if (bare) near(setup.bare!.score, bare.score, 1e-4 * Math.max(1, bare.score), "the score before rounding");
  const scored = (x: number) => (words ? Math.min(x, 1000) : 100 * x);
  const capped = (x: number) => Math.min(x, 1000);
  /** Letters in doubt. */
  const doubtOf = (nats: number) => capped(Math.exp(nats));

  const layers = 2;
  const all = base.weights.flat.length;
  const shape = (target: string) => [target === "W1" ? 128 : 32, target === "W2" ? 128 : 32] as const;
  const total = (count: (d: number, k: number) => number) =>
    targets.reduce((sum, target) => sum + layers * count(...shape(target)), 0);
  const trained = {
    full: all,
    lora: total((d, k) => Number(r) * d + Number(r) * k),
    bottleneck: layers * 2 * (Number(params.width) * 32 + 32 * Number(params.width)),
    prefix: layers * 2 * Number(params.vectors) * 32,
  }[method];
  const whole = Math.hypot(...now.sizes);

  const beside = kept.map(({settings: run, now, end}) => {
    const told = (score: number) => (isWords(run.task) ? score : 100 * score);
    const due = scoreOf(run, Math.min(params.step - (params.step % 10), 200));
    return {
      run,
      score: near(told(now!.score), due, 0.1, "the score of a kept run"),
      end: near(told(end!.score), scoreOf(run, 200), 0.1, "the end of a kept run"),
    };
  });
  function comparison(): number[] | undefined {
    const n = beside.length;
    const isNew = n > 0 && runText(beside[n - 1]!.run) !== runText(settings);
    const [before, after] = isNew
      ? [beside[n - 1], {run: settings, score: words ? now.score : 100 * now.score}]
      : [beside[n - 2], beside[n - 1]];
    if (!before || !after || now.step === 0) return undefined;
    const [is, was] = [after, before].map(({run, score}) => (isWords(run.task) ? doubtOf(score) : score)) as [
      number,
      number,
    ];
    const start = [...(isNew ? [n] : [n - 1, n]), ...changed(before.run, after.run), now.step, was];
    return divergedAt !== undefined && isNew ? start : [...start, is];
  }
  /** Why the run comes to nothing; undefined where it does not. */
  function problem(): number[] | undefined {
    const hasPlace = method !== "lora" || targets.length > 0;
    if (isIdle) return task === "own" && hasPlace ? [20] : [];
    const size = Number(scale.toPrecision(3));
    if (divergedAt !== undefined) return [divergedAt, size];
    const isEarly = method === "prefix" && (now.step < 100 || (size < 0.1 && examples === "all"));
    if (words && now.score > off.score + 0.05 && !isEarly)
      return size >= 0.1 || examples === "all" ? [size] : now.step < 100 ? undefined : [Number(examples)];
    if (!words && size >= 0.1 && params.optimizer === "adamw" && now.step >= 100 && now.score < 0.05) return [size];
    return undefined;
  }
  /** A score as the sentence has it: letters in doubt, or percent. */
  const told = (x: number) => (words ? doubtOf(x) : 100 * x);
  function summary(): number[] {
    const why = problem();
    if (looked.step === 0) {
      if (why) return why;
      if (settings.start === "loftq") return [];
      return method === "lora" ? [0] : [];
    }
    const change = [told(off.score), told(now.score), fresh.B];
    if (!looked.trained) return [looked.step, ...change, ...(comparison() ?? why ?? [])];
    if (params.applied === "off") return [];
    if (params.applied === "half" && method === "lora") return [0.5];
    if (params.applied === "merged" && method === "lora") return [merging()];
    const skills = words ? [] : [told(off.skill), told(now.skill)];
    return [trained, ...(taskNumbers[task] ?? []), ...change, ...(comparison() ?? why ?? skills)];
  }
  /** A merged model differs by the rounding of float64 alone; how much cannot be computed in another way. */
  function merging(): number {
    const {difference = Number.NaN} = looked.use!;
    if (!(difference < 1e-9 * Math.max(1, whole))) throw new Error(`lab: merged, a logit differs by ${difference}`);
    return difference;
  }
  return {
    summary: summary(),
    // Without words of the reader's own nothing is measured yet.
    readouts:
      task === "own"
        ? []
        : [
            [told(inUse.score), told(off.score), ...(bare === undefined ? [] : [32, told(bare.score)])],
            [trained, (100 * trained) / all, 4 * trained >= 999.5 ? (4 * trained) / 1000 : 4 * trained],
            [told(inUse.skill), told(off.skill), ...(bare === undefined ? [] : [32, told(bare.skill)])],
          ],
    caption: [now.step, fresh.B],
    rows: [
      ...rows.map(({step: at, loss, score, skill, hits}) => [
        at,
        ...(loss === undefined ? [] : [Math.min(loss, 1000)]),
        scored(score),
        scored(skill),
        ...hits,
      ]),
      ...now.sizes.map((x, i) => [1 + Math.floor(i / targets.length), capped(x)]),
      ...beside.map(({run, end}, i) => [i + 1, ...inLine(run), capped(end)]),
    ],
  };
}
