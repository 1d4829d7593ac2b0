/** What is shipped runs in the oldest browsers that package.json names. */
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {transform} from "esbuild";
import {expect, test} from "vitest";
import {browserTargets, oldestBrowsers} from "../../src/site/guard/browsers.ts";
import {guard} from "../../src/site/guard/guard.ts";
import {dist, root, textOf} from "./site.ts";

/** Methods and globals that one of these browsers lacks. None has a fallback in our code. */
const newer =
  /\b(Promise\.try|RegExp\.escape|Math\.(f16round|sumPrecise)|Float16Array|URL\.parse|Error\.isError|Iterator\.(from|concat)|Uint8Array\.from(Base64|Hex)|requestIdleCallback|navigation\.|scheduler\.)|\.(toBase64|toHex|setFromBase64|isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference|getOrInsert(Computed)?|startViewTransition|setHTMLUnsafe|moveBefore|requestClose)\(|\.values\(\)\.(map|filter|take|drop|flatMap|reduce|toArray|forEach|some|every|find)\(/;

const scripts = readdirSync(dist, {recursive: true, encoding: "utf8"}).filter((file) => /\.m?js$/.test(file));

/** Whether this text, written for these browsers, stays as it is. */
async function isReadBy(text: string, target: string | string[]): Promise<boolean> {
  // Safari has had these since 11.1; esbuild counts a fault of early ones.
  const options = {charset: "utf8", supported: {"regexp-unicode-property-escapes": true}} as const;
  const [now, then] = await Promise.all([
    transform(text, {...options, target: "esnext"}),
    transform(text, {...options, target}),
  ]);
  return now.code === then.code;
}

test("no script has syntax that one of them cannot read", async () => {
  expect(await isReadBy("using a = b();", browserTargets)).toBe(false);
  expect(scripts.length).toBeGreaterThan(200);
  const read = await Promise.all(
    scripts.map(async (file) => [file, await isReadBy(textOf(file), browserTargets)] as const),
  );
  expect(read.flatMap(([file, isRead]) => (isRead ? [] : file))).toEqual([]);
});

test("no script calls what one of them lacks", () => {
  expect(newer.test("a.values().map(b)") && newer.test("Promise.try(f)")).toBe(true);
  expect(
    scripts.flatMap(
      (file) =>
        newer
          .exec(textOf(file))
          ?.slice(0, 1)
          .map((it) => `${file}: ${it}`) ?? [],
    ),
  ).toEqual([]);
});

test("the guard's own script runs in browsers of 2015", async () => {
  expect(await isReadBy("a?.b", "es2015")).toBe(false);
  expect(await isReadBy(guard, "es2015")).toBe(true);
});

test("the same browsers are named wherever readers are told of them", () => {
  const named = readFileSync(join(root, "README.md"), "utf8").replace(/\s+/g, " ");
  expect(named).toContain(`Figures need at least ${oldestBrowsers}`);
  expect(textOf("about/index.html")).toContain(`Figures need at least ${oldestBrowsers}`);
  expect(guard).toContain(oldestBrowsers);
});
