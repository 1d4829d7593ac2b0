#!/usr/bin/env node
// The command of the engine's package: `npx lora-live inspect FILE`.
import {existsSync, readFileSync, statSync} from "node:fs";
import {type FileHandle, open} from "node:fs/promises";
import {dirname, join} from "node:path";
import {inspect, readArguments, USAGE} from "./command.ts";

/** The names of the weights in an adapter's folder, in the order in which they are looked for. */
const WEIGHT_FILES = ["adapter_model.safetensors", "adapters.safetensors", "pytorch_lora_weights.safetensors"];

/** A file or the weights in a folder. Throws when there is none. */
function weightsAt(path: string): string {
  if (!existsSync(path)) throw new Error(`there is no ${path}`);
  if (!statSync(path).isDirectory()) return path;
  const weights = WEIGHT_FILES.map((name) => join(path, name)).find((file) => existsSync(file));
  if (!weights) throw new Error(`${path} has none of ${WEIGHT_FILES.join(", ")}; name the file`);
  return weights;
}

/** A file as a source that reads only the slices that are asked for. */
const sourceOf = (file: FileHandle, size: number, name: string) => ({
  size,
  name,
  slice: (begin: number, end: number) => ({
    async arrayBuffer() {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - begin));
      await file.read(bytes, 0, bytes.length, begin);
      return bytes.buffer;
    },
  }),
});

/** Runs the command with these arguments, and gives its exit code. */
async function runCommand(words: readonly string[]): Promise<number> {
  if (words.length === 0 || words.includes("--help") || words.includes("-h")) {
    process.stdout.write(USAGE);
    return 0;
  }
  let request: ReturnType<typeof readArguments>;
  try {
    request = readArguments(words);
  } catch (error) {
    process.stderr.write(`lora-live: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const files: FileHandle[] = [];
  const source = async (path: string) => {
    const file = await open(path);
    files.push(file);
    return sourceOf(file, (await file.stat()).size, path);
  };
  const sources = (paths: readonly string[] | undefined) => paths && Promise.all(paths.map(source));
  try {
    const path = weightsAt(request.file);
    const config = join(dirname(path), "adapter_config.json");
    const configText = existsSync(config) ? readFileSync(config, "utf8") : undefined;
    const [base, merged] = [await sources(request.base), await sources(request.merged)];
    const models = {...(base && {base}), ...(merged && {merged})};
    const weights = await source(path);
    const {text: report, code} = await inspect(weights, configText, {...request, file: path}, new Date(), models);
    process.stdout.write(report);
    return code;
  } catch (error) {
    process.stderr.write(`lora-live: ${(error as Error).message}\n`);
    return 2;
  } finally {
    for (const file of files) await file.close();
  }
}

process.exitCode = await runCommand(process.argv.slice(2));
