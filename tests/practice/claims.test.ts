import {readdirSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import measured from "../../content/practice/measured.json" with {type: "json"};
import {scripts} from "../../package.json" with {type: "json"};
import {references} from "../../src/book/works/references.ts";
import {answerLines} from "../../src/practice/answerLines.ts";
import {claim, claims, printedSource, sourcePages} from "../../src/practice/claims.ts";
import {memoryUse} from "../../src/practice/memory.ts";
import {memoryAnswer} from "../../src/practice/memoryAnswer.ts";
import {everyCase} from "./everyCase.ts";

const chapters = new URL("../../content/chapters/", import.meta.url);
/** A chapter's text without its components, as a reader sees it, and its source. */
function chapter(slug: string) {
  const file = readdirSync(chapters).find((name) => name.endsWith(`-${slug}.mdx`));
  const source = file ? readFileSync(new URL(file, chapters), "utf8") : "";
  return {source, text: source.replace(/<[^>]+>/g, "").replace(/\s+/g, " ")};
}

describe("the claims of the page that sets up a run", () => {
  test("have ids of their own", () => {
    expect(claims.length).toBeGreaterThan(60);
    expect(new Set(claims.map(({id}) => id)).size).toBe(claims.length);
    expect(() => claim("nothing")).toThrow("content/practice/claims.json");
  });

  test.each(claims.map((one) => [one.id, one] as const))("say where %s was read", (_, one) => {
    const {name, address} = printedSource(one);
    expect(name).toMatch(/\S/);
    expect(address).toMatch(/^(https:\/\/|chapters\/)/);
    for (const words of [one.statement, one.quote, one.scope, one.case]) expect(words).toMatch(/\S{2}/);
  });

  test("name works of the bibliography, commands that exist and sections that chapters have", () => {
    const works = new Set(references.map(({id}) => id));
    for (const {id, source} of claims) {
      if ("work" in source) expect(works, id).toContain(source.work);
      if (!("run" in source)) continue;
      expect(Object.keys(scripts), id).toContain(source.run.replace("npm run ", ""));
      expect(chapter(source.chapter).source, id).toMatch(new RegExp(`\\{#${source.section}\\}`));
    }
  });

  test("quote our own chapters word for word", () => {
    const own = claims.flatMap(({id, source, quote}) => ("run" in source ? [{id, source, quote}] : []));
    expect(own.length).toBeGreaterThan(4);
    for (const {id, source, quote} of own) expect(chapter(source.chapter).text, id).toContain(quote);
  });

  test("quote the cells of the paper's table 5 as they are printed", () => {
    const {quote} = claim("matrices-paper");
    const table = readFileSync(new URL("../../content/paper/table-5.json", import.meta.url), "utf8");
    for (const [cell] of quote.matchAll(/\d+\.\d/g)) expect(table).toContain(cell);
  });

  test("call nothing agreed on that only one place says", () => {
    const place = ({source}: (typeof claims)[number]) =>
      "work" in source ? source.work : "page" in source ? source.page.split("-")[0] : "ours";
    for (const one of claims.filter(({sure}) => sure === "several")) {
      const others = claims.filter(({topic, sure}) => topic === one.topic && sure === "several").map(place);
      expect(new Set(others).size, one.id).toBeGreaterThan(1);
    }
    for (const one of claims) expect(one.sure === "ours", one.id).toBe("run" in one.source);
  });

  test("say of a default that nothing was measured", () => {
    for (const {id, scope} of claims.filter(({sure}) => sure === "default"))
      expect(scope, id).toContain("without a measurement");
  });

  test("are each read somewhere: in a line or the memory of some case, or by the page", () => {
    const page = readFileSync(new URL("../../src/pages/practice.astro", import.meta.url), "utf8");
    const used = new Set(measured.map(({claim: id}) => id));
    for (const [, run] of everyCase())
      for (const id of [
        ...answerLines(run).flatMap((line) => line.claims),
        ...memoryAnswer(run, memoryUse(run)).claims,
      ])
        used.add(id);
    expect(claims.map(({id}) => id).filter((id) => !used.has(id) && !page.includes(`"${id}"`))).toEqual([]);
  });

  test("use every page that is listed, each at a version or a commit", () => {
    const used = new Set(claims.flatMap(({source}) => ("page" in source ? [source.page] : [])));
    expect(sourcePages.map(({id}) => id).filter((id) => !used.has(id))).toEqual([]);
    for (const {url, version} of sourcePages) if (url.includes("/blob/")) expect(version).toMatch(/commit/);
  });
});
