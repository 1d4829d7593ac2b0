/** JSON files of the repository: where those of the lab are, reading, and writing as Biome formats them. */
import {execFileSync} from "node:child_process";
import {readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const root = new URL("../..", import.meta.url).pathname;

/** The path of a file in content/lab/. */
export const labFile = (name: string): string => join(root, "content/lab", name);

/** The value of a JSON file, which is taken to have the type that is asked for. */
export const readJsonFile = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8"));

/** Writes a value as JSON into a file of the repository, formatted as Biome does it. */
export function writeJsonFile(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value));
  execFileSync(process.execPath, [biome, "format", "--write", "--config-path=tests/lint.json", path], {
    cwd: root,
    stdio: "pipe",
  });
}
