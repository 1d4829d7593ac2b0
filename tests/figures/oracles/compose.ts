/** What the compose widget must say: losses of the trained adapters, entry by entry. */
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {
  type ComposeParams,
  type PlainAdapter,
  type PlantedTask,
  tasksOf,
  trainAdapter,
} from "../../../src/figures/compose/model.ts";
import {productOf} from "./exact.ts";
import type {Claims} from "./oracle.ts";
import type {Rows} from "./rows.ts";

const SIDE = 16;
const READ = 8;

/** ½ Σ E[i,j]·S[j,k]·E[i,k] with E = ΔW − ΔW*. */
function lossBy({target, secondMoment}: PlantedTask, delta: Rows): number {
  let sum = 0;
  for (let i = 0; i < SIDE; i++) {
    const error = delta[i]!.map((x, j) => x - target.data[i * SIDE + j]!);
    for (let j = 0; j < SIDE; j++)
      for (let k = 0; k < SIDE; k++) sum += (error[j]! * secondMoment.data[j * SIDE + k]! * error[k]!) / 2;
  }
  return sum;
}

const mixed = (one: Rows, two: Rows, a: number, b: number): Rows =>
  one.map((row, i) => row.map((x, j) => a * x + b * two[i]![j]!));

const plus = (a: Matrix, b: Matrix): Matrix => ({...a, data: a.data.map((x, i) => x + b.data[i]!)});

function together({way, weight}: ComposeParams, one: PlainAdapter, two: PlainAdapter): Rows {
  if (way === "factors") return productOf(plus(one.B, two.B), plus(one.A, two.A));
  const [a, b] = way === "sum" ? [1, 1] : [weight, 1 - weight];
  return mixed(productOf(one.B, one.A), productOf(two.B, two.A), a, b);
}

export function compose(params: ComposeParams): Claims {
  const nothing = Array.from({length: SIDE}, () => new Array<number>(SIDE).fill(0));
  const one = trainAdapter(tasksOf(params, 0)[0], params, 1);
  const course = Array.from({length: READ + 1}, (_, shared) => {
    const tasks = tasksOf(params, shared);
    const two = trainAdapter(tasks[1], params, 2);
    const both = together(params, one, two);
    return {
      own: [lossBy(tasks[0], productOf(one.B, one.A)), lossBy(tasks[1], productOf(two.B, two.A))] as const,
      both: [lossBy(tasks[0], both), lossBy(tasks[1], both)] as const,
      base: [lossBy(tasks[0], nothing), lossBy(tasks[1], nothing)] as const,
    };
  });
  const {own, both, base} = course[params.shared]!;
  const keeps = [0, 1].filter((t) => both[t]! - own[t]! < 0.2 * (base[t]! - own[t]!)).length;
  const weights = params.way === "weighted" ? [params.weight, 1 - params.weight] : [];
  return {
    summary: [params.shared, READ, ...both, ...weights, ...own, ...base],
    readouts: [
      [(100 * params.shared) / READ, params.shared, READ],
      [keeps, 2],
    ],
    caption: [...weights, READ],
    rows: course.map((at, i) => [i, ...at.own, ...at.both, ...at.base]),
  };
}
