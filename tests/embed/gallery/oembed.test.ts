import {z} from "astro/zod";
import {parseHTML} from "linkedom";
import {beforeEach, describe, expect, test, vi} from "vitest";
import measured from "../../../content/heights.json" with {type: "json"};
import {version} from "../../../package.json" with {type: "json"};
import {type LoadedWidget, loadGallery} from "../../../src/book/figure/gallery.ts";
import {readHostOptions} from "../../../src/embed/frame/hostOptions.ts";
import {catalog, describeControl} from "../../../src/embed/gallery/catalog.ts";
import {elementHeights, frameHeight, frameWidths} from "../../../src/embed/gallery/frameHeights.ts";
import {oembed} from "../../../src/embed/gallery/oembed.ts";
import {defaults} from "../../../src/figure/controls.ts";
import {parse} from "../../../src/figure/parse.ts";
import {ELEMENT_WIDTHS, frameHeightFor} from "../../../src/figure/share/height.ts";
import {commonOptions, readOptions} from "../../../src/figure/state/commonOptions.ts";
import {MAX_PACKED_LENGTH} from "../../../src/figure/state/packed.ts";
import {widgetNames} from "../../../src/figures/registry.ts";

const home = "https://example.org/";
beforeEach(() => void vi.stubEnv("SITE", home));

const http = z.url({protocol: /^https?$/});
const pixels = z.int().positive();

/** oEmbed 1.0 (§2.3.4): the fields of every answer, those of a rich one, and a thumbnail that is complete or missing. */
const thumbnail = z.object({thumbnail_url: http, thumbnail_width: pixels, thumbnail_height: pixels});
const common = z.object({
  ...{version: z.literal("1.0"), title: z.string().optional()},
  ...{author_name: z.string().optional(), author_url: http.optional()},
  ...{provider_name: z.string().optional(), provider_url: http.optional(), cache_age: z.int().positive().optional()},
});
const rich = common.extend({type: z.literal("rich"), html: z.string().min(1), width: pixels, height: pixels});
const schema = z.union([rich.extend(thumbnail.shape).strict(), rich.strict()]);

let listed: LoadedWidget[];
beforeEach(async () => {
  listed = await loadGallery();
});

test("every widget has a valid oEmbed answer, whose code is one frame with a title and the same height", () => {
  for (const {name, w} of listed) {
    const answer = oembed(name, w);
    expect(schema.safeParse(answer).error, name).toBeUndefined();
    const {document} = parseHTML(`<!doctype html><html><body>${answer.html}</body></html>`);
    expect(document.body.children, name).toHaveLength(1);
    const frame = document.querySelector("iframe")!;
    expect(frame.getAttribute("src")).toBe(`${home}embed/${name}/`);
    expect(frame.getAttribute("title")).toContain(w.title);
    expect(frame.getAttribute("height")).toBe(String(answer.height));
    expect(frame.getAttribute("sandbox")).toContain("allow-scripts");
    // WordPress removes the style and keeps this.
    expect(frame.getAttribute("frameborder")).toBe("0");
    expect(answer.width).toBeLessThanOrEqual(640);
  }
});

describe("heights of frames", () => {
  test("are measured for every widget at every width: npm run heights", () => {
    expect(Object.keys(measured.heights)).toEqual([...widgetNames].sort());
    expect(measured.widths).toEqual(frameWidths);
    for (const heights of Object.values(measured.heights)) expect(heights).toHaveLength(frameWidths.length);
  });

  test("have room for another line, in steps of 20", () => {
    expect([1, 16, 17, 1200].map(frameHeightFor)).toEqual([40, 40, 60, 1240]);
  });

  test("give those of the element: as measured, and level beyond", () => {
    const heights = elementHeights("rank");
    const widths = [...ELEMENT_WIDTHS.slice(0, -1), 960] as const;
    expect(heights).toEqual(widths.map((width) => frameHeight("rank", width as 640)));
  });

  test("are that of the tallest for a widget that is not measured yet", () => {
    expect(frameHeight("new", 640)).toBe(
      Math.max(
        ...Object.values({...measured.heights, ...measured.presets}).map(
          (heights) => heights[frameWidths.indexOf(640)]!,
        ),
      ),
    );
  });
});

describe("the catalog", () => {
  test("has every widget, full addresses and the version of the package", () => {
    const list = catalog(listed);
    expect(list).toMatchObject({version, license: "CC-BY-4.0", home});
    expect(list.widgets.map(({name}) => name)).toEqual(widgetNames);
    expect(list.widgets.find(({name}) => name === "rank")).toMatchObject({
      ...{title: "How much of a matrix fits in rank r?", page: `${home}widgets/rank/`, embed: `${home}embed/rank/`},
      ...{oembed: `${home}oembed/rank.json`, height: {640: frameHeight("rank", 640)}},
      thumbnail: {url: `${home}og/widgets/rank.png`, width: 1200, height: 630},
    });
  });

  const label = ["Rank ", {symbol: "r", text: "r"}] as const;
  test.each([
    [
      {kind: "range", label, min: 0, max: 8, step: 1, value: 4},
      {label: "Rank r", type: "number", min: 0, max: 8, step: 1, default: 4},
    ],
    [
      {kind: "range", label, min: 3, max: 9, step: 0.1, value: 7, log: true},
      {type: "number", scale: "log10"},
    ],
    [
      {kind: "size", label, min: 1, max: 9, value: 2},
      {type: "integer", default: 2},
    ],
    [
      {kind: "choice", label, options: {a: "An a"}, value: "a"},
      {type: "choice", options: [{value: "a", label: "An a"}]},
    ],
    [
      {kind: "hidden", label, limit: 40, value: "", problem: () => undefined},
      {type: "text", maxLength: 40},
    ],
  ] as const)("describes the control %j", (control, due) => {
    expect(describeControl("r", control)).toMatchObject({name: "r", ...due});
  });

  test("has the parameters of all widgets and of frames once", () => {
    const {commonParameters, frameParameters, widgets} = catalog(listed);
    expect(commonParameters.map(({name}) => name)).toEqual([...Object.keys(commonOptions), "s"]);
    expect(frameParameters.map(({name}) => name)).toEqual(["id", "origin"]);
    const said = Object.fromEntries(commonParameters.map((one) => [one.name, one.default]));
    expect(readOptions(said)).toMatchObject({params: defaults(commonOptions), notes: []});
    expect(commonParameters[0]).toMatchObject({
      ...{name: "theme", type: "choice", default: "auto", label: expect.stringContaining("How it looks")},
      options: Object.keys(commonOptions.theme.options).map((value) => ({value, label: value})),
    });
    expect(commonParameters.at(-1)).toMatchObject({
      type: "text",
      maxLength: MAX_PACKED_LENGTH,
      values: expect.stringContaining("JSON"),
    });
    expect(widgets.filter(({parameters}) => parameters.some(({name}) => Object.hasOwn(said, name)))).toEqual([]);
    // A frame accepts an id of the length given here, and no longer one.
    const [id] = frameParameters;
    for (const more of [0, 1]) {
      const search = `?id=${"a".repeat(Number((id as {maxLength?: number}).maxLength) + more)}`;
      expect(readHostOptions({search, hash: ""}).notes).toHaveLength(more);
    }
  });

  test("has defaults that each widget accepts unchanged", () => {
    for (const [i, {name, parameters}] of catalog(listed).widgets.entries()) {
      const {controls, bounds} = listed[i]!.w;
      const given = Object.fromEntries(parameters.map((one) => [one.name, one.default]));
      expect(parse(controls, given, {boundsOf: bounds}), name).toMatchObject({params: defaults(controls), notes: []});
    }
  });
});
