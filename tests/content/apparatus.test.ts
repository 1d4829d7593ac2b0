import {describe, expect, test} from "vitest";
import {chapterFile} from "../../src/book/chapter/chapters.ts";
import {glossary, glossaryEntry, glossarySchema} from "../../src/book/chapter/glossary.ts";
import {questionSchema, questions} from "../../src/book/quiz/questions.ts";
import {
  authorLine,
  citedWorks,
  reference,
  references,
  shortCitation,
  venueLine,
  workAddress,
  yearOf,
} from "../../src/book/works/references.ts";
import {href} from "../../src/site/marks/href.ts";
import {notationPieces} from "../../src/site/marks/notation.ts";
import {anchorOnce, nextCardId} from "../../src/site/marks/pageIds.ts";
import {plainNumber, quantity} from "../../src/site/marks/quantity.ts";

describe("works", () => {
  test("keys are unique; each has author, title, year, and its key begins with both", () => {
    expect(new Set(references.map(({id}) => id)).size).toBe(references.length);
    for (const work of references) {
      const family = work.author[0].family
        .replace("ł", "l")
        .normalize("NFD")
        .replace(/[^a-z]/gi, "")
        .toLowerCase();
      expect(work.id.startsWith(`${family.replace("benzaken", "zaken")}${yearOf(work)}`), work.id).toBe(true);
      expect(work.title.length).toBeGreaterThan(3);
    }
  });

  test("read as a citation and as an entry", () => {
    expect(shortCitation(reference("hu2021lora"))).toBe("Hu et al., 2021");
    expect(shortCitation(reference("eckart1936lowrank"))).toBe("Eckart & Young, 1936");
    expect(shortCitation(reference("kalajdzievski2023rslora"))).toBe("Kalajdzievski, 2023");
    expect(authorLine(reference("kingma2014adam"))).toBe("Diederik P. Kingma and Jimmy Ba");
    expect(authorLine(reference("brown2020gpt3"))).toBe(
      "Tom B. Brown, Benjamin Mann, Nick Ryder, Melanie Subbiah, Jared Kaplan, Prafulla Dhariwal et al.",
    );
    expect(venueLine(reference("eckart1936lowrank"))).toBe("Psychometrika, 1(3), pp. 211–218");
    expect(venueLine(reference("liu2019roberta"))).toBe("arXiv preprint");
    expect(workAddress(reference("hu2021lora"))).toEqual({
      url: "https://arxiv.org/abs/2106.09685v2",
      label: "arXiv:2106.09685v2",
    });
    expect(workAddress(reference("eckart1936lowrank"))?.url).toBe("https://doi.org/10.1007/BF02288367");
    expect(workAddress(reference("trefethen1997linear"))).toBeUndefined();
    expect(() => reference("nobody2021")).toThrow("add it to content/references.json");
  });

  test("a chapter's works are those it names, and the paper where its numbers stand, in order and once", () => {
    expect(
      citedWorks('<Cite at="§2" work="li2018intrinsic" /> <Cite work="hu2021lora" /> <Cite work="li2018intrinsic" />'),
    ).toEqual(["li2018intrinsic", "hu2021lora"]);
    expect(citedWorks('<Num id="ckpt-350gb" /> <Cite work="li2021prefix" />')).toEqual(["hu2021lora", "li2021prefix"]);
    expect(citedWorks('<PaperTable id="table-5" />')).toEqual(["hu2021lora"]);
    expect(citedWorks('no works; <Quiz work="x" /> <Citation work="y" />')).toEqual([]);
  });
});

describe("terms", () => {
  test("ids and terms are unique", () => {
    for (const key of ["id", "term"] as const)
      expect(new Set(glossary.map((entry) => entry[key])).size).toBe(glossary.length);
    expect(glossary.length).toBeGreaterThanOrEqual(30);
  });

  test("each is one sentence", () => {
    const {sentence, ...rest} = glossaryEntry("rank");
    expect(glossarySchema.safeParse({...rest, sentence}).success).toBe(true);
    for (const bad of ["Two. Sentences.", "No full stop", "A question?", ""]) {
      expect(glossarySchema.safeParse({...rest, sentence: bad}).success).toBe(false);
    }
  });

  test("the order is the alphabet's", () => {
    const terms = glossary.map(({term}) => term.toLowerCase());
    expect(terms).toEqual([...terms].sort((a, b) => a.localeCompare(b, "en")));
    expect(() => glossaryEntry("rnak")).toThrow("add it to content/glossary.json");
  });
});

describe("numbers in print", () => {
  test.each([
    [quantity(4.7, "M", 1), "4.7\u2009M"],
    [quantity(37.748736, "MB", 1), "37.7\u2009MB"],
    [quantity(73.4, "%", 1), "73.4%"],
    [quantity(70, "%", 1), "70.0%"],
    [quantity(10000, "×"), "10,000×"],
    [quantity(150994944), "150,994,944"],
    [plainNumber(-0.8), "−0.8"],
    [plainNumber(-0.04, 1), "0.0"],
    [plainNumber(0.00005), "5\u2009×\u200910⁻⁵"],
    [plainNumber(-0.0002), "−2\u2009×\u200910⁻⁴"],
    [plainNumber(0.06), "0.06"],
    [plainNumber(0), "0"],
  ])("%s", (printed, due) => {
    expect(printed).toBe(due);
  });
});

test("subscripts of the plain notation", () => {
  const marked = (text: string) =>
    notationPieces(text)
      .map(({text: t, sub}) => (sub ? `[${t}]` : t))
      .join("");
  expect(marked("Wq,Wk,Wv,Wo")).toBe("W[q], W[k], W[v], W[o]");
  expect(marked("ΔWq")).toBe("ΔW[q]");
  expect(marked("r_q=r_v=8, l_p=8")).toBe("r[q] = r[v] = 8, l[p] = 8");
  expect(marked("‖Uᵀ W_q Vᵀ‖_F")).toBe("‖Uᵀ W[q] Vᵀ‖[F]");
  expect(marked("d_model")).toBe("d[model]");
  for (const same of ["WikiSQL", "1,449.4", "Work", "RoBERTa-base", "--lora_alpha 16", "roberta_base_*.sh"])
    expect(marked(same)).toBe(same);
});

test("addresses stand under the base; fragments and addresses elsewhere stay", () => {
  expect(href("glossary/#rank", "/")).toBe("/glossary/#rank");
  expect(href("/glossary/", "/a/b/")).toBe("/a/b/glossary/");
  expect(href("", "/lora")).toBe("/lora/");
  expect(href("#ref-hu2021lora", "/lora/")).toBe("#ref-hu2021lora");
  expect(href("https://arxiv.org/abs/2106.09685", "/lora/")).toBe("https://arxiv.org/abs/2106.09685");
});

test("ids count from one on every page; an anchor is given once a page", () => {
  const [page, other] = [new Request("https://x.example/"), new Request("https://x.example/")];
  expect([nextCardId(page), nextCardId(page), nextCardId(other)]).toEqual(["card-1", "card-2", "card-1"]);
  expect([anchorOnce(page, "table-6"), anchorOnce(page, "table-6"), anchorOnce(other, "table-6")]).toEqual([
    "table-6",
    undefined,
    "table-6",
  ]);
});

describe("chapters and questions", () => {
  test("a chapter's file gives its place and address", () => {
    expect(chapterFile("content/chapters/02-low-rank.mdx")).toEqual({order: 2, slug: "low-rank"});
    expect(chapterFile("13-resources.mdx")).toEqual({order: 13, slug: "resources"});
    expect(() => chapterFile("2-low-rank.mdx")).toThrow("a chapter's file is named 02-low-rank.mdx");
  });

  const common = {
    id: "q-rank",
    chapter: "low-rank",
    section: "a",
    bloom: "apply",
    prompt: "$r$?",
    hints: [],
    cards: true,
  };

  test("a number is computed, never typed", () => {
    const numeric = {...common, kind: "numeric", compute: {fn: "count", args: [4, 8]}, tolerance: 0, why: "w"};
    expect(questionSchema.safeParse(numeric).success).toBe(true);
    expect(
      questionSchema.safeParse({
        ...numeric,
        wrong: [
          {value: 3, why: "w"},
          {compute: numeric.compute, why: "w"},
        ],
      }).success,
    ).toBe(true);
    expect(questionSchema.safeParse({...numeric, compute: undefined}).success).toBe(false);
    expect(questionSchema.safeParse({...numeric, answer: 5}).success).toBe(false);
    expect(questionSchema.safeParse({...numeric, id: "rank"}).success).toBe(false);
  });

  test("the bank's ids are unique", () => {
    expect(new Set(questions.map(({id}) => id)).size).toBe(questions.length);
  });
});
