import {describe, expect, test} from "vitest";
import base from "../../content/methods.json";
import fourth from "../../content/paper/table-4.json";
import fourteenth from "../../content/paper/table-14.json";
import sixteenth from "../../content/paper/table-16.json";
import {tables} from "../../src/book/paper/paper.ts";
import {reference, shortCitation} from "../../src/book/works/references.ts";
import {defaults} from "../../src/figure/controls.ts";
import type {ComputingWidget} from "../../src/figure/widget.ts";
import {type ChooseParams, compute, controls} from "../../src/figures/choose/model.ts";
import {citation, withoutSources} from "../../src/figures/choose/rules.ts";
import widget from "../../src/figures/choose/widget.ts";
import {isWithinSpread} from "../../src/figures/shared/withinSpread.ts";
import {placesOf, ruleOf} from "./oracles/choose.ts";
import {quotedIn} from "./oracles/evidence.ts";
import {numbersIn} from "./promises/numbers.ts";
import {emptyRoot, nobody, show} from "./promises/stage.ts";

const w = widget as ComputingWidget;

const methods = Object.keys(base.methods);
const facts = Object.keys(base.facts);
const nothing: ChooseParams = {...defaults(controls), latency: "no", batch: "no"};

/** Every case there is. */
const cases = Object.entries(controls).reduce<ChooseParams[]>(
  (made, [name, {options}]) => made.flatMap((one) => Object.keys(options).map((value) => ({...one, [name]: value}))),
  [nothing],
);

const front = (params: ChooseParams) => {
  const {standings} = compute(params);
  return {
    sure: standings.filter(({worst}) => worst === 1).map(({method}) => method),
    open: standings.filter(({best, worst}) => best === 1 && worst > 1).map(({method}) => method),
  };
};

describe("the rule base", () => {
  test("has one rule for each method and fact, and no other", () => {
    for (const method of methods)
      for (const fact of facts) expect(ruleOf(method, fact), `${method} ${fact}`).toHaveLength(1);
    expect(base.rules.filter(({fact}) => !facts.includes(fact))).toEqual([]);
    expect(base.rules.flatMap((rule) => rule.methods).filter((one) => !methods.includes(one))).toEqual([]);
    expect(base.rules.filter(({verdict}) => !["meets", "pays", "fails", "untested"].includes(verdict))).toEqual([]);
  });

  test("every source is a table of the paper or a known work, and is cited as that", () => {
    for (const {source, because} of base.rules) {
      if (source.table === undefined) {
        const said = shortCitation(reference(source.work!)).replace(",", "");
        expect((base.works as Record<string, string>)[source.work!]).toBe(said);
        expect(citation(source as {work: string})).toContain(source.work === "hu2021lora" ? "§" : said);
      } else
        expect(tables.find(({id}) => id === source.table)?.source.locator, because).toBe(citation(source as never));
    }
    expect(() => reference("nobody2021")).toThrow();
  });

  test("every number says where it stands, and stands there", () => {
    const texts = [...base.rules.map(({because}) => because), ...Object.values(base.facts).map(({mind}) => mind)];
    const quoted = texts.flatMap(quotedIn);
    expect(quoted.length).toBeGreaterThan(50);
    expect(quoted.filter(({shown, printed}) => shown !== printed)).toEqual([]);
    expect(withoutSources("{20.7|table-1|method=AdapterL,batch=1|overheadPct}%")).toBe("20.7%");
    expect(() => quotedIn("{1|table-1|method=AdapterX,batch=1|overheadPct}")).toThrow("0 rows");
    expect(quotedIn("{20.8|table-1|method=AdapterL,batch=1|overheadPct}")[0]!.printed).toBe("20.7");
  });

  test("no number with a decimal point stands there without its place", () => {
    const texts = [...base.rules.map(({because}) => because), ...Object.values(base.facts).map(({mind}) => mind)];
    const bare = texts.map((text) => text.replace(/\{[^}]*\}/g, "").replace(/§[\d.]+/g, "")).join(" ");
    expect(numbersIn(bare).filter(({value}) => !Number.isInteger(value))).toEqual([]);
  });

  test("a table that is a rule's source is where its numbers are from", () => {
    for (const {source, because} of base.rules) {
      const named = [...because.matchAll(/\|(table-\d+)\|/g)].map(([, id]) => id);
      if (named.length) expect(new Set(named)).toEqual(new Set([source.table]));
    }
  });
});

describe("verdicts on scores follow from the tables by one rule each", () => {
  const verdict = (method: string, fact: string) => ruleOf(method, fact)[0]!.verdict;
  const all = (list: Record<string, string>, fact: string) =>
    Object.fromEntries(Object.keys(list).map((one) => [one, verdict(one, fact)]));

  test("usual: on no task, on some, on every task below full fine-tuning beyond the spread", () => {
    const tasks = ["wikisql", "mnliM", "samsumR1"] as const;
    const rowOf = (method: string) => fourth.rows.filter((row) => row.method === method).at(-1)!;
    const of = (method: string, task: (typeof tasks)[number]) => ({
      score: rowOf(method)[task],
      spread: fourth.typicalFluctuation[task],
    });
    const names = {
      full: "FT",
      bitfit: "BitFit",
      adapters: "AdapterH",
      "prefix-embed": "PreEmbed",
      "prefix-layer": "PreLayer",
      "lora-merged": "LoRA",
      "lora-unmerged": "LoRA",
    };
    const due = Object.entries(names).map(([one, method]) => {
      const lower = tasks.filter(
        (task) => rowOf(method)[task] < rowOf("FT")[task] && !isWithinSpread(of(method, task), of("FT", task)),
      ).length;
      return [one, lower === 0 ? "meets" : lower < tasks.length ? "pays" : "fails"];
    });
    expect(all(names, "usual")).toEqual(Object.fromEntries(due));
  });

  test("few: level with the highest, below it, or clearly less than half of the way from guessing to it", () => {
    const names = {
      full: "Fine-Tune",
      "prefix-embed": "PrefixEmbed",
      "prefix-layer": "PrefixLayer",
      "lora-merged": "LoRA",
      "lora-unmerged": "LoRA",
    };
    const scoreOf = (method: string) => sixteenth.rows.find((row) => row.method === `GPT-3 (${method})`)!.n100;
    const highest = Math.max(...sixteenth.rows.map(({n100}) => n100));
    const spread = sixteenth.typicalFluctuation;
    const due = Object.entries(names).map(([one, method]) => {
      const gap = highest - scoreOf(method);
      if (isWithinSpread({score: highest, spread}, {score: highest - gap, spread})) return [one, "meets"];
      const half = {score: (highest + 100 / 3) / 2, spread};
      const isFar = highest - gap < half.score && !isWithinSpread({score: highest - gap, spread}, half);
      return [one, isFar ? "fails" : "pays"];
    });
    expect(all(names, "few")).toEqual(Object.fromEntries(due));
    expect([verdict("bitfit", "few"), verdict("adapters", "few")]).toEqual(["untested", "untested"]);
  });

  test("unseen: level with the highest on both models, or below it on one", () => {
    const names = {
      full: "Fine-Tune",
      adapters: "AdapterL",
      "prefix-layer": "Prefix",
      "lora-merged": "LoRA",
      "lora-unmerged": "LoRA",
    };
    const models = ["GPT-2 Medium", "GPT-2 Large"];
    const bestOf = (model: string, method?: string) =>
      fourteenth.rows
        .filter((row) => row.model === model && (!method || row.method === method))
        .reduce((a, b) => (b.bleuU > a.bleuU ? b : a));
    const due = Object.entries(names).map(([one, method]) => {
      const isLevel = models.every((model) => {
        const [mine, most] = [bestOf(model, method), bestOf(model)];
        const [own, its] = [mine, most].map(({bleuU, sd}) => ({score: bleuU, spread: sd?.bleuU}));
        return mine === most || isWithinSpread(own!, its!);
      });
      return [one, isLevel ? "meets" : "pays"];
    });
    expect(all(names, "unseen")).toEqual(Object.fromEntries(due));
  });
});

describe("no thumb on the scale", () => {
  test("each of the other five methods is sure of the first place in some case, with no form of LoRA beside it", () => {
    const others = methods.filter((one) => !one.startsWith("lora"));
    expect(others).toHaveLength(5);
    for (const method of others) {
      const won = cases.filter((params) => {
        const {sure, open} = front(params);
        return sure.length === 1 && sure[0] === method && !open.some((one) => one.startsWith("lora"));
      });
      expect(won.length, method).toBeGreaterThan(0);
    }
  });

  test.each([
    ["hard", {quality: "hard"}, "full"],
    ["a mixed batch, fast", {latency: "yes", batch: "yes"}, "bitfit"],
    ["unseen kinds of input", {quality: "unseen"}, "adapters"],
    ["a fixed network", {service: "fixed"}, "prefix-embed"],
    ["a fixed network and quality", {service: "fixed", quality: "usual"}, "prefix-layer"],
    ["fast, many tasks, quality", {latency: "yes", tasks: "yes", quality: "usual"}, "lora-merged"],
  ] as const)("%s: %o", (_, raw, first) => {
    expect(front({...nothing, ...raw}).sure).toEqual([first]);
  });

  test("merged LoRA is last, or level with the last, where tasks share a batch", () => {
    const {standings} = compute({...nothing, batch: "yes"});
    const lowest = Math.max(...standings.map(({worst}) => worst));
    expect(standings.find(({method}) => method === "lora-merged")!.worst).toBe(lowest);
  });

  test("ties are ties: a mixed batch and quality put adapters and unmerged LoRA level", () => {
    expect(front({...nothing, batch: "yes", quality: "usual"}).sure).toEqual(["adapters", "lora-unmerged"]);
    expect(front(nothing).sure).toEqual(methods);
  });
});

describe("places", () => {
  test("are, in every case, those of all outcomes played through", () => {
    expect(cases.length).toBe(768);
    for (const params of cases) {
      const {standings} = compute(params);
      const due = placesOf(params);
      for (const {method, best, worst} of standings)
        expect([best, worst], JSON.stringify(params)).toEqual(due.get(method));
    }
  });

  test("are ranges only where something asked is untested", () => {
    const isRange = (params: ChooseParams) => compute(params).standings.some(({best, worst}) => worst > best);
    const isTested = (params: ChooseParams) => compute(params).standings.every(({untested}) => untested === 0);
    expect(cases.filter(isTested).length).toBeGreaterThan(30);
    expect(cases.filter((params) => isTested(params) && isRange(params))).toEqual([]);
  });

  test("an untested method may come first, and is not sure to", () => {
    const {sure, open} = front({...nothing, few: "yes"});
    expect([sure, open]).toEqual([
      ["lora-merged", "lora-unmerged"],
      ["bitfit", "adapters"],
    ]);
  });

  test("the short sentence says where LoRA is, in every case", () => {
    for (const params of cases) {
      const said = w.says!(compute(params), params);
      expect(said.length).toBeLessThanOrEqual(140);
      expect(said).toMatch(/LoRA|all methods tie/);
    }
  });
});

test("the evidence lists every rule that was used, once, with its source", () => {
  const root = emptyRoot();
  for (const params of cases.filter((_, i) => i % 37 === 0)) {
    show(root, w, params);
    const {requested} = compute(params);
    const used = base.rules.filter(({fact}) => requested.includes(fact));
    const lines = [...root.querySelectorAll(".grounds .formula")].map((line) => line.textContent!);
    expect(lines).toHaveLength(used.length);
    for (const rule of used)
      expect(
        lines.filter((line) => line.includes(`${withoutSources(rule.because)} [${citation(rule.source as never)}]`)),
      ).not.toEqual([]);
  }
});

describe("the table", () => {
  const drawn = (params: ChooseParams, act = nobody) => {
    const root = emptyRoot();
    w.draw(root, compute(params), params, act, {size: "card", width: 660});
    return root;
  };

  test("a pressed head asks for its need, or no longer; of needs that exclude one another the last counts", () => {
    const set: object[] = [];
    const root = drawn(
      {...nothing, latency: "yes", quality: "usual"},
      {...nobody, set: (values) => void set.push(values)},
    );
    const {Event} = root.ownerDocument.defaultView!;
    const heads = [...root.querySelectorAll(".need")];
    expect(heads.filter((one) => one.getAttribute("aria-pressed") === "true")).toHaveLength(2);
    for (const fact of ["latency", "batch", "usual", "hard", "plain"])
      heads[facts.indexOf(fact)]!.dispatchEvent(Object.assign(new Event("click"), {detail: 1}));
    expect(set).toEqual([{latency: "no"}, {batch: "yes"}, {quality: "any"}, {quality: "hard"}, {service: "plain"}]);
    heads[facts.indexOf("few")]!.dispatchEvent(Object.assign(new Event("keydown", {cancelable: true}), {key: "Enter"}));
    expect(set.at(-1)).toEqual({few: "yes"});
  });
});
