import {readdirSync, readFileSync} from "node:fs";
import {parseHTML} from "linkedom";
import {describe, expect, test} from "vitest";
import {forwardedEvents, messageKeys} from "../../../src/embed/frame/messages.ts";
import {formats, orderTypes} from "../../../src/embed/frame/readOrder.ts";
import {addressesByPurpose, codes, stateForGuide} from "../../../src/embed/guides/codes.ts";

const folder = new URL("../../../content/embedding/", import.meta.url);
const guides = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
const home = "https://course.example/lora/";
const shown = await stateForGuide("a test", "rank", {r: 8, source: "noise"}, home);
const address = `${home}embed/rank/?r=8&source=noise`;

const sourceOf = (html: string, attribute = "src") =>
  parseHTML(`<body>${html}</body>`).document.querySelector("iframe")!.getAttribute(attribute);

describe("the codes in the guides", () => {
  test("are exactly those that exist", () => {
    const used = guides.flatMap((text) => [...text.matchAll(/<CodeFor of="(\w+)"/g)].map(([, name]) => name));
    expect([...new Set(used)].sort()).toEqual(Object.keys(codes).sort());
  });

  test.each(["iframe", "course", "resizing"] as const)("%s has a frame with the state", (name) =>
    expect(sourceOf(codes[name](shown, 640))).toBe(address),
  );

  test("load the frame of a slide when it is shown", () => {
    expect(sourceOf(codes.reveal(shown))).toBeNull();
    expect(sourceOf(codes.reveal(shown), "data-src")).toBe(`${address}&layout=slide`);
  });

  test("have the element for Quarto in a raw block", () => {
    const [open, ...rest] = codes.quarto(shown, 640, [1, 2, 3, 4, 5, 6]).split("\n");
    expect([open, rest.at(-1)]).toEqual(["```{=html}", "```"]);
    const widget = parseHTML(`<body>${rest.slice(0, -1).join("\n")}</body>`).document.querySelector("lora-widget")!;
    expect(["name", "r", "source"].map((name) => widget.getAttribute(name))).toEqual(["rank", "8", "noise"]);
  });

  test("set the state in React as a property, and keep what the reader chose", () => {
    expect(codes.react(shown)).toContain('useState({"r":8,"source":"noise"});');
    expect(codes.react(shown)).toMatch(/<lora-widget name="rank" state={state} onlora-change=/);
  });

  test("name what this site has for Python and Observable", () => {
    expect(codes.python(shown)).toContain('LoraWidget(name="rank", state={"r":8,"source":"noise"})');
    expect(codes.observable(shown)).toContain(`import("${home}js/v1/lora-widget.js")`);
  });

  test("have addresses on this site", () => {
    expect(addressesByPurpose.home(shown)).toBe(home);
    expect(addressesByPurpose.page(shown)).toBe(`${home}widgets/rank/?r=8&source=noise`);
    expect(addressesByPurpose.frame(shown)).toBe(address);
    expect(addressesByPurpose.preset(shown)).toBe(`${home}widgets/rank/two-pieces-make-a-sky/`);
    expect(addressesByPurpose.line(shown)).toBe(`${home}js/v1/lora-embed.js`);
  });

  test("refuse an unknown widget, control or value", async () => {
    await expect(stateForGuide("a guide", "rnak", {}, home)).rejects.toThrow("a guide: there is no widget rnak");
    await expect(stateForGuide("a guide", "rank", {rr: 2}, home)).rejects.toThrow("rr is none of the controls of rank");
    await expect(stateForGuide("a guide", "rank", {r: 900}, home)).rejects.toThrow("r should be");
  });
});

describe("the guide for developers has", () => {
  const text = guides.join("\n");
  /** The row of a table that begins with this word, or an empty text. */
  const rowOf = (word: string) => new RegExp(`^\\| [^|]*\`${word}\`.*`, "m").exec(text)?.[0] ?? "";
  const unsaid = (row: string, words: readonly string[]) => words.filter((word) => !row.includes(`\`${word}\``));

  test.each(Object.entries(messageKeys))("the message %s with all its keys", (type, keys) => {
    expect(unsaid(rowOf(`lora:${type}`), [`lora:${type}`, ...keys])).toEqual([]);
  });

  test("every order, and every form of a file", () => {
    // A frame also answers resize, which `lora-embed.js` sends.
    expect([...orderTypes, "resize"].filter((type) => !rowOf(type))).toEqual([]);
    expect(unsaid(rowOf("export"), formats)).toEqual([]);
  });

  test("what a page may set of the element's look, and nothing else", () => {
    const sheet = readFileSync(new URL("../../../src/embed/styles/foreign.css", import.meta.url), "utf8");
    const promised = [...new Set(sheet.match(/--lora-[\w-]+/g))];
    expect(promised.length).toBeGreaterThan(0);
    expect(unsaid(text, promised)).toEqual([]);
    expect([...new Set(text.match(/--lora-[\w-]+/g))].sort()).toEqual(promised.sort());
  });

  test("every event of the element", () => {
    const names = forwardedEvents.map((type) => `lora-${type}`);
    expect(unsaid(text, names)).toEqual([]);
  });
});
