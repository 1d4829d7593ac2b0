import {expect, test, vi} from "vitest";
import {Client} from "../../src/inspect/client.ts";
import type {FromWorker} from "../../src/inspect/protocol.ts";

/** A worker whose program comes when `says` is called for the first time. */
function stubWorker() {
  const made: {says(message: FromWorker): void; orders: {id: number}[]}[] = [];
  class FakeWorker extends EventTarget {
    orders: {id: number}[] = [];
    constructor() {
      super();
      made.push({orders: this.orders, says: (data) => void this.dispatchEvent(new MessageEvent("message", {data}))});
    }
    postMessage(order: {id: number}) {
      this.orders.push(order);
    }
    terminate() {}
  }
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("document", {baseURI: "https://lora.example/"});
  vi.stubGlobal("location", {protocol: "https:", host: "lora.example"});
  return made;
}

test("a program that does not come is told of after five seconds; once it is there, orders are carried out", async () => {
  vi.useFakeTimers();
  const made = stubWorker();
  const client = new Client();
  const first = expect(client.ask("swap", {})).rejects.toThrow("The program that reads files has not loaded yet.");
  await vi.advanceTimersByTimeAsync(5000);
  await first;

  const second = client.ask("swap", {});
  const [worker] = made;
  worker!.says({id: 0, result: undefined});
  await vi.advanceTimersByTimeAsync(60_000);
  worker!.says({id: worker!.orders.at(-1)!.id, result: "swapped"});
  expect(await second).toBe("swapped");
  expect(made).toHaveLength(1);
});
