/** What chapter 7 says in words about its tables, held to them. */
import {expect, test} from "vitest";
import {type Match, rowsWhere, table} from "../../src/components/paper.ts";

type Numbers = Record<string, number>;
const row = (id: string, match: Match) => {
  const found = rowsWhere(table(id), match);
  expect(found, `${id} ${JSON.stringify(match)}`).toHaveLength(1);
  return found[0] as unknown as Numbers;
};
const measures = (id: string) => table(id).columns.flatMap(({key, better}) => (better ? [key] : []));
const best = (id: string, model: string, key: string) =>
  rowsWhere(table(id), {model}).reduce((a, b) => ((b[key] as number) > (a[key] as number) ? b : a));

test("RoBERTa-base: four tasks go to LoRA and four to full fine-tuning", () => {
  const [ft, lora] = ["FT", "LoRA"].map((method) => row("table-2", {model: "RoBERTa-base", method}));
  const tasks = measures("table-2").filter((key) => key !== "avg");
  expect(tasks.filter((key) => lora![key]! > ft![key]!)).toEqual(["sst2", "qnli", "rte", "stsb"]);
  expect(tasks.filter((key) => lora![key]! < ft![key]!)).toHaveLength(4);
});

test("GPT-2 on E2E: LoRA leads every column of medium, and all but CIDEr of large", () => {
  for (const key of measures("table-3")) {
    expect(best("table-3", "GPT-2 M", key).method, key).toBe("LoRA");
    expect(best("table-3", "GPT-2 L", key), key).toMatchObject(
      key === "cider" ? {method: "AdapterL", paramsM: 0.88} : {method: "LoRA"},
    );
  }
});

test("DART and WebNLG", () => {
  for (const model of ["GPT-2 Medium", "GPT-2 Large"]) {
    expect(best("table-13", model, "bleu").method).toBe("LoRA");
    // Categories that were not in the training data.
    expect(best("table-14", model, "bleuU").method).toBe("AdapterL");
  }
  expect(best("table-14", "GPT-2 Large", "bleuA")).toMatchObject({method: "AdapterL", paramsM: 23});
});

test("GPT-3 on MNLI: LoRA's lowest and highest, and no gain from a prefix beside it", () => {
  const runs = rowsWhere(table("table-15"), {method: "LoRA"}).map(({mnliM}) => mnliM as number);
  const of = (hyperparameters: string) => row("table-15", {method: "LoRA", hyperparameters}).mnliM;
  expect([Math.min(...runs), Math.max(...runs)]).toEqual([of("r_q=r_k=r_v=r_o=1"), of("r_v=2")]);
  for (const {mnliM} of rowsWhere(table("table-15"), {method: "LoRA+PE"}))
    expect(mnliM as number).toBeLessThan(Math.max(...runs));
  const highest = table("table-15").rows.reduce((a, b) => ((b.wikisql as number) > (a.wikisql as number) ? b : a));
  expect(highest.method).toBe("LoRA+PE");
});

test("GPT-2 medium over ranks: the best BLEU is at r = 4", () => {
  const {rows} = table("table-18");
  expect(rows.reduce((a, b) => ((b.bleu as number) > (a.bleu as number) ? b : a)).rank).toBe(4);
});
