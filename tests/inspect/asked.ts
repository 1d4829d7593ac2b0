/** A desk without a worker: every order of the inspector's page and its answer, with the news between. */
import {readFileSync} from "node:fs";
import {answerOrders} from "../../src/inspect/orders.ts";
import type {DroppedFile, FromWorker, ModuleView, OrderName, Orders} from "../../src/inspect/protocol.ts";
import {filesOf} from "../engine/adapters/inspect/fixture.ts";

/** What became of an order. */
export interface Answered<N extends OrderName> {
  result?: Orders[N]["result"];
  news: unknown[];
  error?: string;
  isCancelled?: boolean;
}

export type Asker = <N extends OrderName>(
  name: N,
  order: Orders[N]["order"],
  cancelAfterNews?: number,
) => Promise<Answered<N>>;

export function asker(): Asker {
  const waiting = new Map<number, {answered: Answered<OrderName>; end(): void; cancelAfter: number}>();
  const take = answerOrders((message: FromWorker) => {
    const one = waiting.get(message.id)!;
    if ("news" in message) {
      one.answered.news.push(message.news);
      if (one.answered.news.length === one.cancelAfter) take({id: message.id, cancel: true});
      return;
    }
    if ("error" in message) one.answered.error = message.error;
    else if ("result" in message) one.answered.result = message.result as never;
    else one.answered.isCancelled = true;
    one.end();
  });
  let last = 0;
  return (name, order, cancelAfter = Number.POSITIVE_INFINITY) =>
    new Promise((resolve) => {
      const id = ++last;
      const answered: Answered<typeof name> = {news: []};
      waiting.set(id, {answered: answered as Answered<OrderName>, end: () => resolve(answered), cancelAfter});
      take({id, name, order} as never);
    });
}

export const dropped = (name: string, content: Uint8Array | string): DroppedFile => ({
  name,
  blob: new Blob([typeof content === "string" ? content : new Uint8Array(content)]),
});

/** Opens files in a place and measures them. */
export async function read(ask: Asker, slot: 0 | 1, files: DroppedFile[]) {
  const opened = (await ask("open", {slot, files})).result!;
  const {result, news} = await ask("measure", {slot});
  const modules = (news as {found: ModuleView[]}[]).flatMap(({found}) => found);
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
