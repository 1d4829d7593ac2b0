/** The page's side of the messages to the inspector's worker. */
import {LATE_AFTER} from "../figure/errorNote.ts";
import {trustedUrl} from "../figure/trustedUrl.ts";
import workerAddress from "./inspectWorker.ts?worker&url";
import type {FromWorker, RequestName, Requests} from "./protocol.ts";

/** The error of a request that was cancelled. */
export class Cancelled extends Error {}

/** The progress that a request reports; never for one without. */
type Progress<N extends RequestName> = Requests[N] extends {progress: infer T} ? T : never;

interface Waiting {
  progress(value: unknown): void;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Sends requests to the worker, which starts with the first of them. */
export class Client {
  #worker: Worker | undefined;
  /** Whether the worker's program has loaded: it says so itself. */
  #isLoaded = false;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** Starts the worker, so that its program has loaded before the first file is opened. */
  start(): void {
    this.#worker ??= this.#startWorker();
  }

  #startWorker(): Worker {
    const worker = new Worker(trustedUrl(workerAddress), {type: "module"});
    worker.addEventListener("message", ({data}: MessageEvent<FromWorker>) => this.#receive(data));
    worker.addEventListener("error", (event) => {
      // It could not start, or ran out of memory, so it will not answer.
      const words = "The program that reads files has stopped. Reload this page and try again.";
      this.#fail(new Error(event.message ? `${words} (${event.message})` : words));
    });
    return worker;
  }

  #fail(error: Error) {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isLoaded = false;
    this.#refuse(error);
  }

  #refuse(error: Error) {
    for (const one of this.#waiting.values()) one.reject(error);
    this.#waiting.clear();
  }

  #receive(message: FromWorker) {
    this.#isLoaded = true;
    const one = this.#waiting.get(message.id);
    if (!one) return;
    if ("progress" in message) {
      one.progress(message.progress);
      return;
    }
    this.#waiting.delete(message.id);
    if ("result" in message) one.resolve(message.result);
    else one.reject("error" in message ? new Error(message.error) : new Cancelled("cancelled"));
  }

  /**
   * Sends a request. The promise rejects with an error in plain words, or with `Cancelled` after `signal` was aborted. It also
   * rejects after a while if the worker's program has not loaded; requests that are sent once it has loaded work.
   */
  ask<N extends RequestName>(
    name: N,
    request: Requests[N]["request"],
    {progress, signal}: {progress?: (value: Progress<N>) => void; signal?: AbortSignal} = {},
  ): Promise<Requests[N]["result"]> {
    this.#worker ??= this.#startWorker();
    const worker = this.#worker;
    const id = ++this.#lastId;
    return new Promise<Requests[N]["result"]>((resolve, reject) => {
      this.#waiting.set(id, {
        progress: (value) => progress?.(value as Progress<N>),
        resolve: (value) => resolve(value as Requests[N]["result"]),
        reject,
      });
      signal?.addEventListener("abort", () => worker.postMessage({id, cancel: true}), {once: true});
      worker.postMessage({id, name, request});
      if (!this.#isLoaded)
        setTimeout(() => {
          if (!this.#isLoaded)
            this.#refuse(new Error("The program that reads files has not loaded yet. Reload this page."));
        }, LATE_AFTER);
    });
  }
}
