import {spawnSync} from "node:child_process";
import {fileURLToPath} from "node:url";
import {expect, test} from "vitest";
import {aThird} from "../third.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const broken = "tests/fuzz/broken.ts";

/** `npm run fuzz` of the widget that has this flaw. */
function fuzz(flaw: string, ...args: string[]) {
  const env = {...process.env, FLAW: flaw};
  const {status, stdout, stderr} = spawnSync(process.execPath, ["tests/fuzz/run.ts", ...args], {
    ...{cwd: root, env, encoding: "utf8"},
  });
  return {status, said: `${stdout}${stderr}`};
}

test("a sound widget passes, and the table says how many states it was in", () => {
  const {status, said} = fuzz("none", broken, "--count", "300", "--seed", "1");
  expect(said).toMatch(/^seed 1; .*\n\n.*\n.*broken\.ts +300 +\d+ ms +\d+ +\d+\.\d MiB\n\nnothing failed\n$/);
  expect(status).toBe(0);
});

test.each(
  aThird([
    ["throws", "threw Error: the square root of a goat", ["--count", "100"]],
    ["unsaid", "NaN is on the page", ["--count", "100"]],
    ["slow", "at most 1 s was due", ["--case", "6"]],
    ["endless", "gave no sign of life for 5 s and was ended", ["--case", "6", "--patience", "5"]],
    ["leaks", "64 were due", ["--count", "300"]],
  ]),
)("one that is broken is found: it %s", (flaw, problem, args) => {
  const {status, said} = fuzz(flaw, broken, "--seed", "1", ...args);
  expect(said).toContain(problem);
  expect(said).toMatch(/at \/widgets\/tests\/fuzz\/broken\.ts\/\?n=\d+\n/);
  expect(said).toMatch(/\n1 failed\n$/);
  expect(status).toBe(1);
});

test("the line under a failure repeats it, alone", () => {
  const [, line] = /npm run fuzz -- (.*)\n/.exec(fuzz("throws", broken, "--count", "100", "--seed", "5").said)!;
  const again = fuzz("throws", ...line!.split(" "));
  expect(again.said).toMatch(/broken\.ts +1 .*FAILED\n {2}threw Error: the square root of a goat/);
  expect(again.status).toBe(1);
});

test("what cannot be asked for is answered with what can", () => {
  const {status, said} = fuzz("none", "--count", "many");
  expect(said).toContain("--count is many; a whole number was due\nnpm run fuzz -- [names]");
  expect(status).toBe(2);
});
