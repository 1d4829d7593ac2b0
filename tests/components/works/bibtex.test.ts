import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import site from "../../../content/site.json" with {type: "json"};
import {version} from "../../../package.json" with {type: "json"};
import {bibtex, bibtexFile, bibtexText, writeEntry} from "../../../src/components/works/bibtex.ts";
import {reference, referenceSchema, references} from "../../../src/components/works/references.ts";
import {siteBibtex, siteCitation} from "../../../src/components/works/siteCitation.ts";

interface Entry {
  type: string;
  key: string;
  fields: Map<string, string>;
}

/** Reads entries as BibTeX does: @type{key, name = {value}, …}, a value ending where its braces are closed. Throws where they are not. */
function read(source: string): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${source.slice(at, at + 40)}`);
  };
  const take = (pattern: RegExp): string => {
    const sticky = new RegExp(pattern, "y");
    sticky.lastIndex = at;
    const match = sticky.exec(source) ?? fail(`${pattern} was due`);
    at += match[0].length;
    return match[1] ?? "";
  };
  const value = (): string => {
    take(/\{/);
    const start = at;
    for (let depth = 1; depth > 0; at++) {
      const sign = source[at];
      if (sign === undefined) return fail("a brace is never closed");
      if (sign === "\\" && "{}".includes(source[at + 1]!)) at++;
      else if (sign === "{") depth++;
      else if (sign === "}") depth--;
    }
    return source.slice(start, at - 1);
  };
  while (take(/\s*/) === "" && at < source.length) {
    const type = take(/@([a-z]+)\{/);
    const key = take(/([^\s,{}]+),\s*/);
    const fields = new Map<string, string>();
    while (source[at] !== "}") {
      const name = take(/([A-Za-z]+)\s*=\s*/);
      if (fields.has(name)) fail(`${name} stands twice`);
      fields.set(name, value());
      take(/\s*(?:,\s*)?/);
    }
    take(/\}/);
    entries.push({type, key, fields});
  }
  return entries;
}

/** What BibTeX's own styles ask of each type. */
const required: Record<string, string[]> = {
  article: ["author", "title", "journal", "year"],
  inproceedings: ["author", "title", "booktitle", "year"],
  book: ["author", "title", "publisher", "year"],
  misc: ["author", "title", "year"],
};

describe("the reader of these tests", () => {
  test("reads what is sound", () => {
    const [entry] = read("@misc{a2020b,\n  title = {{A {\\'e} \\{b}},\n  year = {2020},\n}\n");
    expect([entry!.type, entry!.key, entry!.fields.get("title"), entry!.fields.get("year")]).toEqual([
      "misc",
      "a2020b",
      "{A {\\'e} \\{b}",
      "2020",
    ]);
  });

  test.each([
    ["@misc{a,\n  title = {{A},\n", "a brace is never closed"],
    ["@misc{a,\n  title = {A},\n  title = {B},\n}", "title stands twice"],
    ["@misc{a b,\n  title = {A},\n}", "was due"],
    ["@misc{a,\n  title = A,\n}", "was due"],
  ])("refuses %j", (source, why) => expect(() => read(source)).toThrow(why));
});

describe("the works as BibTeX", () => {
  const entries = read(bibtexFile(references));

  test("one entry a work, under its key, in the order of the keys", () => {
    const keys = entries.map(({key}) => key);
    expect(keys).toEqual(references.map(({id}) => id).sort());
    expect(new Set(keys).size).toBe(references.length);
  });

  test.each(entries.map((entry) => [entry.key, entry] as const))(
    "%s has what its type asks for, in ASCII",
    (_, entry) => {
      expect(Object.keys(required)).toContain(entry.type);
      for (const name of required[entry.type]!) expect(entry.fields.get(name), name).toMatch(/\S/);
      expect(entry.fields.get("year")).toMatch(/^(19|20)\d\d$/);
      for (const [name, text] of entry.fields) {
        expect(text, name).toMatch(/^[ -~]+$/);
        // Outside of addresses, a sign that TeX would take for a command of its own is escaped.
        if (name !== "url" && name !== "doi") expect(text.replace(/\\[&%$#_{}]/g, ""), name).not.toMatch(/[&%$#_]/);
      }
    },
  );

  test("no author is lost, and each is family first", () => {
    for (const {key, fields} of entries) {
      const authors = fields.get("author")!.split(" and ");
      expect(authors, key).toHaveLength(reference(key).author.length);
      // A project stands for all who wrote it, in braces of its own.
      for (const author of authors) expect(author, key).toMatch(/^([^,]+, [^,]+|\{[^{},]+\})$/);
    }
  });

  test("the paper: its venue's year, its eprint, its title in capitals of its own", () => {
    expect(bibtex(reference("hu2021lora"))).toBe(
      [
        "@inproceedings{hu2021lora,",
        "  author        = {Hu, Edward J. and Shen, Yelong and Wallis, Phillip and Allen-Zhu, Zeyuan and Li, Yuanzhi and Wang, Shean and Wang, Lu and Chen, Weizhu},",
        "  title         = {{LoRA: Low-Rank Adaptation of Large Language Models}},",
        "  booktitle     = {International Conference on Learning Representations (ICLR 2022)},",
        "  year          = {2022},",
        "  eprint        = {2106.09685v2},",
        "  archivePrefix = {arXiv},",
        "  url           = {https://arxiv.org/abs/2106.09685v2},",
        "}",
      ].join("\n"),
    );
  });

  test("a journal has volume, number and pages", () => {
    const [entry] = read(bibtex(reference("eckart1936lowrank")));
    expect(["journal", "volume", "number", "pages", "doi"].map((name) => entry!.fields.get(name))).toEqual([
      "Psychometrika",
      "1",
      "3",
      "211--218",
      "10.1007/BF02288367",
    ]);
  });

  test("any work the schema takes can be written, whatever is in its title", () => {
    const odd = referenceSchema.parse({...reference("hu2021lora"), title: "50% of {x} & y_1 \\ #2 ~ ^ – “Ł”"});
    expect(read(bibtex(odd))).toHaveLength(1);
  });
});

describe("text", () => {
  test.each([
    ["Rücklé", `R{\\"u}ckl{\\'e}`],
    ["Łukasz", "{\\L}ukasz"],
    ["Dušek", "Du{\\v{s}}ek"],
    ["Ondřej", "Ond{\\v{r}}ej"],
    ["A & B_1", "A \\& B\\_1"],
    ["pp. 1–2", "pp. 1--2"],
  ])("%s", (text, due) => expect(bibtexText(text)).toBe(due));

  test("a sign without a command is refused, not lost", () => {
    expect(() => bibtexText("α")).toThrow("“α” of “α” has no command");
  });

  test("what is undefined is no field", () => {
    expect(writeEntry("misc", "a", {title: "T", url: undefined})).toBe("@misc{a,\n  title         = {T},\n}");
  });
});

test("the site itself can be cited, in words and as BibTeX, at the address it is built for", () => {
  const home = "https://example.org/lora/";
  expect(siteCitation(home)).toMatch(
    /^The authors of LoRA, live \(2026\)\. .*\. Version \d+\.\d+\.\d+\. https:\/\/example\.org\/lora\/$/,
  );
  const [entry] = read(siteBibtex(home));
  for (const name of required.misc!) expect(entry!.fields.get(name), name).toMatch(/^[ -~]+$/);
  expect(entry!.fields.get("url")).toBe(home);
});

test("what is cited is what is licensed and released", () => {
  const license = readFileSync(new URL("../../../LICENSE", import.meta.url), "utf8");
  expect(license).toContain(`Copyright (c) ${site.year} the authors of LoRA, live`);
  expect(site.version).toBe(version);
});
