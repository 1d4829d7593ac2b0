/** JSON files of the repository: where those of the lab are, reading, and writing as Biome formats them. */
import {execFileSync} from "node:child_process";
import {readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const root = new URL("../..", import.meta.url).pathname;
/** The longest line. */
const LINE_WIDTH = 118;

/** A value as JSON: on one line if it fits, otherwise one entry per line. */
function jsonText(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const entries = list ? value : Object.entries(value);
  const texts = entries.map((entry) =>
    list ? jsonText(entry, inner) : `${JSON.stringify(entry[0])}: ${jsonText(entry[1], inner)}`,
  );
  const [open, close] = list ? "[]" : "{}";
  const line = `${open}${texts.join(", ")}${close}`;
  if (indent !== "" && line.length + indent.length <= LINE_WIDTH && !line.includes("\n")) return line;
  return `${open}\n${inner}${texts.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** The path of a file in content/lab/. */
export const labFile = (name: string): string => join(root, "content/lab", name);

/** The value of a JSON file, which is taken to have the type that is asked for. */
export const readJsonFile = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8"));

/** Writes a value as JSON into a file of the repository, formatted as Biome does it. */
export function writeJsonFile(path: string, value: unknown): void {
  writeFileSync(path, `${jsonText(value)}\n`);
  execFileSync(process.execPath, [biome, "format", "--write", "--config-path=tests/lint.json", path], {
    cwd: root,
    stdio: "pipe",
  });
}
