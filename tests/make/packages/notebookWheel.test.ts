import {spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
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

/** As much of the two packages as the class asks of them. */
const standIns = {
  "anywidget.py": "class AnyWidget:\n    def __init__(self, **values):\n        self.__dict__.update(values)\n",
  "traitlets.py":
    "class Trait:\n    def __init__(self, *_, **__): pass\n    def tag(self, sync): return self\nEnum = Dict = Unicode = Trait\nclass TraitError(Exception): pass\n",
};

test("runs in Python: the module of the site, a state, and a sentence for a parameter that does not exist", () => {
  if (spawnSync("python3", ["--version"]).status !== 0) return;
  mkdirSync(join(root, "tests/results"), {recursive: true});
  const place = mkdtempSync(join(root, "tests/results/wheel-"));
  for (const [file, content] of Object.entries({...standIns, "lora_widget.py": text("lora_widget.py")}))
    writeFileSync(join(place, file), content);
  const code = `from lora_widget import LoraWidget
figure = LoraWidget("rank", {"r": 8}, options={"theme": "dark"})
print(figure._esm, figure.name, figure.state, figure.options)
try:
    LoraWidget("savings", {"alpha": 3})
except Exception as error:
    print(type(error).__name__, error)
`;
  const {stdout, stderr} = spawnSync("python3", ["-B", "-c", code], {cwd: place, encoding: "utf8"});
  rmSync(place, {recursive: true, force: true});
  expect(stderr).toBe("");
  expect(stdout).toBe(
    `export {default} from '${home}js/v1/lora.anywidget.mjs' rank {'r': 8} {'theme': 'dark'}\nTraitError savings has no parameter 'alpha'; it has preset, r, d, k\n`,
  );
});

test("a module without the lines that the build fills in is refused", () => {
  expect(() => notebookModule("\nWIDGETS = {}\n", widgets, home)).toThrow('the line HOME = ""');
});
