import {DOMParser, type Document, type Element, onErrorStopParsing} from "@xmldom/xmldom";
import {describe, expect, test} from "vitest";
import {cartridge} from "../../../src/embed/downloads/cartridge.ts";
import {scormFiles} from "../../../src/embed/downloads/downloads.ts";
import {loadWidget, widgetNames} from "../../../src/figures/registry.ts";
import {xml, xmlFile} from "../../../src/site/xml.ts";

/** Throws at any error. */
const parse = (text: string): Document =>
  new DOMParser({onError: onErrorStopParsing}).parseFromString(text, "text/xml");
const all = (document: Document, name: string): Element[] => [...document.getElementsByTagName(name)];
const texts = (document: Document, name: string) => all(document, name).map(({textContent}) => textContent);
const values = (document: Document, element: string, attribute: string) =>
  all(document, element).flatMap((one) => one.getAttribute(attribute) ?? []);

/** Checks the rules of content packages: unique ids, an item for each resource, and a file for each reference. */
function expectValid(document: Document, paths: readonly string[]) {
  const ids = ["manifest", "organization", "item", "resource"].flatMap((name) => values(document, name, "identifier"));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/);
  const resources = values(document, "resource", "identifier");
  expect(values(document, "item", "identifierref").sort()).toEqual([...resources].sort());
  expect(values(document, "file", "href").sort()).toEqual(paths.filter((path) => path !== "imsmanifest.xml").sort());
}

describe("XML", () => {
  test("escapes text, keeps pieces of XML, and can be read back", () => {
    const odd = `a < b & "c" > 'd' ]]> é Δ`;
    const document = parse(xmlFile(xml`<a b="${odd}">${odd}${[xml`<c/>`, xml`<c>${2}</c>`]}</a>`));
    expect(document.documentElement!.getAttribute("b")).toBe(odd);
    expect(document.documentElement!.textContent).toBe(`${odd}2`);
    expect(all(document, "c")).toHaveLength(2);
  });
});

const widgets = await Promise.all(
  widgetNames.map(async (name) => {
    const {title, guide, sources, challenge} = await loadWidget(name);
    return {name, title, guide, sources, challenge: challenge.text};
  }),
);

describe("SCORM packages", () => {
  const packages = widgets.map((about) => [about.name, about, scormFiles(about, "<!doctype html>", "MIT")] as const);

  test.each(packages)("%s has one page as its SCO, a description, and a list of its files", (name, about, files) => {
    const document = parse(files["imsmanifest.xml"] as string);
    expectValid(document, Object.keys(files));
    const manifest = document.documentElement!;
    expect(manifest.namespaceURI).toBe("http://www.imsproject.org/xsd/imscp_rootv1p1p2");
    expect(manifest.getAttribute("identifier")).toBe(`lora-live-${name}`);
    expect([...texts(document, "schema"), ...texts(document, "schemaversion")]).toEqual(["ADL SCORM", "1.2"]);
    expect(values(document, "resource", "href")).toEqual(["index.html"]);
    const [resource] = all(document, "resource");
    expect(resource!.getAttributeNS("http://www.adlnet.org/xsd/adlcp_rootv1p2", "scormtype")).toBe("sco");
    expect(values(document, "organizations", "default")).toEqual(values(document, "organization", "identifier"));
    expect(texts(document, "title")).toEqual([`LoRA, live: ${about.title}`, about.title]);
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

  test("has version 1.1, in the place where Moodle looks for it", () => {
    expect((files["imsmanifest.xml"] as string).slice(0, 500)).toContain(
      ' xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"',
    );
    expect([...texts(document, "schema"), ...texts(document, "schemaversion")]).toEqual([
      "IMS Common Cartridge",
      "1.1.0",
    ]);
  });

  test("has an item for each module, and a resource for each link", () => {
    const items = all(document, "item");
    const linked = items.filter((item) => item.hasAttribute("identifierref"));
    expect(values(document, "resource", "type")).toEqual(linked.map(() => "imswl_xmlv1p1"));
    expect(values(document, "item", "identifierref").sort()).toEqual(values(document, "resource", "identifier").sort());
    expectValid(document, Object.keys(files));
    // The outermost item has no title; all others have one, before their own items.
    const [outermost, ...rest] = items;
    expect([...outermost!.childNodes].some(({nodeName}) => nodeName === "title")).toBe(false);
    for (const item of rest) expect([...item.childNodes].find(({nodeType}) => nodeType === 1)!.nodeName).toBe("title");
  });

  test("keeps titles and addresses as they are", () => {
    const one = parse(files["links/two.rank.xml"] as string);
    expect(one.documentElement!.namespaceURI).toBe("http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1");
    expect(texts(one, "title")).toEqual([link("rank").title]);
    expect(values(one, "url", "href")).toEqual([link("rank").address]);
  });
});
