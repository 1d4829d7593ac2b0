import {execFileSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {MAX_RULE_DAYS, READ_ON} from "../../src/engine/adapters/inspect/loading/rules.ts";
import {checkRelease, makeVersion, nextSteps, readRequest} from "../../src/tools/release.ts";

/** A project whose scripts write down how they were called. The script that `breaks` names, if there is one, ends badly. */
const step = `import {appendFileSync, existsSync, readFileSync} from "node:fs";
const [name, ...args] = process.argv.slice(2);
const {version} = JSON.parse(readFileSync("package.json", "utf8"));
const {SITE = "-", BASE = "-"} = process.env;
appendFileSync("dist-log", [name, ...args, version, SITE, BASE].join(" ") + "\\n");
const breaks = existsSync("dist-breaks") ? readFileSync("dist-breaks", "utf8") : "";
if (breaks === name) process.exit(1);
`;
const scripts = Object.fromEntries(["test:all", "build", "packages"].map((one) => [one, `node step.mjs ${one}`]));
const named = {name: "small", version: "0.1.0"};
const files = {
  ".gitignore": "dist*\n",
  "step.mjs": step,
  "package.json": JSON.stringify({...named, scripts}, null, 2),
  "package-lock.json": JSON.stringify({...named, packages: {"": named}}, null, 2),
  "content/site.json": JSON.stringify({version: "0.1.0"}, null, 2),
  "src/engine/CHANGELOG.md": "# Changes\n\n## Next\n\n- a\n\n## 0.1.0\n\n- b\n",
  "src/embed/packages/element/CHANGELOG.md": "# Changes\n\n## 0.1.0\n\n- c\n",
};

let root: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), {recursive: true});
  writeFileSync(join(root, path), text);
};
const read = (path: string) => readFileSync(join(root, path), "utf8");
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {cwd: root, encoding: "utf8"});
const log = () => (existsSync(join(root, "dist-log")) ? read("dist-log").trimEnd().split("\n") : []);

/** The project, in a repository of its own. */
function project() {
  root = mkdtempSync(join(tmpdir(), "release-"));
  for (const [path, text] of Object.entries(files)) write(path, text);
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "All");
}
const away = () => rmSync(root, {recursive: true});
// npm says nothing of its own.
process.env.npm_config_loglevel = "silent";

const asked = (...args: string[]) => readRequest(args, {SITE: "https://a.example", BASE: "/b/"});

describe("the command line", () => {
  test("the address of the site is the one that the version is for, if no other is given", () => {
    const due = {next: "0.2.0", isTested: false, SITE: "https://a.example", BASE: "/b/"};
    expect(readRequest(["0.2.0", "https://a.example/b/"], {})).toEqual(due);
    expect(readRequest(["0.2.0", "https://a.example/b"], {})).toEqual(due);
    const other = {next: "0.2.0", isTested: true, SITE: "https://c.example", BASE: "/"};
    expect(readRequest(["--tested", "0.2.0"], {SITE: "https://c.example"})).toEqual(other);
  });

  test.each([[[]], [["--tested"]], [["0.2.0", "https://a.example/", "more"]], [["0.2.0", "--test"]]])(
    "%j is refused",
    (args) => expect(() => readRequest(args, {SITE: "https://a.example"})).toThrow("Give the version"),
  );

  test.each([[["0.2.0"]], [["0.2.0", "ftp://a.example/"]]])("%j needs an address", (args) =>
    expect(() => readRequest(args, {})).toThrow("contain the site’s address"),
  );
});

describe("before anything runs", () => {
  beforeEach(project);
  afterEach(away);

  // The day on which the readers' rules were read: no test fails because they have grown old.
  const today = new Date(READ_ON);
  const refused = (...args: string[]) => expect(() => checkRelease(root, asked(...args), today));

  test("a version that can be made is not refused", () => checkRelease(root, asked("0.2.0"), today));
  test("rules of other programs that are too old refuse it", () => {
    const late = new Date(today.getTime() + (MAX_RULE_DAYS + 1) * 86_400_000);
    expect(() => checkRelease(root, asked("0.2.0"), late)).toThrow(/read 181 days ago.*rules\.ts.*READ_ON/s);
  });

  test("a version is refused that is not later, or has a tag", () => {
    refused("0.1.0").toThrow("0.1.0 is not later");
    git("tag", "v0.2.0");
    refused("0.2.0").toThrow("There is a tag v0.2.0 already.");
  });

  test("changed files are named, and what a run before this one made is such a change", () => {
    write("stray", "");
    refused("0.2.0").toThrow(/differ from the last commit:\n\?\? stray$/);
    rmSync(join(root, "stray"));
    makeVersion(root, asked("0.2.0", "--tested"));
    refused("0.2.0").toThrow("An earlier run made version 0.2.0");
    refused("0.3.0").toThrow(/last commit:\n M content\/site\.json\n M /);
    git("commit", "-qam", "Version 0.2.0");
    refused("0.2.0").toThrow("The version is 0.2.0; 0.2.0 is not later.");
  });
});

describe("a version", () => {
  beforeEach(project);
  afterEach(away);

  test("is written, tested, built and packed, each with its address", () => {
    const wanted = asked("0.2.0");
    makeVersion(root, wanted);
    expect(log()).toEqual([
      "test:all 0.2.0 - -",
      "build 0.2.0 https://a.example /b/",
      "packages 0.2.0 https://a.example /b/",
    ]);
    expect(git("diff", "--stat")).toContain("5 files changed");
    expect(
      ["package.json", "package-lock.json", "content/site.json"].map((path) => JSON.parse(read(path)).version),
    ).toEqual(Array(3).fill("0.2.0"));
    expect(read("src/engine/CHANGELOG.md")).toBe("# Changes\n\n## 0.2.0\n\n- a\n\n## 0.1.0\n\n- b\n");
    expect(read("src/embed/packages/element/CHANGELOG.md")).toContain("## 0.2.0\n\n- No changes noted.\n\n## 0.1.0");
    expect(git("log", "--oneline").trim().split("\n"), "nothing is committed").toHaveLength(1);
    expect(git("tag")).toBe("");
    expect(nextSteps(wanted)).toContain('git commit -am "Version 0.2.0" && git tag v0.2.0');
  });

  test("with --tested tests nothing", () => {
    makeVersion(root, asked("0.2.0", "--tested"));
    expect(log().map((line) => line.split(" ")[0])).toEqual(["build", "packages"]);
  });

  test.each([
    ["test:all", /run the release again\.$/],
    ["packages", /The tests have passed: if you change nothing, add --tested/],
  ] as const)("that fails in %s leaves the files as they were", (name, hint) => {
    write("dist-breaks", name);
    expect(() => makeVersion(root, asked("0.2.0"))).toThrow(hint);
    expect(log().at(-1)).toMatch(new RegExp(`^${name} `));
    expect(git("status", "--porcelain")).toBe("");
  });
});
