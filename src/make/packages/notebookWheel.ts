import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import manifest from "../../../package.json" with {type: "json"};
import {archive, type Contents} from "../downloads/archive.ts";
import type {About} from "../embeds/aboutWidgets.ts";

const {version} = manifest;

const INFO = `lora_widget-${version}.dist-info`;

const metadata = (readme: string) => `Metadata-Version: 2.4
Name: lora-widget
Version: ${version}
Summary: The figures of LoRA, live in notebooks
License-Expression: MIT
License-File: LICENSE
Requires-Python: >=3.9
Requires-Dist: anywidget>=0.9
Requires-Dist: traitlets
Description-Content-Type: text/markdown

${readme}`;

const WHEEL = "Wheel-Version: 1.0\nGenerator: lora-live\nRoot-Is-Purelib: true\nTag: py3-none-any\n";

/** A line of the list of files: its hash as the format for wheels wants it. */
const record = ([path, text]: readonly [string, string]) =>
  `${path},sha256=${createHash("sha256").update(text).digest("base64url")},${Buffer.byteLength(text)}\n`;

/** The Python module with what the build knows. Its strings and lists of strings are the same in Python and in JSON. */
export function notebookModule(source: string, widgets: readonly About[], home: string): string {
  const parameters = widgets.map(({name, controls}) => `    "${name}": ${JSON.stringify(Object.keys(controls))},\n`);
  const known = {
    "WIDGETS = {}": `WIDGETS = {\n${parameters.join("")}}`,
    'HOME = ""': `HOME = ${JSON.stringify(home)}`,
    '__version__ = ""': `__version__ = ${JSON.stringify(version)}`,
  };
  return Object.entries(known).reduce((text, [line, filled]) => {
    if (!text.includes(`\n${line}\n`)) throw new Error(`packages: lora_widget.py has to have the line ${line}`);
    return text.replace(line, () => filled);
  }, source);
}

/** The wheel for notebooks: a class around the module at `home`/js/v1/. A wheel is a ZIP archive with a list of its files. */
export async function notebookWheel(root: string, widgets: readonly About[], home: string): Promise<Uint8Array> {
  const read = (path: string) => readFile(join(root, path), "utf8");
  const own = "src/make/packages/notebook";
  const [source, readme, license] = await Promise.all([
    read(`${own}/lora_widget.py`),
    read(`${own}/README.md`),
    read("LICENSE"),
  ]);
  const files: Contents & Readonly<Record<string, string>> = {
    "lora_widget.py": notebookModule(source, widgets, home),
    [`${INFO}/METADATA`]: metadata(readme),
    [`${INFO}/WHEEL`]: WHEEL,
    [`${INFO}/licenses/LICENSE`]: license,
  };
  const list = `${INFO}/RECORD`;
  return archive({...files, [list]: `${Object.entries(files).map(record).join("")}${list},,\n`});
}
