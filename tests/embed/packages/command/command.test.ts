import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {type Asked, inspect, readArguments} from "../../../../src/embed/packages/command/command.ts";
import {sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";

const folder = new URL("../../../fixtures/inspect/", import.meta.url);
const file = (name: string) => sourceOf(new Uint8Array(readFileSync(new URL(name, folder))));
const ask = (asked: Partial<Asked> = {}): Asked => ({file: "x", as: "table", ...asked});

test("reads its arguments", () => {
  expect(readArguments(["inspect", "a.safetensors"])).toEqual({file: "a.safetensors", as: "table"});
  expect(readArguments(["inspect", "--json", "a", "--alpha", "16"])).toEqual({
    file: "a",
    as: "json",
    choice: {alpha: 16},
  });
  expect(readArguments(["inspect", "a", "--csv", "--scale", "0.5"])).toEqual({
    file: "a",
    as: "csv",
    choice: {scale: 0.5},
  });
});

test.each([
  [[], "no command"],
  [["open", "a"], '"open" is no command'],
  [["inspect"], "no file is given"],
  [["inspect", "a", "b"], "one file at a time"],
  [["inspect", "a", "--alpha"], "--alpha needs a number"],
  [["inspect", "a", "--scale", "x"], "--scale needs a number"],
  [["inspect", "a", "--all"], "--all is no option"],
])("refuses %j", (words, sentence) => expect(() => readArguments(words)).toThrow(sentence));

test("the table says first what matters, then facts, health and modules in order", async () => {
  const text = await inspect(file("gguf-no-alpha.gguf"), undefined, ask());
  const lines = text.split("\n");
  expect(lines[0]).toMatch(/^The rank is 2, (?:but|and) on average/);
  expect(text).toContain("Scale 1 (no alpha in the file; loaders of such files take 1)");
  expect(lines.at(-2)).toMatch(/^blk\.0\.attn_v\s+2\s+1\s/);
  const chosen = await inspect(file("gguf-no-alpha.gguf"), undefined, ask({choice: {alpha: 4}}));
  expect(chosen).not.toContain("no alpha in the file");
  expect(chosen.split("\n").at(-2)).toMatch(/^blk\.0\.attn_v\s+2\s+2\s/);
});

test("JSON is a report and CSV a line for each module", async () => {
  const config = readFileSync(new URL("mlx.json", folder), "utf8");
  const report = JSON.parse(await inspect(file("mlx.safetensors"), config, ask({as: "json"})));
  expect(report.modules.map(({scale}: {scale: number}) => scale)).toEqual(Array(5).fill(20));
  expect((await inspect(file("mlx.safetensors"), config, ask({as: "csv"}))).trimEnd().split("\r\n")).toHaveLength(6);
});

test("a file that is none is refused in words", async () => {
  await expect(inspect(sourceOf(new TextEncoder().encode("<!DOCTYPE html><html>")), undefined, ask())).rejects.toThrow(
    "web page",
  );
});
