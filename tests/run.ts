// Everything `npm test` checks, in order. A part that fails does not hide the parts after it; the last line sums the tests.
import {spawn} from "node:child_process";
import {mkdirSync, readFileSync, rmSync} from "node:fs";

const results = "tests/results";
const vitest = (report: string, ...rest: string[]) =>
  `vitest run --config tests/vitest.config.ts --reporter=default --reporter=json --outputFile.json=${results}/${report}.json ${rest.join(" ")}`;

/** Tests that set nothing that others see: their files share a process, and what it has loaded. */
const pure = ["content", "engine", "figures", "styles"].map((folder) => `tests/${folder}`);

/** Tests of the built site, which need no browser. */
const built = ["budget", "cards", "head", "searchSite", "sheets"].map((name) => `tests/${name}.test.ts`);

const under = (folder: string) => `'${folder}/**'`;
const without = (...files: string[]) => files.map((file) => `--exclude ${file}`);

/** Tests of the built site in Firefox and WebKit, as far as they are here. */
const smoke = under("tests/smoke");

interface Part {
  name: string;
  command: string;
  env?: Record<string, string>;
  /** Where the runner writes its counts, for parts made of tests. */
  report?: "pure" | "unit" | "budget" | "smoke" | "browser";
  /** The part this one is of no use without. */
  needs?: string;
}

type Lane = readonly Part[];

/**
 * One after another; the lanes of one go side by side. Those have no clock to keep and take a core each: the check of types
 * only reads what `sync` and the builds write alike, and the builds, which write it, keep to one lane.
 */
const stages: readonly (readonly Lane[])[] = [
  [[{name: "sync", command: "astro sync"}]],
  [
    [
      {name: "types", command: "astro check --noSync --minimumFailingSeverity hint"},
      {name: "lint", command: "biome check --error-on-warnings --config-path=tests/lint.json"},
    ],
    [
      {name: "build", command: "astro build"},
      {name: "build with the test widget", command: `astro build --outDir ${results}/probe`, env: {PROBE: "1"}},
      {
        name: "build for another base",
        command: `astro build --outDir ${results}/base`,
        env: {BASE: "/a/b/", ONLY_PAGES: "1"},
      },
    ],
  ],
  [[{name: "pure units", command: vitest("pure", "--no-isolate", ...pure), report: "pure"}]],
  [[{name: "unit", command: vitest("unit", ...without(...built, smoke, ...pure.map(under))), report: "unit"}]],
  [[{name: "built site", command: vitest("budget", ...built), report: "budget", needs: "build"}]],
  [[{name: "other browsers", command: vitest("smoke", "tests/smoke"), report: "smoke", needs: "build"}]],
  [
    [
      {
        name: "browser",
        command: "playwright test --config tests/playwright.config.ts",
        report: "browser",
        needs: "build",
      },
    ],
  ],
];

interface Counts {
  passed: number;
  failed: number;
  /** Of those that passed: at the second try only. */
  unsteady: number;
}

/** A busy machine may make one or two tests of hundreds unsteady; more of them are a fault of ours. */
const UNSTEADY = 2;

const readReport = (report: NonNullable<Part["report"]>): Counts | undefined => {
  try {
    const json = JSON.parse(readFileSync(`${results}/${report}.json`, "utf8"));
    if (report !== "browser") return {passed: json.numPassedTests, failed: json.numFailedTests, unsteady: 0};
    const {expected, unexpected, flaky} = json.stats;
    return {passed: expected + flaky, failed: unexpected, unsteady: flaky};
  } catch {
    return undefined;
  }
};

rmSync(results, {recursive: true, force: true});
mkdirSync(results, {recursive: true});
const total: Counts = {passed: 0, failed: 0, unsteady: 0};
const broken: string[] = [];

/** Runs a part to its end, and gives whether it did so well. What it prints goes to `say`, or straight on without one. */
const ran = ({command, env}: Part, say?: (text: string) => void): Promise<boolean> =>
  new Promise((resolve) => {
    const out = say ? "pipe" : "inherit";
    const child = spawn(command, {shell: true, stdio: ["ignore", out, out], env: {...process.env, ...env}});
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text) => say?.(text));
    child.on("error", () => resolve(false)).on("close", (status) => resolve(status === 0));
  });

function count({name, report}: Part, ranWell: boolean): void {
  const counts = report && readReport(report);
  total.passed += counts?.passed ?? 0;
  total.failed += counts?.failed ?? 0;
  total.unsteady += counts?.unsteady ?? 0;
  if (ranWell && (counts?.unsteady ?? 0) <= UNSTEADY) return;
  broken.push(name);
  // A part that broke without a failed test (types, lint, build, a crash, a suite that did not load) counts as one failure.
  if (!counts?.failed) total.failed += 1;
}

async function runPart(part: Part, say?: (text: string) => void): Promise<void> {
  const {name, needs} = part;
  const tell = say ?? ((text: string) => void process.stdout.write(text));
  tell(`\n── ${name} ──\n`);
  if (!needs || !broken.includes(needs)) return count(part, await ran(part, say));
  tell(`not run: it needs ${needs}\n`);
  broken.push(name);
  total.failed += 1;
}

/** The lanes of a stage at once. The first that has not ended is heard as it goes on, the others wait their turn. */
async function runStage(lanes: readonly Lane[]): Promise<void> {
  const waiting = lanes.map((): string[] => []);
  let heard = 0;
  const going = lanes.map(async (lane, i) => {
    const say = (text: string) => void (i === heard ? process.stdout.write(text) : waiting[i]?.push(text));
    for (const part of lane) await runPart(part, lanes.length > 1 ? say : undefined);
  });
  for (const lane of going) {
    await lane;
    heard++;
    for (const text of waiting[heard]?.splice(0) ?? []) process.stdout.write(text);
  }
}

for (const lanes of stages) await runStage(lanes);

if (broken.length) process.stdout.write(`\nFailed: ${broken.join(", ")}\n`);
if (total.unsteady) {
  const bar = `passed at the second try only, named above as "flaky"; ${UNSTEADY} at most may`;
  process.stdout.write(`\nUnsteady: ${total.unsteady} ${bar}\n`);
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(broken.length ? 1 : 0);
