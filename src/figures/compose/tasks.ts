import {add, type Matrix, matmul, matmulTA, matmulTB, scale, subtract, zeros} from "../../engine/linalg/matrix.ts";
import {qr} from "../../engine/linalg/qr.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {initLora} from "../../engine/lora/lora.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {cosineDecay} from "../../engine/training/schedule.ts";
import {train} from "../../engine/training/train.ts";
import {COMPOSE_SIDE, type ComposeSettings, READ} from "./controls.ts";

const STEPS = 120;
const RATE = 0.05;
/** Added to the seed, once or twice, for the draw of each adapter's A. */
const DRAWS = 100;

/** The target ΔW* (16,16) of a task as `star`, and the mean x·xᵀ of its inputs as `spread`. */
export interface PlantedTask {
  star: Matrix;
  spread: Matrix;
}

/** An adapter with α/r = 1, so ΔW = B·A. A is (r,16), B is (16,r). */
export interface PlainAdapter {
  A: Matrix;
  B: Matrix;
}

/** The columns of `from` (16,n) with these indices. */
function columns(from: Matrix, which: readonly number[]): Matrix {
  const all = zeros(from.rows, which.length);
  for (let i = 0; i < all.data.length; i++)
    all.data[i] = from.data[Math.floor(i / which.length) * from.cols + which[i % which.length]];
  return all;
}

/**
 * Two tasks with eight input directions each, the first `shared` of them in common. Task t maps its direction uⱼ to column j
 * of P_t, so ΔW_t* = P_t·U_tᵀ. Inputs also stray a little into the other directions, where nothing should change.
 */
export function tasksOf({agree, stray, seed}: ComposeSettings, shared: number): readonly [PlantedTask, PlantedTask] {
  const random = mulberry32(seed);
  const {q} = qr(randn(COMPOSE_SIDE, COMPOSE_SIDE, random));
  const answer = () => scale(randn(COMPOSE_SIDE, READ, random), 0.5);
  const [first, second] = [answer(), answer()];
  const own = Array.from({length: READ}, (_, j) => j);
  const other = own.map((j) => (j < shared ? j : READ + j));
  const little = Number(stray) ** 2;
  const task = (P: Matrix, which: readonly number[]): PlantedTask => {
    const U = columns(q, which);
    const even = zeros(COMPOSE_SIDE, COMPOSE_SIDE);
    for (let i = 0; i < COMPOSE_SIDE; i++) even.data[i * COMPOSE_SIDE + i] = little;
    return {star: matmulTB(P, U), spread: add(scale(matmulTB(U, U), 1 - little), even)};
  };
  return [task(first, own), task(agree === "same" ? first : second, other)];
}

/** The mean loss over the inputs of a task: ½·tr((ΔW − ΔW*)·spread·(ΔW − ΔW*)ᵀ). */
export function taskLoss({star, spread}: PlantedTask, delta: Matrix): number {
  const error = subtract(delta, star);
  const seen = matmul(error, spread);
  return error.data.reduce((sum, x, i) => sum + x * seen.data[i], 0) / 2;
}

/** An adapter trained on one task alone, starting from random A and zero B. */
export function trainedAdapter(task: PlantedTask, {r, seed}: ComposeSettings, which: number): PlainAdapter {
  const params = allocate([
    ["A", r, COMPOSE_SIDE],
    ["B", COMPOSE_SIDE, r],
  ]);
  const {A, B} = params.views;
  A.data.set(initLora({d: COMPOSE_SIDE, k: COMPOSE_SIDE, r, alpha: r}, mulberry32(seed + DRAWS * which)).A.data);
  const loss = ({views}: typeof params) => {
    const delta = matmul(B, A);
    const g = matmul(subtract(delta, task.star), task.spread);
    views.B.data.set(matmulTB(g, A).data);
    views.A.data.set(matmulTA(B, g).data);
    return taskLoss(task, delta);
  };
  const run = train(
    {params, scaling: 1, loss},
    {optimizer: adamw, rate: RATE, steps: STEPS, weightDecay: 0, schedule: cosineDecay(1, 0)},
  );
  for (const _ of run);
  return {A, B};
}
