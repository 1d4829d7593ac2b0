/** The search over the built site: it comes after the build. */
import {beforeAll, describe, expect, test} from "vitest";
import {type Packed, unpack} from "../../src/components/search/entry.ts";
import {buildIndex, type Index} from "../../src/components/search/find.ts";
import {searched} from "../components/search/searched.ts";
import {textOf} from "./site.ts";

describe("the search", () => {
  const text = textOf("search/entries.js");
  const entries = unpack(JSON.parse(text.replace(/^globalThis\.loraEntries = |;\n$/g, "")) as Packed[]);
  let index: Index;
  beforeAll(async () => {
    index = await buildIndex(entries);
  });

  test("has its index", () => expect(entries.length).toBeGreaterThan(500));

  test("leads to places that are there, each once", () => {
    const addresses = entries.map(({address}) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
    const pages = new Map<string, string>();
    const lost = addresses.filter((address) => {
      const [path = "", id] = address.split("#");
      if (!pages.has(path)) pages.set(path, textOf(`${path}index.html`));
      return id !== undefined && !new RegExp(`\\bid="?${id.replace(/[.]/g, "\\.")}["\\s>]`).test(pages.get(path)!);
    });
    expect(lost).toEqual([]);
    expect(entries.filter(({title}) => title === "")).toEqual([]);
  });

  test.each(searched)("%s: %s is among the first three", (query, address) => {
    const shown = index.find(query).groups.flatMap(({hits}) => hits.map(({entry}) => entry.address));
    expect(shown.slice(0, 3)).toContain(address);
  });

  test("shows no answer that its page keeps closed", () => {
    const predicted = entries.find(({address}) => address === "chapters/low-rank/")!;
    expect(predicted.text).toContain("do 160 well-placed parameters get?");
    expect(predicted.text).not.toContain("each of them acts at every letter");
  });
});
