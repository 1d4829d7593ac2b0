// Hostile text for every reader of outside input, anew in each run: `npm run fuzz`. Random states of figures are the promises'.
import {fork} from "node:child_process";
import {randomInt} from "node:crypto";
import {parseArgs} from "node:util";
import "./hooks.ts";
import type {Failure, Said} from "./child.ts";

const {readers} = await import("./readers.ts");

/** Seconds without a sign of life after which a case counts as hung. */
const PATIENCE = 30;

const usage = `npm run fuzz -- [names] [--count N] [--seed N] [--case N] [--minutes N]
names: readers, all without any. --count: cases of each (100000). --case: that one alone.
--minutes: for each at most; it says how many cases it did.
`;

function askedFor(args: readonly string[]) {
  const text = {type: "string"} as const;
  const {values, positionals} = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {count: text, seed: text, case: text, minutes: text},
  });
  const whole = (name: keyof typeof values, otherwise: number): number => {
    const value = Number(values[name] ?? otherwise);
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} is ${values[name]}; a whole number was due`);
    return value;
  };
  const names = positionals.length ? positionals : Object.keys(readers);
  const unknown = names.find((name) => !Object.hasOwn(readers, name));
  if (unknown) throw new Error(`${unknown} is no reader; there are ${Object.keys(readers).join(", ")}`);
  const only = values.case === undefined ? undefined : whole("case", 0);
  return {
    names,
    only,
    count: whole("count", 100_000),
    seed: whole("seed", randomInt(2 ** 31)),
    minutes: whole("minutes", 600),
  };
}

const asked = (() => {
  try {
    return askedFor(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
})();
const {names, count, seed, only, minutes} = asked;

/** Cases of a reader in a process of its own, which is ended when it gives no sign of life. */
function fuzzed(
  name: string,
  first: number,
  end: number,
): Promise<{failures: Failure[]; cases: number; slowest: number}> {
  const failures: Failure[] = [];
  let [at, cases, slowest] = [{n: first, where: ""}, 0, 0];
  let timer: NodeJS.Timeout | undefined;
  const folder = import.meta.dirname;
  const child = fork(`${folder}/child.ts`, [name, first, end, seed, minutes].map(String), {
    execArgv: ["--max-old-space-size=1024", "--import", `${folder}/hooks.ts`],
  });
  child.on("message", (said: Said) => {
    if ("problem" in said) failures.push(said);
    else if ("where" in said) at = said;
    else if ("slowest" in said) ({cases, slowest} = said);
    clearTimeout(timer);
    timer = setTimeout(() => {
      failures.push({...at, problem: `gave no sign of life for ${PATIENCE} s and was ended`});
      child.kill("SIGKILL");
    }, PATIENCE * 1000);
  });
  return new Promise((resolve) =>
    child.on("close", (code) => {
      clearTimeout(timer);
      if (code) failures.push({...at, problem: `the process ended (${code})`});
      resolve({failures, cases, slowest});
    }),
  );
}

process.stdout.write(`seed ${seed}; a piece of work may take 1 s of the processor\n\n`);
const wide = Math.max(...names.map(({length}) => length));
let broken = 0;
for (const name of names) {
  const {failures, cases, slowest} = await fuzzed(name, only ?? 0, only === undefined ? count : only + 1);
  process.stdout.write(
    `${name.padEnd(wide)} ${String(cases).padStart(8)} cases, the slowest ${Math.round(slowest)} ms\n`,
  );
  for (const {n, where, problem} of failures)
    process.stdout.write(`  ${problem}\n    at ${where}\n    npm run fuzz -- ${name} --seed ${seed} --case ${n}\n`);
  broken += failures.length;
}
process.stdout.write(broken ? `\n${broken} failed\n` : "\nnothing failed\n");
process.exit(broken ? 1 : 0);
