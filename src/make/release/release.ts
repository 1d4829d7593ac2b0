// `npm run release -- 0.2.0 [URL]` makes a version: checks everything, writes the version and the changelogs, builds the site with
// what the copy at URL still needs, and packs the packages. It publishes nothing and commits nothing.
import {execFileSync} from "node:child_process";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import manifest from "../../../package.json" with {type: "json"};
import {versionProblem, withRelease, withVersion} from "./newVersion.ts";

const root = new URL("../../..", import.meta.url).pathname;
const {version: current} = manifest;
const [next = "", host, ...more] = process.argv.slice(2);

/** Says why there is no version, and ends. */
function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

const git = (...args: string[]) => execFileSync("git", args, {cwd: root, encoding: "utf8"}).trim();

function npm(args: readonly string[], env = process.env) {
  const isWindows = process.platform === "win32";
  execFileSync(isWindows ? "npm.cmd" : "npm", args, {cwd: root, stdio: "inherit", shell: isWindows, env});
}

function rewrite(path: string, change: (text: string) => string) {
  const file = join(root, path);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

if (next === "" || more.length)
  refuse(
    "Say the version, and where the site is if it is somewhere: npm run release -- 0.2.0 https://example.org/lora/",
  );
const problem = versionProblem(next, current);
if (problem) refuse(problem);
if (!process.env.SITE)
  refuse(
    "SITE is not set. The packages and the site name the address they are for: SITE=https://example.org BASE=/lora/ npm run release -- …",
  );
const changed = git("status", "--porcelain");
if (changed) refuse(`These files differ from the last commit; a version is made of what is committed:\n${changed}`);

// The tests build the site for addresses of their own.
npm(["test"], {...process.env, SITE: undefined, BASE: undefined});
rewrite("package.json", (text) => withVersion(text, current, next));
// npm writes the version twice, for the folder and for the package in it.
rewrite("package-lock.json", (text) => withVersion(text, current, next, 2));
rewrite("content/site.json", (text) => withVersion(text, current, next));
for (const path of ["src/engine/CHANGELOG.md", "src/make/packages/element/CHANGELOG.md"])
  rewrite(path, (text) => withRelease(text, next));
npm(["run", "build"]);
if (host) npm(["run", "keep", "--", host]);
npm(["run", "packages"]);
process.stdout.write(`
Version ${next} is in dist/ and dist-packages/. What is left to do by hand:
  git commit -am "Version ${next}" && git tag v${next}
  upload dist/, then npm run doctor -- ${host ?? "URL"}
  npm publish dist-packages/lora-live-${next}.tgz, and the same for lora-widget
${host ? "" : "Where a site is deployed already, run npm run keep -- URL before the upload.\n"}To take it all back instead: git checkout .
`);
