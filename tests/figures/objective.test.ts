import {expect, test} from "vitest";
import {compute, type ObjectiveSnapshot, readObjective, ready} from "../../src/figures/objective/model.ts";
import {chancesOf} from "./oracles/forge.ts";

await ready();
const snapshotOf = (word: string) => compute({word}).next().value as ObjectiveSnapshot;
const resultOf = (word: string) => readObjective([snapshotOf(word)]);

test.each(["anna", "", "z", "gadring", "aaaaaaaaaaa", "qxzvqxzvqxz"])(
  "log p of “%s” is what a plain forge gives, each letter after all before it",
  (word) => {
    const {logs, counts} = snapshotOf(word);
    for (const [trained, chances] of Object.entries(chancesOf(word)))
      expect(logs[trained as keyof typeof logs]).toEqual(chances.map((one) => expect.closeTo(Math.log(one), 9)));
    expect(counts).toEqual({base: 0, lora: 1024, full: 26_848});
  },
);

test("the sums of anna are those of chapter 4", () => {
  const {sums} = resultOf("anna");
  expect([sums.base, sums.lora, sums.full].map((sum) => sum.toFixed(1))).toEqual(["-14.7", "-7.9", "-6.9"]);
});
