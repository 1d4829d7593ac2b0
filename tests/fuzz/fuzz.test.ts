/**
 * Hostile text for every reader of outside input. `npm test` gives each the same few cases, `npm run fuzz` many others every
 * time: `npm run fuzz -- -t message` for one reader; COUNT, SEED and CASE say how many, of which seed, and one alone.
 */
import {randomInt} from "node:crypto";
import {mkdirSync, writeFileSync} from "node:fs";
import {expect, test} from "vitest";
import {randomOf} from "./mutate.ts";
import {readers} from "./readers.ts";

const isFuzz = process.env.npm_lifecycle_event === "fuzz";
const {COUNT = isFuzz ? 20_000 : 300, SEED = isFuzz ? randomInt(2 ** 31) : 1, CASE} = process.env;
const [first, end] = CASE === undefined ? [0, Number(COUNT)] : [Number(CASE), Number(CASE) + 1];

/** Milliseconds of the processor for which a page may hear nothing. */
const MAX_WORK = 1000;
/** Failures of one reader that are told; a flaw that is everywhere need not be told ten thousand times. */
const MAX_FAILURES = 5;

/** The case that is being read, in case that never ends. */
const caseFile = new URL("../results/fuzz-case.txt", import.meta.url);
if (isFuzz) mkdirSync(new URL(".", caseFile), {recursive: true});

/** The result of f, and how long it took the processor; waiting for other programs does not count. */
function timed<T>(f: () => T): {result: T; work: number} {
  const before = process.threadCpuUsage();
  const result = f();
  const {user, system} = process.threadCpuUsage(before);
  return {result, work: (user + system) / 1000};
}

test.each(Object.entries(readers))(
  "%s: whatever it is given, it answers or refuses in words, quickly",
  async (name, load) => {
    const {make, read, write = (input) => JSON.stringify(input) ?? String(input)} = await load();
    const failures: string[] = [];
    for (let n = first; n < end && failures.length < MAX_FAILURES; n++) {
      const input = make(randomOf(Number(SEED), n));
      const place = `SEED=${SEED} CASE=${n} npm run fuzz -- -t ${name}: ${write(input).slice(0, 400)}`;
      if (isFuzz) writeFileSync(caseFile, place);
      try {
        const {result: problemsOf, work} = timed(() => read(input));
        // The first try also loads and compiles, and a busy machine may take longer once.
        const isSlow = work > MAX_WORK && [1, 2].every(() => timed(() => read(input)).work > MAX_WORK);
        const problems = [
          ...problemsOf(),
          ...(isSlow ? [`hears nothing for ${(work / 1000).toFixed(1)} s`] : []),
          ...("polluted" in {} ? ["every object has got a property"] : []),
        ];
        failures.push(...problems.map((problem) => `${problem.slice(0, 600)}\n  ${place}`));
      } catch (error) {
        failures.push(`threw ${(error as Error).stack?.split("\n").slice(0, 3).join(" ")}\n  ${place}`);
      }
    }
    expect(failures).toEqual([]);
  },
  0,
);
