import {DOMParser, type Document, type Element, onErrorStopParsing} from "@xmldom/xmldom";
import {describe, expect, test} from "vitest";
import {cartridge} from "../../../src/make/downloads/cartridge.ts";
import {scormFiles} from "../../../src/make/downloads/scorm.ts";
import {aboutWidgets} from "../../../src/make/embeds/aboutWidgets.ts";
import {xml, xmlFile} from "../../../src/markup/xml.ts";

const root = new URL("../../..", import.meta.url).pathname;

/** Strict: any error stops it, and so does a second byte before the declaration. */
const parse = (text: string): Document =>
  new DOMParser({onError: onErrorStopParsing}).parseFromString(text, "text/xml");
const all = (document: Document, name: string): Element[] => [...document.getElementsByTagName(name)];
const values = (document: Document, element: string, attribute: string) =>
  all(document, element).flatMap((one) => one.getAttribute(attribute) ?? []);

/** What every content package keeps to: ids once, every reference to a resource, every file of a resource there. */
function sound(document: Document, paths: readonly string[]) {
  const ids = ["manifest", "organization", "item", "resource"].flatMap((name) => values(document, name, "identifier"));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/);
  const resources = values(document, "resource", "identifier");
  expect(values(document, "item", "identifierref").sort()).toEqual([...resources].sort());
  expect(values(document, "file", "href").sort()).toEqual(paths.filter((path) => path !== "imsmanifest.xml").sort());
}

describe("XML", () => {
  test("escapes text, keeps its pieces, and is read back as it was said", () => {
    const odd = `a < b & "c" > 'd' ]]> é Δ`;
    const document = parse(xmlFile(xml`<a b="${odd}">${odd}${[xml`<c/>`, xml`<c>${2}</c>`]}</a>`));
    expect(document.documentElement!.getAttribute("b")).toBe(odd);
    expect(document.documentElement!.textContent).toBe(`${odd}2`);
    expect(all(document, "c")).toHaveLength(2);
  });

  test("that is not well formed is refused by this parser", () => {
    expect(() => parse("<a><b></a>")).toThrow();
    expect(() => parse("<a>&nbsp</a>")).toThrow();
  });
});

const widgets = await aboutWidgets(root);

describe("SCORM packages", () => {
  const packages = widgets.map((about) => [about.name, about, scormFiles(about, "<!doctype html>", "MIT")] as const);

  test.each(packages)("%s has one page that is its SCO, says what it is, and lists its files", (name, about, files) => {
    const document = parse(files["imsmanifest.xml"] as string);
    sound(document, Object.keys(files));
    const manifest = document.documentElement!;
    expect([manifest.namespaceURI, manifest.getAttribute("identifier")]).toEqual([
      "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
      `lora-live-${name}`,
    ]);
    expect(all(document, "schema")[0]!.textContent).toBe("ADL SCORM");
    expect(all(document, "schemaversion")[0]!.textContent).toBe("1.2");
    const [resource, ...others] = all(document, "resource");
    expect(others).toEqual([]);
    expect(resource!.getAttributeNS("http://www.adlnet.org/xsd/adlcp_rootv1p2", "scormtype")).toBe("sco");
    expect(resource!.getAttribute("href")).toBe("index.html");
    const [organization] = all(document, "organization");
    expect(all(document, "organizations")[0]!.getAttribute("default")).toBe(organization!.getAttribute("identifier"));
    const titles = all(document, "title").map((one) => one.textContent);
    expect(titles).toEqual([`LoRA, live: ${about.title}`, about.title]);
    const lom = document.getElementsByTagNameNS("http://www.imsglobal.org/xsd/imsmd_rootv1p2p1", "langstring");
    expect([...lom].map((one) => one.textContent)).toEqual([
      about.title,
      `${about.guide} Challenge: ${about.challenge}`,
      expect.stringMatching(/CC BY 4\.0.*MIT/),
    ]);
  });
});

describe("a cartridge", () => {
  const link = (id: string) => ({id, title: `"${id}" & more`, address: `https://lora.example/${id}/?a=1&b=2`});
  const files = cartridge({
    title: "A & B",
    description: "<two>",
    modules: [
      {id: "one", title: "1. One", links: [link("chapter"), link("rank")]},
      {id: "two", title: "2. Two", links: [link("rank")]},
    ],
  });
  const document = parse(files["imsmanifest.xml"] as string);

  test("is of version 1.1, where Moodle looks for it", () => {
    expect((files["imsmanifest.xml"] as string).slice(0, 500)).toContain(
      ' xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"',
    );
    expect(all(document, "schema")[0]!.textContent).toBe("IMS Common Cartridge");
    expect(all(document, "schemaversion")[0]!.textContent).toBe("1.1.0");
  });

  test("has a module of links a module, each link a resource of its own", () => {
    const items = all(document, "item");
    const linked = items.filter((item) => item.hasAttribute("identifierref"));
    expect(values(document, "resource", "type")).toEqual(linked.map(() => "imswl_xmlv1p1"));
    expect(values(document, "item", "identifierref").sort()).toEqual(values(document, "resource", "identifier").sort());
    sound(document, Object.keys(files));
    // The outermost item has no title; every other has, and before its items.
    const [outermost, ...rest] = items;
    expect([...outermost!.childNodes].some(({nodeName}) => nodeName === "title")).toBe(false);
    for (const item of rest) expect([...item.childNodes].find(({nodeType}) => nodeType === 1)!.nodeName).toBe("title");
  });

  test("says titles and addresses as they came", () => {
    const one = parse(files["links/two.rank.xml"] as string);
    expect(one.documentElement!.namespaceURI).toBe("http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1");
    expect(all(one, "title")[0]!.textContent).toBe(link("rank").title);
    expect(all(one, "url")[0]!.getAttribute("href")).toBe(link("rank").address);
  });
});
