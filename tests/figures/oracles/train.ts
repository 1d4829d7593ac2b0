/** What the train widget must say: losses, floors and spectra of its runs from their definitions, by loops over the examples. */
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {makeTeacher, type Teacher} from "../../../src/engine/network/teacher.ts";
import {
  compute,
  keptTrainRuns,
  settingsOf,
  TRAIN_STEPS,
  type TrainParams,
  type TrainResult,
  type TrainSettings,
  type TrainSnapshot,
} from "../../../src/figures/train/model.ts";
import {tapeOf} from "../promises/tapes.ts";
import {distanceTo, productOf, singularValues} from "./exact.ts";
import type {Claims} from "./oracle.ts";

const SIDE = 16;

export const spectrumOf = (planted: number): number[] => Array.from({length: planted}, (_, i) => 3 * 0.7 ** i);

export function teacherOf({examples, noise, planted, seed}: TrainSettings): Teacher {
  const some = examples === "all" ? {} : {examples: Number(examples), noise: noise / 10};
  return makeTeacher({d: SIDE, k: SIDE, s: Float64Array.from(spectrumOf(planted)), ...some}, mulberry32(seed));
}

const rowsOf = ({rows, cols, data}: Matrix): number[][] =>
  Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

/** ΔW of the LoRA run at a frame, (α/r)·BA; of the full run, what is there. */
export function deltaOf(
  {lora, full}: TrainSnapshot,
  who: "lora" | "full",
  {r, alpha}: TrainSettings,
): number[][] | undefined {
  if (who === "full") return full && rowsOf({rows: SIDE, cols: SIDE, data: full.parameters});
  if (!lora) return undefined;
  const A = {rows: r, cols: SIDE, data: lora.parameters.slice(0, r * SIDE)};
  const B = {rows: SIDE, cols: r, data: lora.parameters.slice(r * SIDE)};
  return productOf(B, A).map((row) => row.map((x) => (alpha / r) * x));
}

/** Σ‖(W0 + ΔW)·x − y‖² / 2N, example by example. */
export function lossOf({W0, x, y}: Teacher, delta: readonly (readonly number[])[]): number {
  let sum = 0;
  for (let n = 0; n < x.rows; n++)
    for (let i = 0; i < SIDE; i++) {
      let error = -y.data[n * SIDE + i]!;
      for (let j = 0; j < SIDE; j++) error += (W0.data[i * SIDE + j]! + delta[i]![j]!) * x.data[n * SIDE + j]!;
      sum += error * error;
    }
  return sum / (2 * x.rows);
}

/** Least squares by the normal equations (Gauss), then the tail of the fit's singular values: what rank r must leave. */
export function floorOf({W0, x, y}: Teacher, r: number): number {
  const due = rowsOf(y).map((row, n) =>
    row.map((value, i) => {
      for (let j = 0; j < SIDE; j++) value -= W0.data[i * SIDE + j]! * x.data[n * SIDE + j]!;
      return value;
    }),
  );
  const fit = x.rows > SIDE ? fitted(rowsOf(x), due) : due;
  const flat = Float64Array.from(fit.flat());
  const unmet = distanceTo({rows: x.rows, cols: SIDE, data: flat}, due) ** 2;
  const s = singularValues({rows: x.rows, cols: SIDE, data: flat});
  return (unmet + s.slice(r).reduce((sum, sigma) => sum + sigma * sigma, 0)) / (2 * x.rows);
}

function fitted(x: number[][], due: number[][]): number[][] {
  const system = Array.from({length: SIDE}, (_, p) => [
    ...Array.from({length: SIDE}, (_, q) => x.reduce((sum, row) => sum + row[p]! * row[q]!, 0)),
    ...Array.from({length: SIDE}, (_, i) => x.reduce((sum, row, n) => sum + row[p]! * due[n]![i]!, 0)),
  ]);
  for (let p = 0; p < SIDE; p++) {
    const pivot = system[p]!;
    for (let q = 0; q < SIDE; q++) {
      if (q === p) continue;
      const factor = system[q]![p]! / pivot[p]!;
      system[q] = system[q]!.map((value, c) => value - factor * pivot[c]!);
    }
  }
  const D = system.map((row, p) => row.slice(SIDE).map((value) => value / row[p]!));
  return x.map((row) =>
    Array.from({length: SIDE}, (_, i) => row.reduce((sum, value, p) => sum + value * D[p]![i]!, 0)),
  );
}

/** Frames of a run up to a step. */
export const framesOf = (settings: TrainSettings, step = TRAIN_STEPS): TrainSnapshot[] =>
  tapeOf(compute, settings, step) as TrainSnapshot[];

const names = ["r", "alpha", "rate", "optimizer", "examples", "noise", "planted", "seed"] as const;

/** The numbers of "r went from 2 to 4 and the noise from 0.1 to 0.5". */
function changed(from: TrainSettings, to: TrainSettings): number[] {
  return names
    .filter((name) => from[name] !== to[name])
    .flatMap((name) => [from[name], to[name]].map((value) => (name === "noise" ? Number(value) / 10 : Number(value))))
    .filter((value) => !Number.isNaN(value));
}

export function train(params: TrainParams, result: TrainResult): Claims {
  const {step, r, alpha, rate, planted} = params;
  const settings = settingsOf(params);
  const teacher = teacherOf(settings);
  const frames = framesOf(settings, step);
  const most = (x: number | undefined) => (x === undefined ? [] : [Math.min(x, 1e6)]);
  const lossAt = (all: TrainSnapshot[], data: Teacher, own: TrainSettings, who: "lora" | "full", at: number) => {
    const delta = all[at] && deltaOf(all[at], who, own);
    return delta && lossOf(data, delta);
  };
  const loss = (who: "lora" | "full", at: number) => lossAt(frames, teacher, settings, who, at);
  const floors = {lora: floorOf(teacher, r), full: floorOf(teacher, SIDE)};
  const last = (who: "lora" | "full") => frames.findLast((frame) => frame[who])!;
  const deltas = {lora: deltaOf(last("lora"), "lora", settings)!, full: deltaOf(last("full"), "full", settings)!};
  const isLost = {lora: !frames.at(-1)!.lora, full: !frames.at(-1)!.full};
  const lasting = (who: "lora" | "full", size: number) => (isLost[who] ? [] : [size]);
  const distance = (who: "lora" | "full") => Math.min(distanceTo(teacher.deltaStar, deltas[who]), 1e6);
  const spectrum = (who: "lora" | "full") => {
    const data = Float64Array.from(deltas[who].flat());
    // Huge entries would leave the range of their squares in the other route.
    const size = data.reduce((sum, x) => Math.max(sum, Math.abs(x)), 0) || 1;
    const s = singularValues({rows: SIDE, cols: SIDE, data: data.map((x) => x / size)});
    // The other route knows a value to about √ε of the largest.
    return s.map((sigma, i) => Math.min(sigma > 1e-5 * s[0]! ? sigma * size : (result[who].s[i] ?? 0), 1e6));
  };
  const kept = (keptTrainRuns.read(params.kept).runs ?? []).map((run) => {
    const all = framesOf(run);
    const data = teacherOf(run);
    return {run, lora: lossAt(all, data, run, "lora", step), full: lossAt(all, data, run, "full", step)};
  });

  const same = (a: TrainSettings, b: TrainSettings) => names.every((name) => a[name] === b[name]);
  const shownAlike = (a: number, b: number) => a < 0.0005 && b < 0.0005 && a > 0 && b > 0;
  function comparison(): number[] | undefined {
    const n = kept.length;
    const isNew = n > 0 && !same(kept[n - 1]!.run, settings);
    const [before, after] = isNew
      ? [kept[n - 1], {run: settings, lora: loss("lora", step)}]
      : [kept[n - 2], kept[n - 1]];
    if (!before || !after) return undefined;
    const numbered = isNew ? [n] : [n - 1, n];
    const [was, is] = [before.lora, after.lora];
    const alike =
      was !== undefined &&
      is !== undefined &&
      (shownAlike(was, is) || Math.min(was, 1e6).toFixed(3) === Math.min(is, 1e6).toFixed(3));
    const values = alike ? most(is) : [...most(was), ...most(is)];
    return [...numbered, ...changed(before.run, after.run), step, ...values];
  }
  function overflow(): number[] {
    const size = (Number(rate) * alpha) / r;
    if (isLost.lora) return [frames.findIndex(({lora}) => !lora), Number(size.toPrecision(3))];
    return [frames.findIndex(({full}) => !full), Number(rate)];
  }
  /** Percents of ΔW* that are missing, and the least that rank r can leave. */
  function found(): number[] {
    const size = (values: readonly number[]) => Math.sqrt(values.reduce((sum, sigma) => sum + sigma * sigma, 0));
    const share = (part: number) => (100 * part) / size(spectrumOf(planted));
    const [now, least] = [share(distanceTo(teacher.deltaStar, deltas.lora)), share(size(spectrumOf(planted).slice(r)))];
    if (step === 0) return [];
    if (now >= 1e5) return [step];
    if (now >= 100.5) return [step, now];
    if (now < 0.5) return [step, r, 1];
    if (Math.round(now) === Math.round(least)) return [step, now, r];
    return [step, now, r, ...(least ? [least] : [])];
  }

  const listed = [...[0, 1, 2, 5, 10, 20, 50, 100, 150].filter((at) => at < step), step];
  const [sLora, sFull, s] = [spectrum("lora"), spectrum("full"), spectrumOf(planted)];
  const [one, other] = [most(loss("lora", step)), most(loss("full", step))];
  const losses = [...(step ? [step] : []), ...one, r, floors.lora, SIDE * SIDE, ...other];
  return {
    // A card whose run is lost says so first.
    summary: isLost.lora || isLost.full ? [...overflow(), ...losses] : [...found(), ...(comparison() ?? losses)],
    readouts: [
      [...one, floors.lora],
      [...other, floors.full],
      [...lasting("lora", distance("lora")), ...lasting("full", distance("full"))],
      [r * SIDE + r * SIDE, SIDE * SIDE],
    ],
    caption: [step, r],
    rows: [
      ...listed.map((at) => [at, ...most(loss("lora", at)), ...most(loss("full", at))]),
      [floors.lora, floors.full],
      [...lasting("lora", distance("lora")), ...lasting("full", distance("full")), 0],
      ...Array.from({length: 8}, (_, i) => [
        i + 1,
        ...lasting("lora", i < r ? sLora[i]! : 0),
        ...lasting("full", sFull[i]!),
        s[i] ?? 0,
      ]),
      ...kept.map(({lora, full}, i) => [i + 1, step, ...most(lora), ...most(full)]),
    ],
  };
}
