// Random states for every widget and hostile text for every reader of outside input, anew in each run: `npm run fuzz`.
import {fork} from "node:child_process";
import {join} from "node:path";
import "./hooks.ts";
import {type Asked, askedFor, usage} from "./asked.ts";
import {type Done, type Failure, GROWTH, HEAP_LIMIT, type Said} from "./report.ts";

const {isWidgetName, widgetNames} = await import("../../src/widgets/registry.ts");
const {readers} = await import("./readers.ts");
const folder = new URL(".", import.meta.url).pathname;

/** Cases of a reader, which are quick, for each of a widget; and states of a widget for each visit to its page. */
const OF_A_READER = 10;
const OF_A_PAGE = 50;

interface Outcome {
  done: Done;
  failures: Failure[];
}

/** A subject in a process of its own, which is ended when it gives no sign of life. */
function fuzzed(name: string, first: number, end: number, {seed, minutes, patience}: Asked): Promise<Outcome> {
  const failures: Failure[] = [];
  let at: {at: number; where: string} | undefined;
  let done: Done | undefined;
  let timer: NodeJS.Timeout | undefined;
  let errors = "";
  const child = fork(join(folder, "child.ts"), [name, first, end, seed, minutes].map(String), {
    execArgv: ["--expose-gc", `--max-old-space-size=${HEAP_LIMIT}`, "--import", join(folder, "hooks.ts")],
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  child.stderr!.on("data", (text) => {
    errors = `${errors}${text}`.slice(-4000);
  });
  const fail = (problem: string) => failures.push({n: at?.at ?? first, where: at?.where ?? "", problem});
  child.on("message", (said: Said) => {
    if ("failure" in said) failures.push(said.failure);
    if ("done" in said) done = said.done;
    if ("at" in said) at = said;
    clearTimeout(timer);
    if (done || !at) return;
    timer = setTimeout(() => {
      fail(`gave no sign of life for ${patience} s and was ended`);
      child.kill("SIGKILL");
    }, patience * 1000);
  });
  return new Promise((resolve) =>
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (!done && !failures.some(({problem}) => problem.includes("was ended")))
        fail(`the process ended (${signal ?? code}): ${errors.trim().split("\n").slice(-12).join("\n    ")}`);
      const cases = done?.cases ?? (at ? at.at - first + 1 : 0);
      resolve({done: done ?? {cases, slowest: 0, slowestAt: 0, heap: 0}, failures});
    }),
  );
}

const asked = (() => {
  try {
    return askedFor(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
})();
const {count, seed, only} = asked;
const groups: Readonly<Record<string, readonly string[]>> = {widgets: widgetNames, readers: Object.keys(readers)};
const names = asked.names.flatMap((name) => groups[name] ?? [name]);
const wide = Math.max(...names.map(({length}) => length));

process.stdout.write(
  `seed ${seed}; a piece of work may take 1 s of the processor, the heap may grow by ${GROWTH >> 20} MiB\n\n`,
);
process.stdout.write(`${"".padEnd(wide)}   cases  slowest  in case      heap\n`);
let broken = 0;
function tell(name: string, {done, failures}: Outcome) {
  const line = [
    name.padEnd(wide),
    done.cases.toLocaleString("en-US").padStart(8),
    `${Math.round(done.slowest)} ms`.padStart(9),
    String(done.slowestAt).padStart(9),
    `${(done.heap / 2 ** 20).toFixed(1)} MiB`.padStart(10),
  ];
  process.stdout.write(`${line.join("")}${failures.length ? "  FAILED" : ""}\n`);
  for (const {n, where, problem} of failures)
    process.stdout.write(`  ${problem}\n    at ${where}\n    npm run fuzz -- ${name} --seed ${seed} --case ${n}\n`);
  broken += failures.length;
}
const casesOf = (total: number): [first: number, end: number] => (only === undefined ? [0, total] : [only, only + 1]);

for (const name of names) {
  const [group, one = name] = name.split("/");
  if (group === "pages") {
    const {pages} = await import("./pages.ts");
    const [first, end] = casesOf(Math.ceil(count / OF_A_PAGE));
    const cases = Array.from({length: end - first}, (_, i) => first + i);
    await pages(isWidgetName(one) ? [one] : widgetNames, cases, seed, tell);
  } else {
    const [first, end] = casesOf(Object.hasOwn(readers, name) ? OF_A_READER * count : count);
    tell(name, await fuzzed(name, first, end, asked));
  }
}
process.stdout.write(broken ? `\n${broken} failed\n` : "\nnothing failed\n");
process.exit(broken ? 1 : 0);
