/** The inspector without a worker: every request of its page and the result, with the progress in between. */
import {readFileSync} from "node:fs";
import type {DroppedFile, ModuleView, RequestName, Requests, WorkerMessage} from "../../src/inspect/protocol.ts";
import {answerRequests} from "../../src/inspect/requests.ts";
import {filesOf} from "../engine/adapters/inspect/fixture.ts";

/** What became of a request. */
export interface Answered<N extends RequestName> {
  result?: Requests[N]["result"];
  progress: unknown[];
  error?: string;
  isCancelled?: boolean;
}

export type Asker = <N extends RequestName>(
  name: N,
  request: Requests[N]["request"],
  cancelAfterProgress?: number,
) => Promise<Answered<N>>;

export function asker(): Asker {
  const waiting = new Map<number, {answered: Answered<RequestName>; end(): void; cancelAfter: number}>();
  const take = answerRequests((message: WorkerMessage) => {
    const one = waiting.get(message.id)!;
    if ("progress" in message) {
      one.answered.progress.push(message.progress);
      if (one.answered.progress.length === one.cancelAfter) take({id: message.id, cancel: true});
      return;
    }
    if ("error" in message) one.answered.error = message.error;
    else if ("result" in message) one.answered.result = message.result as never;
    else one.answered.isCancelled = true;
    one.end();
  });
  let last = 0;
  return (name, request, cancelAfter = Number.POSITIVE_INFINITY) =>
    new Promise((resolve) => {
      const id = ++last;
      const answered: Answered<typeof name> = {progress: []};
      waiting.set(id, {answered: answered as Answered<RequestName>, end: () => resolve(answered), cancelAfter});
      take({id, name, request} as never);
    });
}

export const dropped = (name: string, content: Uint8Array | string): DroppedFile => ({
  name,
  blob: new Blob([typeof content === "string" ? content : new Uint8Array(content)]),
});

/** Opens files in a slot and measures them. */
export async function read(ask: Asker, slot: 0 | 1, files: DroppedFile[]) {
  const opened = (await ask("open", {slot, files})).result!;
  const {result, progress} = await ask("measure", {slot});
  const modules = (progress as {modules: ModuleView[]}[]).flatMap(({modules}) => modules);
  return {opened, verdict: result!, modules};
}

/** A fixture as it would be dropped, with its config. */
export function fixtureFiles(name: string): DroppedFile[] {
  const {bytes, config} = filesOf(name);
  return [
    dropped(`${name}/weights.${name.startsWith("gguf") ? "gguf" : "safetensors"}`, bytes),
    ...(config === undefined ? [] : [dropped(`${name}/adapter_config.json`, config)]),
  ];
}

const samples = JSON.parse(
  readFileSync(new URL("../../content/lab/samples.weights.json", import.meta.url), "utf8"),
) as Record<string, {config: string; model: string}>;

/** A sample of the page. */
export function sampleDrop(name: string): DroppedFile[] {
  const {config, model} = samples[name]!;
  return [
    dropped(`${name}/adapter_model.safetensors`, Buffer.from(model, "base64")),
    dropped(`${name}/adapter_config.json`, config),
  ];
}
