import {execFileSync} from "node:child_process";
import {writeFileSync} from "node:fs";
import {createRequire} from "node:module";

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const root = new URL("../..", import.meta.url).pathname;

/** Writes a value as JSON into a file of the repository, formatted as the lint wants it. */
export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
  execFileSync(process.execPath, [biome, "format", "--write", "--config-path=tests/lint.json", path], {
    cwd: root,
    stdio: "pipe",
  });
}
