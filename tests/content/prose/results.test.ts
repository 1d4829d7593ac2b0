/** What chapters 5 to 7 say in words about their tables, held to them. */
import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {cell, type Match, paperNumber, paperTable, rowsWhere} from "../../../src/book/paper/paper.ts";
import {questions} from "../../../src/book/quiz/questions.ts";
import {interviewCards} from "../../../src/book/review/interviewCards.ts";
import {isWithinSpread} from "../../../src/figures/shared/withinSpread.ts";

type Numbers = Record<string, number>;
const row = (id: string, match: Match) => {
  const found = rowsWhere(paperTable(id), match);
  expect(found, `${id} ${JSON.stringify(match)}`).toHaveLength(1);
  return found[0] as unknown as Numbers;
};
const measures = (id: string) => paperTable(id).columns.flatMap(({key, better}) => (better ? [key] : []));
const best = (id: string, model: string, key: string) =>
  rowsWhere(paperTable(id), {model}).reduce((a, b) => ((b[key] as number) > (a[key] as number) ? b : a));

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
const chapter = (name: string) => readFileSync(`content/chapters/${name}.mdx`, "utf8");

describe("RoBERTa-base on GLUE", () => {
  const tasks = measures("table-2").filter((key) => key !== "avg");
  const of = (method: string, key: string) => {
    const {value, spread} = cell("table-2", {model: "RoBERTa-base", method}, key);
    return {score: value as number, spread};
  };
  const verdicts = tasks.map((key) => {
    const [lora, full] = [of("LoRA", key), of("FT", key)];
    return isWithinSpread(lora, full) ? "tie" : lora.score > full.score ? "better" : "worse";
  });
  const on = (verdict: string) => tasks.filter((_, i) => verdicts[i] === verdict);
  const told = (verdict: string) => words[on(verdict).length]!;

  test("by the site's rule LoRA is clearly better on four tasks, clearly worse on one, and ties on three", () => {
    expect(on("better")).toEqual(["sst2", "qnli", "rte", "stsb"]);
    expect(on("worse")).toEqual(["qqp"]);
    expect(on("tie")).toEqual(["mnli", "mrpc", "cola"]);
  });

  test("chapter 7 and its opening question say these counts, and nobody counts bare numbers as wins", () => {
    const prose = chapter("07-results");
    expect(prose).toContain(
      `Of the eight LoRA wins ${told("better")}, ties on ${told("tie")}, and loses <Set from="2" glue="qqp">`,
    );
    const asked = JSON.stringify(questions.filter(({id}) => /^q-07-(predict|average)$/.test(id)));
    expect(asked).toContain(`clearly better on ${told("better")}, clearly worse on QQP, and ties on ${told("tie")}`);
    expect(asked).toContain("ties with full fine-tuning on MNLI, MRPC and CoLA, and is clearly worse on QQP");
    for (const text of [prose, asked]) expect(text).not.toMatch(/four (?:of them )?(?:go|to) /);
  });

  test("what a start from MNLI adds shows in RoBERTa-large's two rows only, and there as a tie on RTE", () => {
    const large = (method: string, mark: string) => {
      const {value, spread} = cell("table-2", {model: "RoBERTa-large", method, mark}, "rte");
      return {score: value as number, spread};
    };
    const [started, plain, full] = [large("LoRA", ""), large("LoRA", "†"), large("FT", "*")];
    expect(isWithinSpread(started, plain)).toBe(true);
    expect([isWithinSpread(plain, full), plain.score < full.score]).toEqual([false, true]);
    expect(chapter("07-results")).toMatch(/In a stricter set-up .* loses to full fine-tuning’s/);
  });

  test("a ± of a quoted row comes from another paper: the chapter says so where the table has one", () => {
    const quoted = paperTable("table-2").rows.filter(({mark, sd}) => mark === "*" && sd);
    expect(new Set(quoted.map(({method}) => method))).toEqual(new Set(["AdapterD"]));
    expect(chapter("07-results")).toContain("rows with a * are quoted from other papers");
  });
});

test("the card on full fine-tuning says that the baseline was tuned before any doubt about it", () => {
  const {answer} = interviewCards.find(({id}) => id === "c-full")!.next;
  expect(answer).toMatch(/^The paper says that it tuned the baseline too: according to appendix D\.4/);
  // And that others beat full fine-tuning on MNLI too.
  const mnli = (match: Match) => row("table-4", match).mnliM!;
  for (const match of [
    {method: "BitFit"} as Match,
    {method: "AdapterH", paramsM: 7.1},
    {method: "AdapterH", paramsM: 40.1},
  ])
    expect(mnli(match)).toBeGreaterThan(mnli({method: "FT"}));
  expect(answer).toContain("BitFit and both sizes of adapter layers beat full fine-tuning too");
});

test("no LoRA is called the paper's smallest on GPT-3: Table 6 has one of half the size of Table 4's", () => {
  const smallest = Math.min(
    ...rowsWhere(paperTable("table-4"), {method: "LoRA"}).map(({paramsM}) => paramsM as number),
  );
  expect(smallest).toBe(4.7);
  expect(row("table-6", {dataset: "WikiSQL", weights: "Wq"}).r1).toBeGreaterThan(0);
  const half = 2 * 96 * 12_288;
  expect(2 * half).toBe(paperNumber("params-4p7").value);
  for (const id of ["params-4p7", "reduction-4p7"]) {
    const {meaning} = paperNumber(id);
    expect(meaning, id).toContain("smallest LoRA budget of Table 4");
    expect(meaning, id).not.toMatch(/smallest (?:reported|LoRA budget the paper)/);
  }
  expect(chapter("07-results")).not.toMatch(/smallest LoRA budget/);
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
  const runs = rowsWhere(paperTable("table-15"), {method: "LoRA"}).map(({mnliM}) => mnliM as number);
  const of = (hyperparameters: string) => row("table-15", {method: "LoRA", hyperparameters}).mnliM;
  expect([Math.min(...runs), Math.max(...runs)]).toEqual([of("r_q=r_k=r_v=r_o=1"), of("r_v=2")]);
  for (const {mnliM} of rowsWhere(paperTable("table-15"), {method: "LoRA+PE"}))
    expect(mnliM as number).toBeLessThan(Math.max(...runs));
  const highest = paperTable("table-15").rows.reduce((a, b) => ((b.wikisql as number) > (a.wikisql as number) ? b : a));
  expect(highest.method).toBe("LoRA+PE");
});

test("GPT-3 on MNLI: with prefix-layer LoRA falls, beyond the spread of the run it is added to", () => {
  const of = (match: Match) => ({
    score: row("table-15", match).mnliM!,
    spread: cell("table-4", {method: "FT"}, "mnliM").spread,
  });
  const [alone, both] = [of({method: "LoRA", hyperparameters: "r_q=r_v=8"}), of({method: "LoRA+PL"})];
  expect(row("table-15", {method: "LoRA+PL"})).toMatchObject({config: {matricesPerLayer: 2, r: 8}});
  expect(both.score).toBeLessThan(alone.score);
  expect(isWithinSpread(both, alone)).toBe(false);
});

test("few examples: LoRA is rank 8 on query and value at every size", () => {
  expect(row("table-17", {adaptation: "LoRA", hyperparameter: "Specific to the method"})).toMatchObject({
    shared: "r_q = r_v = 8",
  });
});

test("GPT-2 medium over ranks: the best BLEU is at r = 4", () => {
  const {rows} = paperTable("table-18");
  expect(rows.reduce((a, b) => ((b.bleu as number) > (a.bleu as number) ? b : a)).rank).toBe(4);
});

/** A result with its ±, as the rule asks for it. */
const result = (id: string, match: Match, col: string) => {
  const {value, spread} = cell(id, match, col);
  return {score: value as number, spread};
};

describe("gaps on GPT-3, by the one rule", () => {
  const [q, k, v, o, qk, qv, all] = ["Wq", "Wk", "Wv", "Wo", "Wq,Wk", "Wq,Wv", "Wq,Wk,Wv,Wo"];
  const five = (weights: string, task: string) => result("table-5", {weights}, task);
  const six = (dataset: string, weights: string, r: number) => result("table-6", {dataset, weights}, `r${r}`);

  test.each([
    // Table 5: which choice, against which, on which task.
    [q, v, "wikisql", false],
    [k, v, "wikisql", false],
    [q, k, "wikisql", true],
    [o, v, "wikisql", true],
    [o, v, "multinli", false],
    [qk, v, "wikisql", false],
    [qk, v, "multinli", false],
    [qk, o, "wikisql", false],
    [qv, o, "wikisql", true],
    [qv, v, "wikisql", true],
    [qv, v, "multinli", false],
    [all, v, "wikisql", true],
    [all, qv, "multinli", false],
    [all, o, "multinli", false],
  ])("Table 5: %s and %s on %s are within: %s", (one, other, task, due) => {
    expect(isWithinSpread(five(one!, task!), five(other!, task!))).toBe(due);
  });

  test("Table 6: the pair is level over ranks, but for rank 8 on MultiNLI; the four are on WikiSQL only", () => {
    const ranks = [1, 2, 4, 8, 64];
    const beyond = (dataset: string, weights: string) =>
      ranks.flatMap((a, i) =>
        ranks
          .slice(i + 1)
          .filter((b) => !isWithinSpread(six(dataset, weights, a), six(dataset, weights, b)))
          .map((b) => [a, b]),
      );
    expect(beyond("WikiSQL", qv!)).toEqual([]);
    expect(beyond("MultiNLI", qv!)).toEqual([
      [1, 8],
      [4, 8],
    ]);
    expect(beyond("WikiSQL", all!)).toEqual([]);
    expect(beyond("MultiNLI", all!).filter(([a]) => a === 1)).toEqual([
      [1, 2],
      [1, 4],
      [1, 8],
    ]);
    expect(chapter("05-where-to-adapt")).toContain("it loses to ranks 2, 4 and 8");
    expect(beyond("WikiSQL", q!)).toEqual([
      [1, 4],
      [1, 8],
      [1, 64],
    ]);
  });

  test("Table 6: what each budget of the last section buys", () => {
    const at = (weights: string, r: number) => ["WikiSQL", "MultiNLI"].map((task) => six(task, weights, r));
    const level = (one: ReturnType<typeof at>, other: ReturnType<typeof at>) =>
      one.map((it, i) => isWithinSpread(it, other[i]!));
    expect(level(at(q!, 2), at(qv!, 1))).toEqual([false, false]);
    expect(level(at(q!, 4), at(qv!, 2))).toEqual([false, false]);
    expect(level(at(q!, 4), at(all!, 1))).toEqual([false, true]);
    expect(level(at(qv!, 2), at(all!, 1))).toEqual([true, true]);
  });

  test("one setting, printed twice, is beyond the spread of itself", () => {
    expect(isWithinSpread(five(q!, "multinli"), six("MultiNLI", q!, 8))).toBe(false);
  });
});

test("with a ± that is a standard deviation, two runs of one setting are clear of each other about once in six", () => {
  // Their difference has the deviation √2·s and the whiskers reach 2·s, so the share is P(|z| > √2), here summed up.
  const step = 1e-4;
  let inside = 0;
  for (let z = -Math.SQRT2 + step / 2; z < Math.SQRT2; z += step)
    inside += (step * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
  expect(1 / (1 - inside)).toBeCloseTo(6.4, 1);
  expect(chapter("07-results")).toContain("two runs of one setting come out apart about once in six pairs");
});

describe("chapter 7 on GPT-3", () => {
  const verdict = (id: string, match: Match, against: Match, task: string): string => {
    const [one, other] = [result(id, match, task), result(id, against, task)];
    return isWithinSpread(one, other) ? "tie" : one.score > other.score ? "win" : "loss";
  };
  const onTable4 = (match: Match) =>
    ["wikisql", "mnliM", "samsumR1", "samsumR2", "samsumRL"].map((task) =>
      verdict("table-4", match, {method: "FT"}, task),
    );

  test("either LoRA ties once and wins otherwise; on MNLI biases and adapter layers win too", () => {
    for (const paramsM of [4.7, 37.7])
      expect(onTable4({method: "LoRA", paramsM})).toEqual(["tie", "win", "win", "win", "win"]);
    for (const match of [
      {method: "BitFit"} as Match,
      {method: "AdapterH", paramsM: 7.1},
      {method: "AdapterH", paramsM: 40.1},
    ])
      expect(onTable4(match)[1]).toBe("win");
    const [lora, full] = ([{method: "LoRA", paramsM: 4.7}, {method: "FT"}] as Match[]).map((match) =>
      result("table-4", match, "mnliM"),
    );
    expect((lora!.score - full!.score) / full!.spread!).toBeGreaterThan(20);
  });

  test("every LoRA ties on WikiSQL, over a hundredfold; prefixes end seven and five points below their best", () => {
    const full = result("table-4", {method: "FT"}, "wikisql");
    const of = (method: string) => rowsWhere(paperTable("table-15"), {method}) as unknown as Numbers[];
    for (const {wikisql} of of("LoRA"))
      expect(isWithinSpread({score: wikisql!, spread: full.spread}, full), String(wikisql)).toBe(true);
    const counts = of("LoRA").map(({paramsM}) => paramsM!);
    expect(Math.max(...counts) / Math.min(...counts)).toBeGreaterThan(100);
    const falls = ["PrefixEmbed", "PrefixLayer"].map((method) => {
      const scores = of(method).map(({wikisql}) => wikisql!);
      return Math.round(Math.max(...scores) - scores.at(-1)!);
    });
    expect(falls).toEqual([7, 5]);
  });

  test("with a hundred examples and with all LoRA wins, and between them it ties", () => {
    const verdicts = ["n100", "n1k", "n10k", "n392k"].map((size) =>
      verdict("table-16", {method: "GPT-3 (LoRA)"}, {method: "GPT-3 (Fine-Tune)"}, size),
    );
    expect(verdicts).toEqual(["win", "tie", "tie", "win"]);
  });

  test("the averages of the larger encoders are 0.1 and 0.2 apart", () => {
    const gap = (model: string) =>
      (row("table-2", {model, method: "LoRA", mark: ""}).avg! - row("table-2", {model, method: "FT"}).avg!).toFixed(1);
    expect([gap("RoBERTa-large"), gap("DeBERTa-XXL")]).toEqual(["0.1", "0.2"]);
  });
});

test("chapter 7's count of bits: rank 16 on every matrix of Llama 2 7B, two bits a parameter, one a token", () => {
  const parameters = 32 * 16 * (4 * (4096 + 4096) + 3 * (4096 + 11_008));
  expect(Math.round(parameters / 1e6)).toBe(40);
  expect(3000 * 500).toBe(1.5e6);
  expect(Math.round(20e9 / (2 * 40e6))).toBe(250);
  expect(chapter("07-results")).toContain("1.5 million bits");
});
