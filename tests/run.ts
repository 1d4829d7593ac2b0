// Everything `npm test` checks, in order. A part that fails does not hide the parts after it; the last line sums the tests.
import {type StdioOptions, spawnSync} from "node:child_process";
import {mkdirSync, readFileSync, rmSync} from "node:fs";

const results = "tests/results";
const vitest = (report: string, ...rest: string[]) =>
  `vitest run --config tests/vitest.config.ts --reporter=default --reporter=json --outputFile.json=${results}/${report}.json ${rest.join(" ")}`;

/** Tests of the built site, which need no browser. */
const built = ["budget", "cards", "head", "searchSite", "sheets"].map((name) => `tests/${name}.test.ts`);

/** Tests of the built site in Firefox and WebKit, as far as they are here. */
const smoke = "'tests/smoke/**'";

interface Part {
  name: string;
  command: string;
  env?: Record<string, string>;
  /** Where the runner writes its counts, for parts made of tests. */
  report?: "unit" | "budget" | "smoke" | "browser";
  /** The part this one is of no use without. */
  needs?: string;
}

const parts: readonly Part[] = [
  {name: "types", command: "astro check --minimumFailingSeverity hint"},
  {name: "lint", command: "biome check --error-on-warnings --config-path=tests/lint.json"},
  {name: "unit", command: vitest("unit", ...[...built, smoke].map((file) => `--exclude ${file}`)), report: "unit"},
  {name: "build", command: "astro build"},
  {name: "build with the test widget", command: `astro build --outDir ${results}/probe`, env: {PROBE: "1"}},
  {
    name: "build for another base",
    command: `astro build --outDir ${results}/base`,
    env: {BASE: "/a/b/", ONLY_PAGES: "1"},
  },
  {name: "built site", command: vitest("budget", ...built), report: "budget", needs: "build"},
  {name: "other browsers", command: vitest("smoke", "tests/smoke"), report: "smoke", needs: "build"},
  {name: "browser", command: "playwright test --config tests/playwright.config.ts", report: "browser", needs: "build"},
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

for (const {name, command, env, report, needs} of parts) {
  process.stdout.write(`\n── ${name} ──\n`);
  const held = needs !== undefined && broken.includes(needs);
  const stdio: StdioOptions = ["ignore", "inherit", "inherit"];
  const ranWell = !held && spawnSync(command, {shell: true, stdio, env: {...process.env, ...env}}).status === 0;
  if (held) process.stdout.write(`not run: it needs ${needs}\n`);
  const counts = report && !held ? readReport(report) : undefined;
  total.passed += counts?.passed ?? 0;
  total.failed += counts?.failed ?? 0;
  total.unsteady += counts?.unsteady ?? 0;
  if (ranWell && (counts?.unsteady ?? 0) <= UNSTEADY) continue;
  broken.push(name);
  // A part that broke without a failed test (types, lint, build, a crash, a suite that did not load) counts as one failure.
  if (!counts?.failed) total.failed += 1;
}

if (broken.length) process.stdout.write(`\nFailed: ${broken.join(", ")}\n`);
if (total.unsteady) {
  const bar = `passed at the second try only, named above as "flaky"; ${UNSTEADY} at most may`;
  process.stdout.write(`\nUnsteady: ${total.unsteady} ${bar}\n`);
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(broken.length ? 1 : 0);
