import {LATE} from "../figure/errorNote.ts";
import {trustedUrl} from "../figure/trustedUrl.ts";
import workerAddress from "./inspectWorker.ts?worker&url";
import type {FromWorker, OrderName, Orders} from "./protocol.ts";

/** Thrown when an order was called off. */
export class CalledOff extends Error {}

/** The news of an order, where it has any. */
type News<N extends OrderName> = Orders[N] extends {news: infer T} ? T : never;

interface Waiting {
  news(value: unknown): void;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The page's end of the wire to the worker, which starts with the first order. */
export class Client {
  #worker: Worker | undefined;
  /** Whether the worker's program has loaded: it says so itself. */
  #isLoaded = false;
  #last = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** Starts the worker, so that its program is there before the first file. */
  start(): void {
    this.#worker ??= this.#startWorker();
  }

  #startWorker(): Worker {
    const worker = new Worker(trustedUrl(workerAddress), {type: "module"});
    worker.addEventListener("message", ({data}: MessageEvent<FromWorker>) => this.#hear(data));
    worker.addEventListener("error", (event) => {
      // It could not start, or ran out of memory: nobody will be answered any more.
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

  #hear(message: FromWorker) {
    this.#isLoaded = true;
    const one = this.#waiting.get(message.id);
    if (!one) return;
    if ("news" in message) {
      one.news(message.news);
      return;
    }
    this.#waiting.delete(message.id);
    if ("result" in message) one.resolve(message.result);
    else one.reject("error" in message ? new Error(message.error) : new CalledOff("called off"));
  }

  /**
   * Gives an order. The promise rejects with a sentence, or with `CalledOff` after `signal` was aborted. Without the worker's
   * program it rejects after a while; an order that is given once the program has come after all is carried out.
   */
  ask<N extends OrderName>(
    name: N,
    order: Orders[N]["order"],
    {news, signal}: {news?: (value: News<N>) => void; signal?: AbortSignal} = {},
  ): Promise<Orders[N]["result"]> {
    this.#worker ??= this.#startWorker();
    const worker = this.#worker;
    const id = ++this.#last;
    return new Promise<Orders[N]["result"]>((resolve, reject) => {
      this.#waiting.set(id, {
        news: (value) => news?.(value as News<N>),
        resolve: (value) => resolve(value as Orders[N]["result"]),
        reject,
      });
      signal?.addEventListener("abort", () => worker.postMessage({id, cancel: true}), {once: true});
      worker.postMessage({id, name, order});
      if (!this.#isLoaded)
        setTimeout(() => {
          if (!this.#isLoaded)
            this.#refuse(new Error("The program that reads files has not loaded yet. Reload this page."));
        }, LATE);
    });
  }
}
