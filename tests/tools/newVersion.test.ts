import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {version} from "../../package.json" with {type: "json"};
import {versionProblem, withRelease, withVersion} from "../../src/tools/release.ts";

describe("the next version", () => {
  test.each([
    ["0.1.1", "0.1.0"],
    ["0.2.0", "0.1.9"],
    ["0.10.0", "0.9.9"],
    ["1.0.0", "0.99.99"],
  ])("%s follows %s", (next, current) => expect(versionProblem(next, current)).toBe(""));

  test.each([
    ["0.1.0", "0.1.0", "The version is 0.1.0; 0.1.0 is not later."],
    ["0.0.9", "0.1.0", "The version is 0.1.0; 0.0.9 is not later."],
    ["1.2", "0.1.0", "A version is three numbers, such as 1.2.0; “1.2” is not."],
    ["v1.2.0", "0.1.0", "A version is three numbers, such as 1.2.0; “v1.2.0” is not."],
  ])("%s after %s is refused", (next, current, why) => expect(versionProblem(next, current)).toBe(why));
});

test("the files that name the version take another, and only where they name ours", () => {
  for (const [path, times] of [
    ["package.json", 1],
    ["package-lock.json", 2],
    ["content/site.json", 1],
  ] as const) {
    const [before, after] = [
      readFileSync(path, "utf8"),
      withVersion(readFileSync(path, "utf8"), version, "9.9.9", times),
    ];
    expect(JSON.parse(after).version, path).toBe("9.9.9");
    const lines = after.split("\n");
    expect(
      before.split("\n").filter((line, i) => line !== lines[i]),
      path,
    ).toHaveLength(times);
  }
  const lock = JSON.parse(withVersion(readFileSync("package-lock.json", "utf8"), version, "9.9.9", 2));
  expect(lock.packages[""].version).toBe("9.9.9");
  expect(() => withVersion("{}", version, "9.9.9")).toThrow(`expected 1 × "version": "${version}", got 0`);
});

describe("a changelog", () => {
  test("gives what stands under Next to the version", () => {
    expect(withRelease("# Changes\n\n## Next\n\n- a\n\n## 0.1.0\n\n- b\n", "0.2.0")).toBe(
      "# Changes\n\n## 0.2.0\n\n- a\n\n## 0.1.0\n\n- b\n",
    );
  });

  test("says that no change was noted where nothing stands there", () => {
    expect(withRelease("# Changes\n\n## 0.1.0\n\n- b\n", "0.2.0")).toBe(
      "# Changes\n\n## 0.2.0\n\n- No changes noted.\n\n## 0.1.0\n\n- b\n",
    );
    expect(() => withRelease("# Changes\n", "0.2.0")).toThrow("none");
  });

  test.each(["src/engine/CHANGELOG.md", "src/embed/packages/element/CHANGELOG.md"])("%s can take one", (path) => {
    const text = withRelease(readFileSync(path, "utf8"), "9.9.9");
    expect(text.match(/^## .*$/m)?.[0]).toBe("## 9.9.9");
  });
});
