/** For the page around a frame: orders as promises, messages as events. The package of the element exports it as `lora-widget/frame`. */
import type {EventDetails} from "../../figure/loraWidget.ts";
import type {Format, FrameOptions, OrderType} from "./readOrder.ts";

type State = EventDetails["change"]["state"];

/** The messages of a figure in a frame: the events of the element, and what only a frame has to say. */
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

/** An order as it is sent, and the functions that settle its promise. */
interface SentOrder {
  message: Readonly<Record<string, unknown>>;
  resolve(value: never): void;
  reject(error: Error): void;
}

const CLOSED = "this client of the frame was closed";

let count = 0;
/** Two copies of this module on a page may speak with the same frame. */
const copyId = Math.round(performance.now() * 1000).toString(36);

/** The origins that the frame's messages may come from: its address, and none where it is in a sandbox or comes from a disk. */
const isFrom = ({src}: HTMLIFrameElement, origin: string): boolean =>
  origin === "null" || origin === new URL(src, location.href).origin;

/** The origin that an order is sent to. A frame in a sandbox and a file have none that could be named. */
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
  readonly #unanswered = new Map<string, SentOrder>();
  readonly #listeners = new Set<{type: string; call(detail: never): void}>();
  readonly #idPrefix = `${copyId}-${count++}-`;
  #orders = 0;
  /** Whether the frame has been heard, so that it can be sent orders. */
  #isThere = false;
  #isClosed = false;

  constructor(iframe: HTMLIFrameElement) {
    this.#iframe = iframe;
    addEventListener("message", this.#receive);
    iframe.addEventListener("load", this.#onLoad);
    this.#greet();
  }

  #post(message: object, to = targetOf(this.#iframe)) {
    this.#iframe.contentWindow?.postMessage({target: "lora-widget", v: 1, ...message}, to);
  }

  /** Asks a figure that has loaded for its height, so that it is heard. Until then the window has another origin. */
  #greet() {
    this.#post({type: "resize"}, "*");
  }

  /**
   * An order may have gone to the page that was in the frame before. Orders are answered in sequence, so an order that has no
   * answer when a later one is answered was not heard, and is sent again.
   */
  readonly #onLoad = () => {
    this.#greet();
    const before = [...this.#unanswered];
    if (!this.#isThere || !before.length) return;
    const again = () => {
      for (const [id, {message}] of before) if (this.#unanswered.has(id)) this.#post(message);
    };
    this.#ask("get").then(again, again);
  };

  /** Sends an order, or keeps it until the frame is heard. */
  #ask<T>(type: OrderType, more: object = {}): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error(CLOSED));
    const requestId = this.#idPrefix + this.#orders++;
    const message = {type, requestId, ...more};
    return new Promise<T>((resolve, reject) => {
      this.#unanswered.set(requestId, {message, resolve, reject});
      if (this.#isThere) this.#post(message);
    });
  }

  /** Takes a message of the frame. */
  readonly #receive = ({source, origin, data}: MessageEvent) => {
    if (source !== this.#iframe.contentWindow || !isFrom(this.#iframe, origin)) return;
    if (data?.source !== "lora-widget" || data.v !== 1) return;
    if (!this.#isThere) {
      this.#isThere = true;
      for (const {message} of this.#unanswered.values()) this.#post(message);
    }
    const type = String(data.type).replace("lora:", "");
    if (type === "reply") return this.#answer(data);
    const {source: _, v: __, type: ___, ...detail} = data;
    for (const listener of this.#listeners) if (listener.type === type) listener.call(detail as never);
  };

  /** Settles the promise of an order that the frame has answered. */
  #answer({requestId, ok, state, data, error}: Readonly<Record<string, unknown>>) {
    const order = this.#unanswered.get(String(requestId));
    if (!order) return;
    this.#unanswered.delete(String(requestId));
    if (ok) order.resolve((data ?? state) as never);
    else order.reject(new Error(String(error)));
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
    const entry = {type, call: listener};
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }
  close() {
    this.#isClosed = true;
    removeEventListener("message", this.#receive);
    this.#iframe.removeEventListener("load", this.#onLoad);
    for (const {reject} of this.#unanswered.values()) reject(new Error(CLOSED));
    this.#unanswered.clear();
    this.#listeners.clear();
  }
}
