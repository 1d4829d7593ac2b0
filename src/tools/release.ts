/**
 * `npm run release -- 0.2.0 URL` makes a version for the site at URL: checks everything, writes the version and the changelogs, builds
 * the site and packs the packages. It publishes nothing and commits nothing.
 */
import {execFileSync} from "node:child_process";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {oldRules} from "../engine/adapters/inspect/loading/rules.ts";

/** Why `next` cannot follow `current`, "" if it can: it is three numbers, and later than `current`. */
export function versionProblem(next: string, current: string): string {
  if (!/^\d+\.\d+\.\d+$/.test(next)) return `A version is three numbers, such as 1.2.0; “${next}” is not.`;
  const isLater = next.localeCompare(current, "en", {numeric: true}) > 0;
  return isLater ? "" : `The version is ${current}; ${next} is not later.`;
}

/** The text of a JSON file whose first `times` entries "version" name `current`, with `next` in their place. Throws where there are fewer. */
export function withVersion(text: string, current: string, next: string, times = 1): string {
  const parts = text.split(`"version": "${current}"`);
  if (parts.length <= times) throw new Error(`expected ${times} × "version": "${current}", got ${parts.length - 1}`);
  const [head, tail] = [parts.slice(0, times + 1), parts.slice(times + 1)];
  return [head.join(`"version": "${next}"`), ...tail].join(`"version": "${current}"`);
}

/**
 * A changelog whose heading "## Next" becomes that of `next`. Without such a heading, a section for `next` above the latest version
 * says that no changes were noted.
 */
export function withRelease(changelog: string, next: string): string {
  if (/^## Next$/m.test(changelog)) return changelog.replace(/^## Next$/m, `## ${next}`);
  if (!/^## /m.test(changelog))
    throw new Error("a changelog has a heading “## ” for each version, and this one has none");
  return changelog.replace(/^## /m, `## ${next}\n\n- No changes noted.\n\n## `);
}

/** The version that the command line asks for. */
interface ReleaseRequest {
  /** The new version. */
  next: string;
  /** Whether the tests have passed for this commit already. */
  isTested: boolean;
  /** The address that the version is for. */
  SITE: string;
  BASE: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Why there is no version, in sentences for whoever gave the command. */
export class ReleaseRefusal extends Error {}

const USAGE =
  "Give the version and the address of the site: npm run release -- 0.2.0 https://example.org/lora/\nAdd --tested if this commit has passed npm run test:all already.";

/** Reads the command line. SITE and BASE of the environment overrule its address. Throws a ReleaseRefusal. */
export function readRequest(args: readonly string[], env: Env): ReleaseRequest {
  const [next, address = "", ...more] = args.filter((arg) => arg !== "--tested");
  if (!next || more.length || [next, address].some((arg) => arg.startsWith("-"))) throw new ReleaseRefusal(USAGE);
  const url = /^https?:/.test(address) && URL.canParse(address) ? new URL(address) : undefined;
  const {SITE = url?.origin, BASE = env.SITE ? "/" : url?.pathname.replace(/\/*$/, "/")} = env;
  if (!SITE || !BASE)
    throw new ReleaseRefusal(
      "The site and its packages contain the site’s address, so give it: npm run release -- 0.2.0 https://example.org/lora/",
    );
  return {next, isTested: args.includes("--tested"), SITE, BASE};
}

const read = (root: string, path: string) => readFileSync(join(root, path), "utf8");
const versionOf = (root: string): string => JSON.parse(read(root, "package.json")).version;
const git = (root: string, ...args: string[]) => execFileSync("git", args, {cwd: root, encoding: "utf8"}).trimEnd();

/** Throws a ReleaseRefusal that says why this version cannot be made, before the tests, which take long. */
export function checkRelease(root: string, {next}: ReleaseRequest, today = new Date()): void {
  const oldRulesText = oldRules(today);
  if (oldRulesText)
    throw new ReleaseRefusal(
      `${oldRulesText}. Compare src/engine/adapters/inspect/loading/rules.ts with PEFT, vLLM and llama.cpp, and set READ_ON.`,
    );
  const [current, uncommittedFiles] = [versionOf(root), git(root, "status", "--porcelain")];
  if (uncommittedFiles && next === current)
    throw new ReleaseRefusal(
      `An earlier run made version ${next}, and it is not committed. To make it again, first undo it: git checkout .`,
    );
  const problem = versionProblem(next, current);
  if (problem) throw new ReleaseRefusal(problem);
  if (uncommittedFiles)
    throw new ReleaseRefusal(
      `A version is made from what is committed, and these files differ from the last commit:\n${uncommittedFiles}`,
    );
  if (git(root, "tag", "--list", `v${next}`)) throw new ReleaseRefusal(`There is a tag v${next} already.`);
}

/** The files that name the version, and how the text of each one changes. */
const changes: Readonly<Record<string, (text: string, current: string, next: string) => string>> = {
  "package.json": withVersion,
  // npm writes the version twice, for the folder and for the package in it.
  "package-lock.json": (text, current, next) => withVersion(text, current, next, 2),
  "content/site.json": withVersion,
  "src/engine/CHANGELOG.md": (text, _, next) => withRelease(text, next),
  "src/embed/packages/element/CHANGELOG.md": (text, _, next) => withRelease(text, next),
};

function runScript(root: string, script: string, env: Env) {
  const isWindows = process.platform === "win32";
  const options = {cwd: root, stdio: "inherit", shell: isWindows, env: {...process.env, ...env}} as const;
  execFileSync(isWindows ? "npm.cmd" : "npm", ["run", script], options);
}

/**
 * Writes the version into a project without uncommitted changes, then tests, builds and packs it. If a step fails, the files become
 * what they were, and a ReleaseRefusal says how to go on.
 */
export function makeVersion(root: string, {next, isTested, SITE, BASE}: ReleaseRequest): void {
  const current = versionOf(root);
  const changedFiles = Object.entries(changes).map(([path, change]) => [path, change(read(root, path), current, next)]);
  for (const [path, text] of changedFiles) writeFileSync(join(root, path!), text!);
  const steps: [script: string, env: Env][] = [
    ["build", {SITE, BASE}],
    ["packages", {SITE, BASE}],
  ];
  // The tests build the site for addresses of their own.
  if (!isTested) steps.unshift(["test:all", {SITE: undefined, BASE: undefined}]);
  for (const [script, env] of steps)
    try {
      runScript(root, script, env);
    } catch {
      git(root, "checkout", "--", ...Object.keys(changes));
      const hint =
        isTested || script === "test:all" ? "" : " The tests have passed: if you change nothing, add --tested.";
      throw new ReleaseRefusal(
        `Version ${next} was not made: npm run ${script} did not succeed, and its output is above. The files are back as they were. Fix it, commit the fix, and run the release again.${hint}`,
      );
    }
}

/** What is left to do once the version is there. */
export const nextSteps = ({next, SITE, BASE}: ReleaseRequest): string => `
Version ${next} is in dist/ and dist-packages/. What is left to do by hand:
  git commit -am "Version ${next}" && git tag v${next}
  upload dist/ to ${SITE}${BASE}, and ask it what deploy/README.md asks under "Did it work?"
  npm publish dist-packages/lora-live-${next}.tgz, and the same for lora-widget
  the first time, change src/pages/engine.astro and content/embedding/developers.mdx, which say that the packages are not on npm
To undo it all instead: git checkout .
`;

if (import.meta.main) {
  const root = join(import.meta.dirname, "../..");
  try {
    const request = readRequest(process.argv.slice(2), process.env);
    checkRelease(root, request);
    makeVersion(root, request);
    process.stdout.write(nextSteps(request));
  } catch (error) {
    if (!(error instanceof ReleaseRefusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
