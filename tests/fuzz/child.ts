/** One subject in a process of its own, so that its heap is its own and it can be ended: `run.ts` starts it. */
import {setImmediate} from "node:timers/promises";
import {type Failure, GROWTH, type Said} from "./report.ts";
import {HANG, stopwatch} from "./stopwatch.ts";
import {subjectNamed} from "./subjects.ts";

const [name = "", from = "0", to = "0", seed = "0", minutes = "0"] = process.argv.slice(2);

const say = (said: Said) => void process.send!(said);
let heard = 0;
const beat = () => {
  const now = performance.now();
  if (now - heard > 500) say({beat: true});
  if (now - heard > 500) heard = now;
};

/** What is in use, garbage aside: JavaScript's own, and the buffers beside it. */
function inUse(): number {
  globalThis.gc!();
  const {heapUsed, external} = process.memoryUsage();
  return heapUsed + external;
}

/** Failures told of one subject; a flaw that is everywhere need not be told ten thousand times. */
const MOST = 5;
const told = new Set<string>();
/** One that says the same of other numbers is the same one. */
const kindOf = (problem: string) => problem.replace(/[\d.,−-]+/g, "0").slice(0, 60);
function tell(failure: Failure) {
  if (told.size >= MOST || told.has(kindOf(failure.problem))) return;
  told.add(kindOf(failure.problem));
  say({failure: {...failure, problem: failure.problem.slice(0, 600)}});
}

const subject = await subjectNamed(name, Number(seed));
const [first, end] = [Number(from), Number(to)];
const until = performance.now() + Number(minutes) * 60_000;

/** The problems of a case and its longest piece of work, in milliseconds. */
async function once(n: number): Promise<{problems: string[]; slowest: number}> {
  const watch = stopwatch(beat);
  try {
    const problems = await subject.check(n, watch);
    return {problems, slowest: watch.slowest};
  } catch (error) {
    const {stack} = error as Error;
    return {problems: [`threw ${stack?.split("\n").slice(0, 3).join(" ") ?? error}`], slowest: watch.slowest};
  }
}

/** Of three tries the least is the work: the first also loads and compiles. */
async function checked(n: number) {
  const result = await once(n);
  for (let i = 0; i < 2 && result.slowest > HANG; i++) {
    subject.forget?.();
    result.slowest = Math.min(result.slowest, (await once(n)).slowest);
  }
  return result;
}

/** Cases after which all that is loaded once is loaded. */
const WARM = 100;
const every = Math.max(WARM, Math.ceil((end - first) / 40));
let [cases, slowest, slowestAt, heap] = [0, 0, 0, 0];
let baseline: number | undefined;
for (let n = first; n < end && performance.now() < until; n++) {
  const where = subject.describe(n);
  say({at: n, where: where.slice(0, 4000)});
  await subject.ready?.(n);
  const result = await checked(n);
  cases++;
  if (result.slowest > slowest) [slowest, slowestAt] = [result.slowest, n];
  if (result.slowest > HANG)
    tell({n, where, problem: `hears nothing for ${(result.slowest / 1000).toFixed(1)} s; at most 1 s was due`});
  for (const problem of result.problems) tell({n, where, problem});
  if (cases % every === 0) {
    subject.forget?.();
    const now = inUse();
    baseline ??= now;
    heap = Math.max(heap, now - baseline);
    if (heap > GROWTH)
      tell({
        n,
        where,
        problem: `the heap has grown by ${heap >> 20} MiB since the first cases; ${GROWTH >> 20} were due`,
      });
  }
  // Messages leave, and what waits for its turn has it.
  await setImmediate();
}
// What waits to be sent on a busy machine leaves first.
const last: Said = {done: {cases, slowest, slowestAt, heap}};
process.send!(last, () => process.disconnect!());
