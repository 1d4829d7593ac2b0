import {expect, test, vi} from "vitest";
import {Client} from "../../src/inspect/client.ts";
import type {FromWorker} from "../../src/inspect/protocol.ts";

/** A worker whose program comes when `says` is called for the first time. */
function stubWorker() {
  const made: {says(message: FromWorker): void; requests: {id: number}[]}[] = [];
  class FakeWorker extends EventTarget {
    requests: {id: number}[] = [];
    constructor() {
      super();
      made.push({
        requests: this.requests,
        says: (data) => void this.dispatchEvent(new MessageEvent("message", {data})),
      });
    }
    postMessage(request: {id: number}) {
      this.requests.push(request);
    }
    terminate() {}
  }
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("document", {baseURI: "https://lora.example/"});
  vi.stubGlobal("location", {protocol: "https:", host: "lora.example"});
  return made;
}

test("a program that does not come is told of after five seconds; once it is there, requests are carried out", async () => {
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
  worker!.says({id: worker!.requests.at(-1)!.id, result: "swapped"});
  expect(await second).toBe("swapped");
  expect(made).toHaveLength(1);
});
