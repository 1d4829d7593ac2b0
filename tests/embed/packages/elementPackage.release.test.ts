/** The package of the element: what describes it is compared with what exists, and compiled as strictly as anybody may. */
import {execFileSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {gzipSync} from "node:zlib";
import ts from "typescript";
import {afterAll, beforeAll, describe, expect, test, vi} from "vitest";
import {forwardedEvents} from "../../../src/embed/frame/messages.ts";
import {codes, stateForGuide} from "../../../src/embed/guides/codes.ts";
import {buildElementPackage} from "../../../src/embed/packages/elementPackage.ts";
import {loraWidget} from "../../../src/figure/element.ts";
import type {Supply} from "../../../src/figure/loraWidget.ts";

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

/** What a program can use of the element: the public names of its class. */
function publicNames(): string[] {
  vi.stubGlobal("HTMLElement", class extends EventTarget {});
  const Element = loraWidget({} as Supply);
  vi.unstubAllGlobals();
  return Object.getOwnPropertyNames(Element.prototype).filter((name) => !/^constructor$|Callback$/.test(name));
}

beforeAll(async () => {
  await buildElementPackage(root, folder, home);
  write({"package.json": '{"type": "module"}'});
});
afterAll(() => rmSync(place, {recursive: true, force: true}));

/** The names of the members that the package's types give an interface. */
const membersOf = (name: string): string[] => {
  const [, body = ""] = new RegExp(`interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)\\n\\}`).exec(read("index.d.ts")) ?? [];
  return [...new Set([...body.matchAll(/^ {2}(?:readonly |get |set )?(\w+)/gm)].map(([, member]) => member!))];
};

describe("the types", () => {
  test("name every property and method of the element, and every event", () => {
    expect(membersOf("LoraWidget").sort()).toEqual(publicNames().sort());
    expect(membersOf("Events").sort()).toEqual([...forwardedEvents].sort());
  });

  test.each(["nodenext", "bundler"] as const)("compile in somebody else's strict project, %s", async (how) => {
    const shown = await stateForGuide("a test", "rank", {r: 8, source: "noise"}, home);
    const [first, ...more] = [...read("README.md").matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, text]) => text!);
    expect(more).toHaveLength(1);
    const page = `import type {LoraWidget} from "lora-widget";
      import {frame} from "lora-widget/frame";
      const figure: LoraWidget = document.createElement("lora-widget");
      export const r: number | string | undefined = figure.state?.r;
      export const png: Promise<Blob> = frame(document.querySelector("iframe")!).export("png");
      // @ts-expect-error
      figure.set(3);\n`;
    const files = {"page.ts": page, "first.ts": first!, "frame.ts": more[0]!, "client.ts": codes.client(shown)};
    expect(problems(files, how)).toEqual([]);
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
    const files = ["js/lora-widget.js", "frame.js"].map((file) => `await import("./${file}");`).join("");
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
