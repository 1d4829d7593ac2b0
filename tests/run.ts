// Runs the project's checks: `npm run quick` while working, `npm test` before a commit, `npm run test:all` before a release.
// A part that fails does not hide the parts after it. The last line sums the tests.
import {spawn} from "node:child_process";
import {mkdirSync, readFileSync, rmSync} from "node:fs";
import {everythingFor, type Part, quick, results, type Stage} from "./parts.ts";

interface Counts {
  passed: number;
  failed: number;
  /** Of those that passed: at the second try only. */
  unsteady: number;
}

/** A busy machine may make one or two tests of hundreds unsteady; more of them are a fault of ours. */
const UNSTEADY = 2;

const total: Counts = {passed: 0, failed: 0, unsteady: 0};
const broken: string[] = [];
const times: string[] = [];

function readReport(report: NonNullable<Part["report"]>): Counts | undefined {
  try {
    const json = JSON.parse(readFileSync(`${results}/${report}.json`, "utf8"));
    if (report !== "browser") return {passed: json.numPassedTests, failed: json.numFailedTests, unsteady: 0};
    const {expected, unexpected, flaky} = json.stats;
    return {passed: expected + flaky, failed: unexpected, unsteady: flaky};
  } catch {
    return undefined;
  }
}

/** Runs a command to its end. What it prints is shown as it comes, or given back where another lane prints too. */
function runCommand({command, env}: Part, isAlone: boolean): Promise<{isWell: boolean; printed: Buffer}> {
  const printed: Buffer[] = [];
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      stdio: isAlone ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      env: {...process.env, ...env},
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes: Buffer) => printed.push(bytes));
    child.on("error", () => resolve({isWell: false, printed: Buffer.concat(printed)}));
    child.on("close", (code) => resolve({isWell: code === 0, printed: Buffer.concat(printed)}));
  });
}

async function runPart(part: Part, isAlone: boolean): Promise<void> {
  const {name, report, needs} = part;
  const title = `\n── ${name} ──\n`;
  if (isAlone) process.stdout.write(title);
  const isHeld = needs !== undefined && broken.includes(needs);
  if (report) rmSync(`${results}/${report}.json`, {force: true});
  const start = performance.now();
  const {isWell, printed} = isHeld
    ? {isWell: false, printed: Buffer.from(`not run: it needs ${needs}\n`)}
    : await runCommand(part, isAlone);
  process.stdout.write(isAlone ? printed : `${title}${printed}`);
  times.push(`${name} ${Math.round((performance.now() - start) / 1000)} s`);

  const counts = report && !isHeld ? readReport(report) : undefined;
  total.passed += counts?.passed ?? 0;
  total.failed += counts?.failed ?? 0;
  total.unsteady += counts?.unsteady ?? 0;
  if (isWell && (counts?.unsteady ?? 0) <= UNSTEADY) return;
  broken.push(name);
  // A part that broke without a failed test (types, lint, build, a crash, a suite that did not load) counts as one failure.
  if (!counts?.failed) total.failed += 1;
}

/** What the command line asks for, and a line that says how much of it runs. */
async function asked([mode, ...names]: readonly string[]): Promise<readonly Stage[]> {
  if (mode === "quick") return quick(names);
  if (names.length || (mode && mode !== "all"))
    throw new Error("run: only `npm run quick` takes the names of parts, as in `npm run quick -- rank`");
  if (mode === "all") process.env.THIRD = "all";
  const {isAll, third} = await import("./third.ts");
  process.stdout.write(
    `${isAll ? "Everything" : `Once everything, and of the large matrix one third: THIRD=${third}`}\n`,
  );
  rmSync(results, {recursive: true, force: true});
  return everythingFor(isAll);
}

const stages = await asked(process.argv.slice(2));
mkdirSync(results, {recursive: true});
for (const stage of stages) {
  const lanes = stage.map(async (lane) => {
    for (const part of lane) await runPart(part, stage.length === 1);
  });
  await Promise.all(lanes);
}

process.stdout.write(`\n${times.join(", ")}\n`);
if (broken.length) process.stdout.write(`\nFailed: ${broken.join(", ")}\n`);
if (total.unsteady) {
  const bar = `passed at the second try only, named above as "flaky"; ${UNSTEADY} at most may`;
  process.stdout.write(`\nUnsteady: ${total.unsteady} ${bar}\n`);
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(broken.length ? 1 : 0);
