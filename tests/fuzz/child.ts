/** One reader in a process of its own, so that it can be ended: `run.ts` starts it. */
import {setImmediate} from "node:timers/promises";
import {readers} from "./readers.ts";
import {HANG, stopwatch} from "./stopwatch.ts";

export interface Failure {
  n: number;
  where: string;
  problem: string;
}
/** What is said to the command: where the nth case stands, in case it never ends; a sign of life; a failure; and the sum. */
export type Said = Omit<Failure, "problem"> | Failure | {beat: true} | {cases: number; slowest: number};

const [name = "", from = "0", to = "0", seed = "0", minutes = "0"] = process.argv.slice(2);

const say = (said: Said) => void process.send!(said);
let heard = 0;
const beat = () => {
  const now = performance.now();
  if (now - heard < 500) return;
  say({beat: true});
  heard = now;
};

/** Failures told of one reader; a flaw that is everywhere need not be told ten thousand times. */
const MOST = 5;
const told = new Set<string>();
/** One that says the same of other numbers is the same one. */
const kindOf = (problem: string) => problem.replace(/[\d.,−-]+/g, "0").slice(0, 60);
function tell(failure: Failure) {
  if (told.size >= MOST || told.has(kindOf(failure.problem))) return;
  told.add(kindOf(failure.problem));
  say({...failure, problem: failure.problem.slice(0, 600)});
}

const subject = await readers[name]!(Number(seed));

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
  for (let i = 0; i < 2 && result.slowest > HANG; i++)
    result.slowest = Math.min(result.slowest, (await once(n)).slowest);
  return result;
}

const until = performance.now() + Number(minutes) * 60_000;
let [cases, slowest] = [0, 0];
for (let n = Number(from); n < Number(to) && performance.now() < until; n++) {
  const where = subject.describe(n).slice(0, 4000);
  say({n, where});
  const result = await checked(n);
  cases++;
  slowest = Math.max(slowest, result.slowest);
  if (result.slowest > HANG)
    tell({n, where, problem: `hears nothing for ${(result.slowest / 1000).toFixed(1)} s; at most 1 s was due`});
  for (const problem of result.problems) tell({n, where, problem});
  // Messages leave, and what waits for its turn has it.
  await setImmediate();
}
// What waits to be sent on a busy machine leaves first.
process.send!({cases, slowest} satisfies Said, () => process.disconnect!());
