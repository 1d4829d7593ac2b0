import {spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {strFromU8, unzipSync} from "fflate";
import {expect, test} from "vitest";
import {wheelName} from "../../../src/components/guides/wheelName.ts";
import {aboutWidgets} from "../../../src/make/embeds/aboutWidgets.ts";
import {notebookModule, notebookWheel} from "../../../src/make/packages/notebookWheel.ts";
import {load, widgetNames} from "../../../src/widgets/registry.ts";

const root = new URL("../../..", import.meta.url).pathname;
const home = "https://lora.example/a/";
const widgets = await aboutWidgets(root);
const files = unzipSync(await notebookWheel(root, widgets, home));
const text = (path: string) => strFromU8(files[path]!);

test("has a list of its files with their hashes, as pip checks them", () => {
  const [info] = Object.keys(files).flatMap((path) => /^[^/]+\.dist-info\/(?=RECORD$)/.exec(path) ?? []);
  const rows = text(`${info}RECORD`)
    .trimEnd()
    .split("\n")
    .map((row) => row.split(","));
  expect(rows.map(([path]) => path).sort()).toEqual(Object.keys(files).sort());
  for (const [path, hash, size] of rows.filter(([path]) => path !== `${info}RECORD`)) {
    expect(hash).toBe(`sha256=${createHash("sha256").update(files[path!]!).digest("base64url")}`);
    expect(Number(size)).toBe(files[path!]!.length);
  }
  const {version} = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(info).toBe(`lora_widget-${version}.dist-info/`);
  expect(wheelName, "content/site.json has the version of package.json").toBe(
    `lora_widget-${version}-py3-none-any.whl`,
  );
  expect(text(`${info}METADATA`)).toMatch(
    new RegExp(`^Metadata-Version: [\\d.]+\nName: lora-widget\nVersion: ${version}\n`),
  );
});

test("knows every widget with its parameters, and the site", async () => {
  const [, known] = /^WIDGETS = (\{[\s\S]*?\n\})/m.exec(text("lora_widget.py")) ?? [];
  const due = await Promise.all(
    widgetNames.map(async (name) => [name, Object.keys((await load(name)).controls)] as const),
  );
  expect(JSON.parse(known!.replace(/,\n\}$/, "\n}"))).toEqual(Object.fromEntries(due));
  expect(text("lora_widget.py")).toContain(`\nHOME = "${home}"\n`);
});

/** As much of the two packages as the class asks of them: a value that is set passes the method that checks it. */
const standIns = {
  "anywidget.py": `class AnyWidget:
    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)
    def __setattr__(self, name, value):
        for check in vars(type(self)).values():
            if getattr(check, "checks", "") == name:
                value = check(self, {"value": value})
        self.__dict__[name] = value
`,
  "traitlets.py": `class Trait:
    def __init__(self, *_, **__): pass
    def tag(self, sync): return self
Enum = Dict = Unicode = Trait
class TraitError(Exception): pass
def validate(name):
    def mark(method):
        method.checks = name
        return method
    return mark
`,
};

/** What a program prints beside the module, whose site is at `from`, and the stand-ins; undefined where there is no Python. */
function printed(code: string, from = home): string | undefined {
  if (spawnSync("python3", ["--version"]).status !== 0) return undefined;
  const place = folder();
  const module = notebookModule(
    readFileSync(join(root, "src/make/packages/notebook/lora_widget.py"), "utf8"),
    widgets,
    from,
  );
  for (const [file, content] of Object.entries({...standIns, "lora_widget.py": module}))
    writeFileSync(join(place, file), content);
  const {stdout, stderr} = spawnSync("python3", ["-B", "-c", code], {cwd: place, encoding: "utf8"});
  rmSync(place, {recursive: true, force: true});
  expect(stderr).toBe("");
  return stdout;
}

function folder(): string {
  mkdirSync(join(root, "tests/results"), {recursive: true});
  return mkdtempSync(join(root, "tests/results/wheel-"));
}

test("runs in Python: a state, and a sentence for a parameter that does not exist, also when it is set later", () => {
  const said = printed(`from lora_widget import LoraWidget
figure = LoraWidget("rank", {"r": 8}, options={"theme": "dark"})
print(figure.name, figure.state, figure.options)
def refused(call):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
refused(lambda: LoraWidget("savings", {"alpha": 3}))
figure.state = {"r": 4}
refused(lambda: setattr(figure, "state", {"q": 4}))
print(figure.state)
`);
  if (said === undefined) return;
  const parameters = Object.keys(widgets.find(({name}) => name === "rank")!.controls).join(", ");
  expect(said.split("\n")).toEqual([
    "rank {'r': 8} {'theme': 'dark'}",
    "TraitError savings has no parameter 'alpha'; it has preset, r, d, k",
    `TraitError rank has no parameter 'q'; it has ${parameters}`,
    "{'r': 4}",
    "",
  ]);
});

/** Runs the module that a view of the class is, in a program that has it as `view`. */
function shown(from: string, code: string): string | undefined {
  const module = printed("from lora_widget import LoraWidget\nprint(LoraWidget._esm)", from);
  if (module === undefined) return undefined;
  const place = folder();
  writeFileSync(join(place, "view.mjs"), module);
  const program = `import view from "./view.mjs";\n${code}`;
  const {stdout, stderr} = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: place,
    encoding: "utf8",
  });
  rmSync(place, {recursive: true, force: true});
  expect(stderr).toBe("");
  return stdout;
}

test("starts before the site has answered, and then passes on what the site's module does", () => {
  const place = folder();
  mkdirSync(join(place, "js/v1"), {recursive: true});
  writeFileSync(
    join(place, "js/v1/lora.anywidget.mjs"),
    `console.log("the site answers");
let began = 0;
export default {
  async initialize() { began += 1; },
  render: ({model}) => { console.log("shows", model, "began", began); return () => console.log("removed"); },
};`,
  );
  const said = shown(
    `${pathToFileURL(place)}/`,
    `console.log("there"); const remove = await view.render({model: "r = 8"}); remove();`,
  );
  rmSync(place, {recursive: true, force: true});
  if (said !== undefined) expect(said).toBe("there\nthe site answers\nshows r = 8 began 1\nremoved\n");
});

test("says where the figure comes from if it cannot be loaded", () => {
  const nowhere = "file:///no/site/here/";
  const said = shown(nowhere, "const el = {}; console.log(typeof (await view.render({el})), el.textContent);");
  if (said !== undefined)
    expect(said).toMatch(new RegExp(`^undefined The figure comes from ${nowhere} and could not be loaded: .`));
});

test("a module without the lines that the build fills in is refused", () => {
  expect(() => notebookModule("\nWIDGETS = {}\n", widgets, home)).toThrow('the line HOME = ""');
});
