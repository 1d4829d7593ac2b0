/** The package of the element: what describes it is compared with what exists, and compiled as strictly as anybody may. */
import {execFileSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {gzipSync} from "node:zlib";
import ts from "typescript";
import {afterAll, beforeAll, describe, expect, test, vi} from "vitest";
import {codes, shownIn} from "../../../src/components/guides/codes.ts";
import {forwardedEvents} from "../../../src/frame/messages.ts";
import {declarationOf} from "../../../src/make/packages/declaration.ts";
import {buildElementPackage} from "../../../src/make/packages/elementPackage.ts";
import type {Control} from "../../../src/shell/controls.ts";
import {loraWidget} from "../../../src/shell/element.ts";
import type {Supply} from "../../../src/shell/loraWidget.ts";
import {options} from "../../../src/shell/state/commonOptions.ts";
import {load, widgetNames} from "../../../src/widgets/registry.ts";

const root = new URL("../../..", import.meta.url).pathname;
const home = "https://lora.example/a/";
mkdirSync(join(root, "tests/results"), {recursive: true});
const place = mkdtempSync(join(root, "tests/results/element-"));
const folder = join(place, "node_modules/lora-widget");
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const gzip = (file: string) => gzipSync(readFileSync(join(folder, file))).length;

function write(files: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, file)), {recursive: true});
    writeFileSync(join(place, file), text);
  }
}

/** As much of the frameworks' types as ours build on; the real ones are not among our packages. */
const frameworks = {
  "node_modules/react/index.d.ts": `export interface HTMLAttributes<T> {className?: string | undefined; title?: string | undefined; children?: unknown; onClick?: (event: {currentTarget: T}) => void}
    export type DetailedHTMLProps<E extends HTMLAttributes<T>, T> = {key?: string | undefined; ref?: {current: T | null} | undefined} & E;
    export declare function useState<S>(first: S): [S, (next: S) => void];
    export declare function useRef<T>(first: T | null): {current: T | null};
    export declare namespace JSX {interface IntrinsicElements {p: HTMLAttributes<HTMLElement>} interface Element {} interface IntrinsicAttributes {key?: string}}`,
  "node_modules/react/jsx-runtime.d.ts":
    'export {JSX} from "./index.js"; export declare function jsx(...all: unknown[]): unknown; export declare const jsxs: typeof jsx;',
  "node_modules/vue/index.d.ts":
    "export interface HTMLAttributes {class?: unknown; title?: string | undefined} export interface ReservedProps {key?: PropertyKey | undefined} export interface GlobalComponents {}",
  "node_modules/svelte/elements.d.ts":
    "export interface HTMLAttributes<T> {class?: string | undefined; title?: string | undefined; onclick?: ((event: MouseEvent & {currentTarget: T}) => void) | undefined} export interface SvelteHTMLElements {p: HTMLAttributes<HTMLElement>}",
  "node_modules/svelte/index.d.ts": "export {};",
};

/** What TypeScript reports of these files in somebody else's strictest project, which checks our files too. */
function problems(files: Readonly<Record<string, string>>, how: "nodenext" | "bundler"): string[] {
  write(files);
  const isNode = how === "nodenext";
  const program = ts.createProgram(
    Object.keys(files).map((file) => join(place, file)),
    {
      target: ts.ScriptTarget.ES2023,
      module: isNode ? ts.ModuleKind.NodeNext : ts.ModuleKind.ESNext,
      moduleResolution: isNode ? ts.ModuleResolutionKind.NodeNext : ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      jsx: ts.JsxEmit.ReactJSX,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      skipDefaultLibCheck: true,
      noEmit: true,
    },
  );
  return ts.getPreEmitDiagnostics(program).map(({file, start, messageText}) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file && basename(file.fileName)}:${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

/** The members of a type literal in the package's types, as text by name. */
const entriesOf = (type: string): Map<string, string> => {
  const {members} = declarationOf(`interface A ${type}`, "A");
  return new Map(members.map(({name, type: value}) => [name.replaceAll('"', ""), value]));
};

const typeOf = (control: Control) =>
  control.kind === "choice"
    ? Object.keys(control.options)
        .map((value) => JSON.stringify(value))
        .join(" | ")
    : control.kind === "hidden"
      ? "string"
      : "number";

/** What a program can use of the element: the public names of its class. */
function publicNames(): string[] {
  vi.stubGlobal("HTMLElement", class extends EventTarget {});
  const Element = loraWidget({} as Supply);
  vi.unstubAllGlobals();
  return Object.getOwnPropertyNames(Element.prototype).filter((name) => !/^constructor$|Callback$/.test(name));
}

const registered = await Promise.all(widgetNames.map(async (name) => [name, (await load(name)).controls] as const));

beforeAll(async () => {
  await buildElementPackage(root, folder, home);
  write({"package.json": '{"type": "module"}', ...frameworks});
});
afterAll(() => rmSync(place, {recursive: true, force: true}));

describe("the types and the manifest", () => {
  test("name every widget, and each of its parameters with its values", () => {
    const widgets = declarationOf(read("index.d.ts"), "Widgets").members;
    expect(widgets.map(({name}) => name)).toEqual(widgetNames);
    for (const [i, [name, controls]] of registered.entries()) {
      const due = Object.entries(controls as Record<string, Control>).map(([key, control]) => [key, typeOf(control)]);
      expect([...entriesOf(widgets[i]!.type)], name).toEqual(due);
    }
  });

  test("name every property and method of the element, every event and every option", () => {
    const members = (name: string) => declarationOf(read("index.d.ts"), name).members.map((one) => one.name);
    // A property that takes less than it gives has two halves, which are no signatures of the kind that is read here.
    const halves = [...read("index.d.ts").matchAll(/^ {2}get (\w+)\(\)/gm)].map(([, name]) => name);
    expect([...members("LoraWidget"), ...halves].sort()).toEqual(publicNames().sort());
    expect(members("Events").sort()).toEqual([...forwardedEvents].sort());
    expect(members("Options")).toEqual(Object.keys(options));
  });

  test("say in the manifest what the types say", () => {
    const manifest = JSON.parse(read("custom-elements.json"));
    expect(Object.keys(manifest)).toEqual(["schemaVersion", "readme", "modules"]);
    const [{kind, path, declarations, exports}] = manifest.modules;
    expect([kind, existsSync(join(folder, path))]).toEqual(["javascript-module", true]);
    expect(exports).toEqual([
      {kind: "custom-element-definition", name: "lora-widget", declaration: {name: "LoraWidget", module: path}},
    ]);
    const [element] = declarations;
    const names = (part: string): string[] => element[part].map(({name}: {name: string}) => name);
    expect(names("members").sort()).toEqual(publicNames().sort());
    expect(names("events").sort()).toEqual(["input", "change", ...forwardedEvents.map((one) => `lora-${one}`)].sort());
    const parameters = registered.flatMap(([, controls]) => Object.keys(controls));
    const due = new Set(["name", "loading", ...Object.keys(options), "s", ...parameters]);
    expect(names("attributes").sort()).toEqual([...due].sort());
    const sheet = readFileSync(join(root, "src/styles/foreign.css"), "utf8");
    for (const {name, description} of element.cssProperties) {
      expect(sheet).toContain(`var(${name}`);
      expect(description, `elementManifest.ts has to say what ${name} is for`).not.toBe("Of its look.");
    }
    expect(element.cssProperties.length).toBeGreaterThan(0);
  });
});

/** Wrong tags, each with what stands in the line above it. */
const wrong = (tags: readonly string[]) => tags.map((tag) => `// @ts-expect-error\n${tag}`).join("\n");

describe("in somebody else's strict project", () => {
  const page = `import "lora-widget";
    import type {LoraWidget, State, WidgetName} from "lora-widget";
    import {frame} from "lora-widget/frame";
    const figure = document.createElement("lora-widget");
    figure.state = {r: 8};
    figure.addEventListener("lora-change", ({detail}) => { const phase: "input" | "commit" = detail.phase; phase; });
    const rank: LoraWidget<"rank"> = figure as LoraWidget<"rank">;
    export const r: number | undefined = rank.state?.r;
    export const all: WidgetName[] = ${JSON.stringify(widgetNames)};
    const client = frame<"rank">(document.querySelector("iframe")!);
    export const later: Promise<number> = client.set({r: 8}, {theme: "dark", lock: ["r"]}).then((state) => state.r);
    client.on("change", ({state}) => { const source: State<"rank">["source"] = state.source; source; });
    export const png: Promise<Blob> = client.export("png");
    ${wrong(['rank.state = {r: "8"};', 'rank.state = {source: "sea"};', "rank.set({alpha: 3});", 'rank.set({}, {theme: "pink"});', 'client.on("nothing", () => {});', "client.set({alpha: 3});"])}\n`;
  test.each(["nodenext", "bundler"] as const)("plain TypeScript compiles, %s", (how) =>
    expect(problems({"page.ts": page}, how)).toEqual([]),
  );

  const tags = (attribute: (name: string, value: string) => string) => ({
    right: [
      `<lora-widget name="rank" ${attribute("state", "{r: 8}")} ${attribute("seed", "3")} loading="eager" source="sunset" theme="dark" />`,
      `<lora-widget ${attribute("name", "some")} theme="dark" />`,
    ],
    wrong: [
      '<lora-widget name="nope" />',
      `<lora-widget name="rank" ${attribute("state", '{r: "8"}')} />`,
      `<lora-widget name="rank" ${attribute("alpha", "3")} />`,
      '<lora-widget name="rank" source="sea" />',
      `<lora-widget name="train" ${attribute("step", "3")} />`,
      `<lora-widget ${attribute("r", "3")} />`,
    ],
  });

  test("a page in JSX compiles, and wrong tags do not", () => {
    const {right, wrong: not} = tags((name, value) => `${name}={${value}}`);
    const lines = [
      'import "lora-widget/react"; import type {LoraWidget, WidgetName} from "lora-widget"; import {useRef} from "react";',
      "declare const some: WidgetName; const figure = useRef<LoraWidget>(null); const hear = (r: number) => r;",
      'export const first = <lora-widget ref={figure} key="1" className="a" name="rank" onlora-change={({detail}) => hear(detail.state.r)} />;',
      ...right.map((tag, i) => `export const right${i} = ${tag};`),
      ...not.map((tag, i) => `// @ts-expect-error\nexport const wrong${i} = ${tag};`),
    ];
    expect(problems({"tags.tsx": lines.join("\n")}, "bundler")).toEqual([]);
  });

  test.each([
    [
      "vue",
      'import type {GlobalComponents} from "vue"; type Tag = InstanceType<GlobalComponents["lora-widget"]>["$props"];',
      "onLoraChange",
    ],
    [
      "svelte",
      'import type {SvelteHTMLElements} from "svelte/elements"; type Tag = SvelteHTMLElements["lora-widget"];',
      "onlora-change",
    ],
  ])("a template of %s has the tag with its types", (framework, tag, handler) => {
    const lines = [
      `import "lora-widget/${framework}"; import type {WidgetName} from "lora-widget"; ${tag} declare const some: WidgetName;`,
      `export const right: Tag[] = [{name: "rank", state: {r: 8}, seed: 3, class: "a", "${handler}": ({detail}) => detail.state.r.toFixed(1)}, {name: some, theme: "dark"}];`,
      ...[
        '{name: "nope"}',
        '{name: "rank", state: {r: "8"}}',
        '{name: "rank", alpha: 3}',
        '{name: "train", step: 3}',
        "{r: 3}",
      ].map((value, i) => `// @ts-expect-error\nexport const wrong${i}: Tag = ${value};`),
    ];
    expect(problems({[`${framework}.ts`]: lines.join("\n")}, "bundler")).toEqual([]);
  });

  test("the examples of the README and of the page for developers compile", async () => {
    const shown = await shownIn("a test", "rank", {r: 8, source: "noise"}, home);
    const blocks = [...read("README.md").matchAll(/^```(tsx?)\n([\s\S]*?)^```/gm)];
    expect(blocks.map(([, kind]) => kind)).toEqual(["ts", "tsx", "ts"]);
    const files = Object.fromEntries(blocks.map(([, kind, text], i) => [`example${i}.${kind}`, text!]));
    expect(problems({...files, "react.tsx": codes.react(shown), "client.ts": codes.client(shown)}, "bundler")).toEqual(
      [],
    );
  });
});

describe("the files", () => {
  test("are all there: what the exports name, and what each script imports", () => {
    const {exports, version, sideEffects} = JSON.parse(read("package.json"));
    expect(version).toBe(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version);
    expect(sideEffects).toContain("./js/*.js");
    const named = Object.values(exports).flatMap((one) =>
      typeof one === "string" ? [one] : Object.values(one as object),
    );
    const due = [...named, "README.md", "CHANGELOG.md", "LICENSE", "NOTICES.txt", "js/lora-worker.js"];
    expect(due.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
    const scripts = readdirSync(join(folder, "js"));
    for (const script of scripts) {
      const imported = [...read(`js/${script}`).matchAll(/(?:from|import\(?)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)];
      expect(
        imported.map(([, file]) => file!).filter((file) => !scripts.includes(file)),
        script,
      ).toEqual([]);
    }
    for (const name of ["d3-selection", "an-array-of-french-words"]) expect(read("NOTICES.txt")).toContain(name);
  });

  test("have a worker in one piece, links to the site, and an import that does nothing on a server", () => {
    expect(read("js/lora-worker.js")).not.toMatch(/\bimport\s*[("'`{]|\bfrom\s*["'`]\./);
    expect(read("js/lora-widget.js")).toContain(home);
    const files = ["js/lora-widget.js", "react.js", "frame.js"].map((file) => `await import("./${file}");`).join("");
    const said = execFileSync(
      process.execPath,
      ["--input-type=module", "-e", `${files}console.log(Object.keys(globalThis).length)`],
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    expect(said).toMatch(/^\d+\n$/);
  });

  test("weigh what the README says", () => {
    const start = readdirSync(join(folder, "js")).find((file) => file.startsWith("lora-start-"))!;
    expect(gzip(`js/${start}`)).toBeLessThan(32_000);
    expect(gzip("js/lora-worker.js")).toBeLessThan(315_000);
    expect(gzip("frame.js")).toBeLessThan(1600);
  });
});
