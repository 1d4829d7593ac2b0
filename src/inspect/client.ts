/** The page's side of the messages to the inspector's worker. */
import {trustedUrl} from "../figure/trustedUrl.ts";
import workerAddress from "./inspectWorker.ts?worker&url";
import type {Progress, Request, RequestName, Result, WorkerMessage} from "./protocol.ts";

/** The error of a request that was cancelled. */
export class CancelledError extends Error {}

/** A request that has not been answered. */
interface PendingRequest {
  report(progress: unknown): void;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Sends requests to the worker, which starts with the first of them. */
export class Client {
  #worker: Worker | undefined;
  #lastId = 0;
  readonly #pending = new Map<number, PendingRequest>();

  /** Starts the worker unless it runs, for example so that its program has loaded before the first file is opened. */
  start(): Worker {
    if (this.#worker) return this.#worker;
    this.#worker = new Worker(trustedUrl(workerAddress), {type: "module"});
    this.#worker.addEventListener("message", ({data}: MessageEvent<WorkerMessage>) => this.#receive(data));
    this.#worker.addEventListener("error", ({message}) => {
      // It did not load, or ran out of memory, so it will not answer.
      this.#worker?.terminate();
      this.#worker = undefined;
      const sentence = "The program that reads files has stopped. Reload this page and try again.";
      for (const {reject} of this.#pending.values()) reject(new Error(message ? `${sentence} (${message})` : sentence));
      this.#pending.clear();
    });
    return this.#worker;
  }

  #receive(message: WorkerMessage) {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if ("progress" in message) {
      pending.report(message.progress);
      return;
    }
    this.#pending.delete(message.id);
    if ("result" in message) pending.resolve(message.result);
    else pending.reject("error" in message ? new Error(message.error) : new CancelledError("cancelled"));
  }

  /** Sends a request. The promise rejects with an error in plain words, or with `CancelledError` after `signal` was aborted. */
  ask<N extends RequestName>(
    name: N,
    request: Request<N>,
    {progress, signal}: {progress?: (progress: Progress<N>) => void; signal?: AbortSignal} = {},
  ): Promise<Result<N>> {
    const worker = this.start();
    const id = ++this.#lastId;
    return new Promise<Result<N>>((resolve, reject) => {
      this.#pending.set(id, {
        report: (value) => progress?.(value as Progress<N>),
        resolve: (result) => resolve(result as Result<N>),
        reject,
      });
      signal?.addEventListener("abort", () => worker.postMessage({id, cancel: true}), {once: true});
      worker.postMessage({id, name, request});
    });
  }
}
