// For the page around a frame: orders as promises, messages as events. The package of the element has it as `lora-widget/frame`.
import type {EventDetails} from "../../figure/loraWidget.ts";
import type {Format, FrameOptions, OrderType} from "./readOrder.ts";

type State = EventDetails["change"]["state"];

/** What a figure in a frame says: the events of the element, and what only a frame has to say. */
type FrameMessages = Omit<EventDetails, "error"> & {
  /** Its height has changed, in CSS pixels. */
  resize: {height: number};
  error: {code: EventDetails["error"]["code"] | "load"; text: string};
};

/** What an export gives. */
export interface FrameExports {
  svg: string;
  png: Blob;
  csv: string;
  json: string;
}

/**
 * A figure in a frame of your page. Orders wait until the frame has loaded, are carried out in sequence, and start the figure.
 * Each promise gives the state that its order led to, and rejects with the frame's reason if it could not be carried out.
 */
export interface Frame {
  /** Takes parameters, and common options (`theme`, `lock`, …), checked like an address: values are brought into range. */
  set(state: State, options?: FrameOptions): Promise<State>;
  get(): Promise<State>;
  /** Back to the state in the frame's address. */
  reset(): Promise<State>;
  /** These do nothing in a widget that does not play. */
  play(): Promise<State>;
  pause(): Promise<State>;
  step(): Promise<State>;
  /** Moves the focus to its first control. */
  focus(): Promise<State>;
  /** The picture, its data, or the state with its sentence. It waits for the result of the present state. */
  export<T extends keyof FrameExports>(format: T): Promise<FrameExports[T]>;
  /** Calls `listener` with what each message of this type carries. Returns the function that ends this. */
  on<T extends keyof FrameMessages>(type: T, listener: (detail: FrameMessages[T]) => void): () => void;
  /** Listens no more. Orders without an answer are rejected. */
  close(): void;
}

/** An order as it is sent, and the two ends of its promise. */
interface Asked {
  message: Readonly<Record<string, unknown>>;
  keep(value: never): void;
  fail(error: Error): void;
}

const CLOSED = "this client of the frame was closed";

let count = 0;
/** Two copies of this module on a page may speak with the same frame. */
const copy = Math.round(performance.now() * 1000).toString(36);

/** The origins that the frame's messages may come from: its address, and none where it is in a sandbox or comes from a disk. */
const isFrom = ({src}: HTMLIFrameElement, origin: string): boolean =>
  origin === "null" || origin === new URL(src, location.href).origin;

/** To whom an order may go: a frame in a sandbox and a file have no origin that could be named. */
function targetOf({src, sandbox}: HTMLIFrameElement): string {
  const {origin} = new URL(src, location.href);
  const isHidden = sandbox.length > 0 && !sandbox.contains("allow-same-origin");
  return isHidden || origin === "null" ? "*" : origin;
}

/** The client of the figure in this frame. */
export const frame = (iframe: HTMLIFrameElement): Frame => new Client(iframe);

class Client implements Frame {
  readonly #iframe: HTMLIFrameElement;
  /** Orders without an answer, by their ids; those from before the frame was heard have yet to be sent. */
  readonly #asked = new Map<string, Asked>();
  readonly #listeners = new Set<{type: string; hear(detail: never): void}>();
  readonly #own = `${copy}-${count++}-`;
  #orders = 0;
  #isThere = false;
  #isClosed = false;

  constructor(iframe: HTMLIFrameElement) {
    this.#iframe = iframe;
    addEventListener("message", this.#take);
    iframe.addEventListener("load", this.#loaded);
    this.#greet();
  }

  #post(message: object, to = targetOf(this.#iframe)) {
    this.#iframe.contentWindow?.postMessage({target: "lora-widget", v: 1, ...message}, to);
  }

  /** A figure that is there answers with its height. Until it has loaded, the window has another origin. */
  #greet() {
    this.#post({type: "resize"}, "*");
  }

  /**
   * An order may have gone to the page that was in the frame before. Orders are answered in sequence, so an order that has no
   * answer when a later one is answered was not heard, and is sent again.
   */
  readonly #loaded = () => {
    this.#greet();
    const before = [...this.#asked];
    if (!this.#isThere || !before.length) return;
    const again = () => {
      for (const [id, {message}] of before) if (this.#asked.has(id)) this.#post(message);
    };
    this.#ask("get").then(again, again);
  };

  #ask<T>(type: OrderType, more: object = {}): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error(CLOSED));
    const requestId = this.#own + this.#orders++;
    const message = {type, requestId, ...more};
    return new Promise<T>((keep, fail) => {
      this.#asked.set(requestId, {message, keep, fail});
      if (this.#isThere) this.#post(message);
    });
  }

  readonly #take = ({source, origin, data}: MessageEvent) => {
    if (source !== this.#iframe.contentWindow || !isFrom(this.#iframe, origin)) return;
    if (data?.source !== "lora-widget" || data.v !== 1) return;
    if (!this.#isThere) {
      this.#isThere = true;
      for (const {message} of this.#asked.values()) this.#post(message);
    }
    const type = String(data.type).replace("lora:", "");
    if (type === "reply") return this.#answer(data);
    const {source: _, v: __, type: ___, ...detail} = data;
    for (const one of this.#listeners) if (one.type === type) one.hear(detail as never);
  };

  #answer({requestId, ok, state, data, error}: Readonly<Record<string, unknown>>) {
    const one = this.#asked.get(String(requestId));
    if (!one) return;
    this.#asked.delete(String(requestId));
    if (ok) one.keep((data ?? state) as never);
    else one.fail(new Error(String(error)));
  }

  set(state: State, options: FrameOptions = {}): Promise<State> {
    return this.#ask("set", {state, options});
  }
  get(): Promise<State> {
    return this.#ask("get");
  }
  reset(): Promise<State> {
    return this.#ask("reset");
  }
  play(): Promise<State> {
    return this.#ask("play");
  }
  pause(): Promise<State> {
    return this.#ask("pause");
  }
  step(): Promise<State> {
    return this.#ask("step");
  }
  focus(): Promise<State> {
    return this.#ask("focus");
  }
  export<T extends Format>(format: T): Promise<FrameExports[T]> {
    return this.#ask("export", {format});
  }
  on<T extends keyof FrameMessages>(type: T, listener: (detail: FrameMessages[T]) => void) {
    const one = {type, hear: listener};
    this.#listeners.add(one);
    return () => void this.#listeners.delete(one);
  }
  close() {
    this.#isClosed = true;
    removeEventListener("message", this.#take);
    this.#iframe.removeEventListener("load", this.#loaded);
    for (const {fail} of this.#asked.values()) fail(new Error(CLOSED));
    this.#asked.clear();
    this.#listeners.clear();
  }
}
