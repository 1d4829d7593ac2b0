/** Every code of the embed dialog is read back by a reader of its format, and says what was chosen. */
import {transformSync} from "esbuild";
import fc from "fast-check";
import {parseHTML} from "linkedom";
import {markdownToHtml} from "satteri";
import {describe, expect, test} from "vitest";
import {choice, hiddenText, range} from "../../../src/figure/controls.ts";
import {parse} from "../../../src/figure/parse.ts";
import {courseFrame, elementCode, frameCode, frameTitle, jsxCode, SANDBOX} from "../../../src/figure/share/frame.ts";
import {ELEMENT_WIDTHS} from "../../../src/figure/share/height.ts";
import {mystFrame, mystWidget, notebookCell, pictureLink, textLink} from "../../../src/figure/share/markdown.ts";
import {panesFor} from "../../../src/figure/share/panes.ts";
import {unpack} from "../../../src/figure/state/packed.ts";
import {differingValues, frameAddress, type LinkedState, pageAddress} from "../../../src/figure/state/pageAddress.ts";
import type {AnyWidget} from "../../../src/figure/widget.ts";

const controls = {
  r: range(["Rank"], {min: 0, max: 48, value: 4}),
  source: choice(["Matrix"], {blobs: "Blobs", noise: "Noise"}, "blobs"),
  cells: hiddenText(["cells"], 4096, () => undefined),
};
const params = {r: 4, source: "blobs" as "blobs" | "noise", cells: ""};
const home = "https://lora.example/base/";
const shown = (moved: object, options = {}, title = 'Is "A & B" < C [1]?'): LinkedState => ({
  ...{name: "rank", w: {title, controls} as unknown as AnyWidget, params: {...params, ...moved}},
  ...{home, options},
});

/** Heights at the widths at which a figure is measured. */
const heights = ELEMENT_WIDTHS.map((width) => 3000 - width);

/** What breaks out of a format, among what does not. Without what no page of HTML can hold, and as the gate of parameters leaves it. */
const nasty = fc.constantFrom(
  ..."\"'`&<>{}[]()\\|$*_~#!\n:;=,%+?/",
  "</script>",
  `\${x}`,
  "&quot;",
  "]]>",
  "```",
  "\\'",
);
const text = fc
  .array(fc.oneof({arbitrary: nasty, weight: 4}, fc.string({unit: "binary", maxLength: 6})), {maxLength: 24})
  .map((parts) => parts.join("").replaceAll("\0", "").trim());
const any: fc.Arbitrary<LinkedState> = fc
  .record({
    r: fc.integer({min: 0, max: 48}),
    source: fc.constantFrom("blobs", "noise"),
    cells: text,
    title: text,
    theme: fc.constantFrom("dark", "projector"),
    lock: fc.subarray(["r", "source", "cells"]),
    home: fc.constantFrom(home, "http://127.0.0.1:4321/", "https://x.example/a(b/"),
  })
  .map(({r, source, cells, title, theme, lock, home}) => ({
    ...shown({r, source, cells}, {theme, ...(lock.length && {lock: lock.join(",")})}, title),
    home,
  }));

/** As a browser reads it, to which a carriage return is a line feed. */
const body = (html: string) =>
  parseHTML(`<!doctype html><html><body>${html.replace(/\r\n?/g, "\n")}</body></html>`).document.body as Element;
const markdown = (source: string) => body(markdownToHtml(source, {features: {math: true}}).html);
const oneLine = (words: string) => words.replace(/\s+/g, " ").trim();
/** A literal of JavaScript, of Python or of JSON as its value: what we write means the same in each. */
const literal = (code: string): unknown => new Function(`return ${code}`)();

describe("what is read back", () => {
  const all = (check: (one: LinkedState) => void) => fc.assert(fc.property(any, check), {numRuns: 200});

  test("an address gives the same parameters through the gate", () =>
    all((one) => {
      for (const link of [pageAddress(one), frameAddress(one)]) {
        const query = Object.fromEntries(new URL(link).searchParams);
        expect(query).toEqual(differingValues(one));
        // A long text is packed, with others, into one word.
        const raw = query.s === undefined ? query : {...unpack(query.s).state, ...query};
        expect(parse(controls, raw)).toMatchObject({params: one.params, notes: []});
      }
    }));

  test("a frame of HTML, whole and for courses", () =>
    all((one) => {
      for (const code of [frameCode(one, 620, true), courseFrame(one, 620)]) {
        const frame = body(code).firstElementChild!;
        expect(frame.localName).toBe("iframe");
        expect(frame.getAttribute("src")).toBe(frameAddress(one));
        expect(frame.getAttribute("title")).toBe(frameTitle(one));
        expect(frame.getAttribute("height")).toBe("620");
        expect(frame.getAttribute("sandbox")).toBe(SANDBOX);
        expect(frame.childNodes).toHaveLength(0);
      }
    }));

  test("the element", () =>
    all((one) => {
      const [script, style, box, ...rest] = body(elementCode(one, heights)).children;
      expect([style!.localName, box!.children.length, ...rest]).toEqual(["style", 1]);
      expect(script!.getAttribute("src")).toBe(`${one.home}js/v1/lora-widget.js`);
      expect(box!.getAttribute("style")).toMatch(/^--h320:2680;--h360:2640;--h400:2600;.*;--h1280:1720$/);
      const widget = box!.firstElementChild;
      const attributes = Object.fromEntries(Array.from(widget!.attributes, ({name, value}) => [name, value]));
      expect(attributes).toEqual({name: "rank", ...differingValues(one)});
      expect(widget!.firstElementChild!.getAttribute("href")).toBe(pageAddress(one));
      expect(widget!.textContent).toBe(frameTitle(one));
    }));

  test("JSX", () =>
    all((one) => {
      const code = transformSync(`(${jsxCode(one, 620)})`, {loader: "jsx", jsxFactory: "make"}).code;
      const made = new Function("make", `return ${code}`)((tag: string, props: object) => ({tag, ...props}));
      expect(made).toMatchObject({tag: "iframe", src: frameAddress(one), height: "620", referrerPolicy: "no-referrer"});
      expect(made.title).toBe(frameTitle(one));
      expect(made.style).toEqual({border: 0, width: "100%", height: "620px"});
    }));

  test("Markdown: links, and the words of both", () =>
    all((one) => {
      const links = [textLink, pictureLink].map((code) => markdown(code(one)).querySelector("a")!);
      for (const link of links) expect(link.getAttribute("href")).toBe(pageAddress(one));
      expect(links[0]!.textContent).toBe(oneLine(frameTitle(one)));
      const image = links[1]!.firstElementChild!;
      expect(image.getAttribute("alt")).toBe(oneLine(frameTitle(one)));
      expect(image.getAttribute("src")).toBe(`${one.home}og/widgets/rank.png`);
      expect(links.every(({parentElement}) => parentElement!.childNodes.length === 1)).toBe(true);
    }));

  test("MyST: the frame’s address and caption, the widget’s JSON", () =>
    all((one) => {
      const frame = /^```\{iframe\} (\S+)\n:width: 100%\n:placeholder: (\S+)\n\n(.+)\n```$/u.exec(mystFrame(one))!;
      expect(frame[1]).toBe(frameAddress(one));
      expect(markdown(frame[3]!).textContent.trim()).toBe(oneLine(frameTitle(one)));
      const widget = mystWidget(one).split("\n");
      expect(widget).toHaveLength(3);
      expect(widget[0]).toBe(`\`\`\`{anywidget} ${one.home}js/v1/lora.anywidget.mjs`);
      const {name, state = {}, options} = JSON.parse(widget[1]!);
      expect(Object.hasOwn(state, "r") ? typeof state.r : "number").toBe("number");
      expect({name, state: {...params, ...state}, options}).toEqual({
        name: "rank",
        state: one.params,
        options: one.options,
      });
    }));

  test("a notebook’s cell", () =>
    all((one) => {
      const [first, call = "", ...rest] = notebookCell(one, 620).split("\n");
      expect([first, ...rest]).toEqual(["from IPython.display import IFrame"]);
      const string = /"(?:[^"\\]|\\.)*"/u.exec(call)![0];
      expect(call.startsWith(`IFrame(${string}, width="100%", height=620, extras=[`)).toBe(true);
      expect(JSON.parse(string)).toBe(frameAddress(one));
      const extras = literal(call.slice(call.indexOf("extras=") + 7, -1)) as string[];
      const frame = body(`<iframe ${extras.join(" ")}></iframe>`).firstElementChild!;
      expect(frame.getAttribute("title")).toBe(frameTitle(one));
      expect(frame.attributes).toHaveLength(2);
    }));
});

test("the code for a frame is all that the contract asks, in one line", () => {
  expect(frameCode(shown({r: 8, source: "noise"}, {theme: "dark"}), 620)).toBe(
    `<iframe src="${home}embed/rank/?r=8&amp;source=noise&amp;theme=dark" title="LoRA: Is &quot;A &amp; B&quot; &lt; C [1]? (interactive)" width="100%" height="620" loading="lazy" sandbox="${SANDBOX}" allow="fullscreen; clipboard-write" referrerpolicy="no-referrer" style="border:0;width:100%;height:620px"></iframe>`,
  );
  expect(frameCode(shown({}), 620, true).split("\n")[1]).toBe(
    `<script async src="${home}js/v1/lora-embed.js"></script>`,
  );
});

test("a list in an address keeps its commas", () => {
  expect(pageAddress(shown({}, {lock: "r,source"}))).toBe(`${home}widgets/rank/?lock=r,source`);
});

test("every tab has something to take, and each of its fields a name of its own", () => {
  for (const {tab, codes, files = [], notes} of panesFor(shown({}), 620, heights)) {
    expect(codes.length + files.length, tab).toBeGreaterThan(0);
    expect(notes.length, tab).toBeGreaterThan(0);
    expect(new Set(codes.map(({label}) => label)).size, tab).toBe(codes.length);
  }
});
