import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {createLabKernels} from "../../src/tools/loadBase.ts";
import {forgettingRun, LOSSES_AT, WORDS_AT} from "../../src/tools/sweepForgetting.ts";

const path = new URL("../../content/lab/forgetting.json", import.meta.url);
const stored = JSON.parse(readFileSync(path, "utf8"));

test("one run comes again, with its words, and so does the end of another seed: `npm run sweep:forgetting`", () => {
  const kernels = createLabKernels();
  const [losses, words] = [
    [0, 20, 200],
    [0, 200],
  ] as const;
  const run = forgettingRun(kernels, {way: "4", size: "usual", seed: 7}, {losses, words});
  const {losses: kept, words: written} = stored.runs.usual["4"];
  expect(run.losses).toEqual(losses.map((step) => kept[LOSSES_AT.indexOf(step)]));
  expect(run.words).toEqual(words.map((step) => written[WORDS_AT.indexOf(step)]));
  const other = forgettingRun(kernels, {way: "full", size: "small", seed: 2}, {losses: [200], words: []});
  expect(other.losses[0]).toEqual(stored.runs.small.full.others[1]);
}, 60_000);

test("a low rank learns less and forgets less in the same steps; small steps save more than they cost", () => {
  const ends = (rate: "usual" | "small") =>
    ["1", "4", "16"].map((way) => stored.runs[rate][way].losses.at(-1).map(Math.exp) as [number, number]);
  const usual = ends("usual");
  for (const [names, english] of [
    [usual[0]!, usual[1]!],
    [usual[1]!, usual[2]!],
  ].map(([low, high]) => [low![0] - high![0], high![1] - low![1]])) {
    expect(names).toBeGreaterThan(0);
    expect(english).toBeGreaterThan(0);
  }
  // 15.1 and 7.3 letters before.
  const [names, english] = stored.runs.usual["4"].losses[0].map(Math.exp) as [number, number];
  for (const [i, [a, b]] of ends("small").entries()) {
    expect((names - a) / (names - usual[i]![0])).toBeGreaterThan(0.9);
    expect((b - english) / (usual[i]![1] - english)).toBeLessThan(0.8);
  }
});
