/** What is shipped runs in the oldest browsers that package.json names. */
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {transform} from "esbuild";
import {expect, test} from "vitest";
import {oldest, targets} from "../../src/make/guard/browsers.ts";
import {guard} from "../../src/make/guard/guard.ts";
import {dist, root} from "./site.ts";

/** Methods and globals that one of these browsers lacks. None has a fallback in our code. */
const newer =
  /\b(Promise\.try|RegExp\.escape|Math\.(f16round|sumPrecise)|Float16Array|URL\.parse|Error\.isError|Iterator\.(from|concat)|Uint8Array\.from(Base64|Hex)|requestIdleCallback|navigation\.|scheduler\.)|\.(toBase64|toHex|setFromBase64|isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference|getOrInsert(Computed)?|startViewTransition|setHTMLUnsafe|moveBefore|requestClose)\(|\.(values|keys|entries)\(\)\.(map|filter|take|drop|flatMap|reduce|toArray|forEach|some|every|find)\(/;

const scripts = readdirSync(dist, {recursive: true, encoding: "utf8"}).filter((file) => /\.m?js$/.test(file));
const textOf = (file: string) => readFileSync(join(dist, file), "utf8");

test("no script has syntax that one of them cannot read", async () => {
  expect(scripts.length).toBeGreaterThan(200);
  const unread = await Promise.all(
    scripts.map(async (file) => {
      const text = textOf(file);
      const options = {charset: "utf8", legalComments: "none"} as const;
      const [now, then] = await Promise.all([
        transform(text, {...options, target: "esnext"}),
        transform(text, {...options, target: targets}),
      ]);
      return now.code === then.code ? [] : [file];
    }),
  );
  expect(unread.flat()).toEqual([]);
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
  const {code} = await transform(guard, {charset: "utf8", target: "es2015", minify: true});
  expect(code.trim()).toBe(guard);
});

test("the same browsers are named wherever readers are told of them", () => {
  const named = readFileSync(join(root, "README.md"), "utf8").replace(/\s+/g, " ");
  expect(named).toContain(`Figures answer from ${oldest} on`);
  expect(textOf("about/index.html")).toContain(`Figures answer from ${oldest} on`);
  expect(guard).toContain(oldest);
});
