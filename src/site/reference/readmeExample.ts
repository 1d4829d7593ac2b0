import {spawnSync} from "node:child_process";
import {readdirSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {publicName} from "./publicName.ts";

/** The example in the engine's README, and what it prints according to it. */
export interface Example {
  code: string;
  prints: string;
}

/** Reads the example from the text of the engine's README. Throws if its section has no `ts` block or no `text` block. */
export function exampleIn(readme: string): Example {
  const section = /^## The engine by itself\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readme)?.[1] ?? "";
  const block = (language: string) => new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "m").exec(section)?.[1];
  const [code, prints] = [block("ts"), block("text")];
  if (code === undefined || prints === undefined)
    throw new Error(
      "src/engine/README.md: the section “The engine by itself” needs a ts block, the example, and a text block, what it prints",
    );
  return {code, prints};
}

/**
 * Runs the example in a process of its own and returns what it prints. `lora-live/engine/…` is replaced by the source files
 * below `root`, whose types Node strips. Throws with Node's message if the example fails.
 */
export function runExample({code}: Example, root: string): string {
  const engine = join(root, "src/engine");
  const paths = readdirSync(engine, {recursive: true, encoding: "utf8"}).filter((path) => path.endsWith(".ts"));
  const homes = new Map(paths.map((path) => [publicName(path), pathToFileURL(join(engine, path)).href]));
  const onSource = code.replace(/"lora-live\/engine\/([^"]+)"/g, (whole, name: string) =>
    homes.has(name) ? JSON.stringify(homes.get(name)) : whole,
  );
  const flags = ["--input-type=module-typescript", "-"];
  const {status, stdout, stderr} = spawnSync(process.execPath, flags, {cwd: root, input: onSource, encoding: "utf8"});
  if (status !== 0) throw new Error(`src/engine/README.md: the example of the engine does not run:\n${stderr}`);
  return stdout;
}
