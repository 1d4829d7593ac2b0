import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import site from "../../../content/site.json" with {type: "json"};
import {version} from "../../../package.json" with {type: "json"};
import {bibtex, bibtexFile, bibtexText, siteBibtex, siteCitation, writeEntry} from "../../../src/book/works/bibtex.ts";
import {reference, referenceSchema, references} from "../../../src/book/works/references.ts";

interface Entry {
  type: string;
  key: string;
  fields: Map<string, string>;
}

/** Reads entries as we write them, a field a line. Throws where BibTeX would not read the same: where braces do not match. */
function read(source: string): Entry[] {
  const match = (pattern: RegExp, text: string) => pattern.exec(text) ?? fail(`${text} is not ${pattern}`);
  const fail = (what: string): never => {
    throw new Error(what);
  };
  return source
    .trim()
    .split("\n\n")
    .map((text) => {
      const [, type, key, body] = match(/^@([a-z]+)\{([^\s,{}]+),\n([\s\S]*)\n\}$/, text);
      const fields = new Map<string, string>();
      for (const line of body!.split("\n")) {
        const [, name, value] = match(/^ {2}([A-Za-z]+) += \{(.*)\},$/, line);
        if (fields.has(name!)) fail(`${name} is there twice`);
        let depth = 0;
        for (const sign of value!.replace(/\\[{}]/g, "")) {
          depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
          if (depth < 0) fail(`a brace of ${name} is never opened`);
        }
        if (depth > 0) fail(`a brace of ${name} is never closed`);
        fields.set(name!, value!);
      }
      return {type: type!, key: key!, fields};
    });
}

/** The fields that BibTeX's own styles require. */
const required: Record<string, string[]> = {
  article: ["author", "title", "journal", "year"],
  inproceedings: ["author", "title", "booktitle", "year"],
  book: ["author", "title", "publisher", "year"],
  misc: ["author", "title", "year"],
};

test.each([
  ["@misc{a,\n  title = {{A},\n}", "never closed"],
  ["@misc{a,\n  title = {A}},\n}", "never opened"],
  ["@misc{a,\n  title = {A},\n  title = {B},\n}", "title is there twice"],
  ["@misc{a b,\n  title = {A},\n}", "is not"],
  ["@misc{a,\n  title = A,\n}", "is not"],
])("the parser of these tests refuses %j", (source, why) => expect(() => read(source)).toThrow(why));

describe("the works as BibTeX", () => {
  const entries = read(bibtexFile(references));

  test("have one entry for each work, in the order of the keys", () => {
    const keys = entries.map(({key}) => key);
    expect(keys).toEqual(references.map(({id}) => id).sort());
    expect(new Set(keys).size).toBe(references.length);
  });

  test.each(entries.map((entry) => [entry.key, entry] as const))(
    "have the required fields for %s, in ASCII",
    (_, entry) => {
      expect(Object.keys(required)).toContain(entry.type);
      for (const name of required[entry.type]!) expect(entry.fields.get(name), name).toMatch(/\S/);
      expect(entry.fields.get("year")).toMatch(/^(19|20)\d\d$/);
      for (const [name, text] of entry.fields) {
        expect(text, name).toMatch(/^[ -~]+$/);
        // Outside of addresses, special characters of TeX are escaped.
        if (name !== "url" && name !== "doi") expect(text.replace(/\\[&%$#_{}]/g, ""), name).not.toMatch(/[&%$#_]/);
      }
    },
  );

  test("have all authors, family name first", () => {
    for (const {key, fields} of entries) {
      const authors = fields.get("author")!.split(" and ");
      expect(authors, key).toHaveLength(reference(key).author.length);
      // A project as author has braces of its own.
      for (const author of authors) expect(author, key).toMatch(/^([^,]+, [^,]+|\{[^{},]+\})$/);
    }
  });

  test("have the paper with its venue's year, its eprint, and its title in double braces", () => {
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

  test("have volume, number and pages for a journal", () => {
    const [entry] = read(bibtex(reference("eckart1936lowrank")));
    expect(["journal", "volume", "number", "pages", "doi"].map((name) => entry!.fields.get(name))).toEqual([
      "Psychometrika",
      "1",
      "3",
      "211--218",
      "10.1007/BF02288367",
    ]);
  });

  test("can have any title that the schema accepts", () => {
    const odd = referenceSchema.parse({...reference("hu2021lora"), title: "50% of {x} & y_1 \\ #2 ~ ^ – “Ł”"});
    expect(read(bibtex(odd))).toHaveLength(1);
  });
});

describe("text in BibTeX", () => {
  test.each([
    ["Rücklé", `R{\\"u}ckl{\\'e}`],
    ["Łukasz", "{\\L}ukasz"],
    ["Dušek", "Du{\\v{s}}ek"],
    ["Ondřej", "Ond{\\v{r}}ej"],
    ["A & B_1", "A \\& B\\_1"],
    ["pp. 1–2", "pp. 1--2"],
  ])("has commands for accents and signs: %s", (text, due) => expect(bibtexText(text)).toBe(due));

  test("refuses a sign without a command", () => {
    expect(() => bibtexText("α")).toThrow("“α” of “α” has no command");
  });

  test("leaves out undefined fields", () => {
    expect(writeEntry("misc", "a", {title: "T", url: undefined})).toBe("@misc{a,\n  title         = {T},\n}");
  });
});

test("the site can be cited, in words and as BibTeX, with the address it is built for", () => {
  const home = "https://example.org/lora/";
  expect(siteCitation(home)).toMatch(
    /^The authors of LoRA, live \(2026\)\. .*\. Version \d+\.\d+\.\d+\. https:\/\/example\.org\/lora\/$/,
  );
  const [entry] = read(siteBibtex(home));
  for (const name of required.misc!) expect(entry!.fields.get(name), name).toMatch(/^[ -~]+$/);
  expect(entry!.fields.get("url")).toBe(home);
});

test("the citation has the year of the license and the version of the package", () => {
  const license = readFileSync(new URL("../../../LICENSE", import.meta.url), "utf8");
  expect(license).toContain(`Copyright (c) ${site.year} the authors of LoRA, live`);
  expect(site.version).toBe(version);
});
