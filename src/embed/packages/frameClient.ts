/** For the page around a frame: orders as promises, messages as events. The package of the element exports it as `lora-widget/frame`. */

import type {OrderType} from "../frame/readOrder.ts";
import type {Frame, FrameMessages} from "./element/frame.d.ts";

/** An order as it is sent, and the functions that settle its promise. */
interface SentOrder {
  message: object;
  resolve(value: never): void;
  reject(error: Error): void;
}

const CLOSED = "this client of the frame was closed";

let clientCount = 0;
/** Two copies of this module on a page may speak with the same frame. */
const copyId = Math.round(performance.now() * 1000).toString(36);

/** Whether a message from this origin may come from the frame: it is the origin of its address, or "null" for a sandbox or a file. */
const isFrom = ({src}: HTMLIFrameElement, origin: string): boolean =>
  origin === "null" || origin === new URL(src, location.href).origin;

/** The origin that an order is sent to: "*" for a frame in a sandbox or a file, which have none that could be named. */
function targetOf({src, sandbox}: HTMLIFrameElement): string {
  const {origin} = new URL(src, location.href);
  const isHidden = sandbox.length > 0 && !sandbox.contains("allow-same-origin");
  return isHidden || origin === "null" ? "*" : origin;
}

/** Sends a message to the figure in a frame. */
const post = (iframe: HTMLIFrameElement, message: object, origin = targetOf(iframe)) =>
  iframe.contentWindow?.postMessage({target: "lora-widget", v: 1, ...message}, origin);

/** Asks a figure that has loaded for its height, so that it is heard. Until then the window has another origin. */
const greet = (iframe: HTMLIFrameElement) => post(iframe, {type: "resize"}, "*");

/** The orders to a frame, and what the frame answers. */
function ordersTo(iframe: HTMLIFrameElement) {
  /** Orders without an answer, by their ids; those from before the frame was heard have yet to be sent. */
  const unanswered = new Map<string, SentOrder>();
  const idPrefix = `${copyId}-${clientCount++}-`;
  let orderCount = 0;
  /** Whether the frame has been heard, so that it can be sent orders. */
  let isHeard = false;
  let isClosed = false;

  /** Sends an order, or keeps it until the frame is heard. */
  function ask<T>(type: OrderType, fields: object = {}): Promise<T> {
    if (isClosed) return Promise.reject(new Error(CLOSED));
    const requestId = idPrefix + orderCount++;
    const message = {type, requestId, ...fields};
    return new Promise<T>((resolve, reject) => {
      unanswered.set(requestId, {message, resolve, reject});
      if (isHeard) post(iframe, message);
    });
  }
  return {
    ask,
    /** Sends what was kept. To be called at each message of the frame; only the first does something. */
    sendKept() {
      if (isHeard) return;
      isHeard = true;
      for (const {message} of unanswered.values()) post(iframe, message);
    },
    /**
     * To be called when the frame has loaded: an order may have gone to the page that was in it before. Orders are answered in
     * sequence, so an order that has no answer when a later one is answered was not heard, and is sent again.
     */
    resend() {
      const earlier = [...unanswered];
      if (!isHeard || !earlier.length) return;
      const sendAgain = () => {
        for (const [id, {message}] of earlier) if (unanswered.has(id)) post(iframe, message);
      };
      ask("get").then(sendAgain, sendAgain);
    },
    /** Settles the promise of an order that the frame has answered. */
    settle({requestId, ok, state, data, error}: Readonly<Record<string, unknown>>) {
      const order = unanswered.get(String(requestId));
      unanswered.delete(String(requestId));
      if (ok) order?.resolve((data ?? state) as never);
      else order?.reject(new Error(String(error)));
    },
    /** Rejects all orders without an answer, and all later ones. */
    close() {
      isClosed = true;
      for (const {reject} of unanswered.values()) reject(new Error(CLOSED));
      unanswered.clear();
    },
  };
}

/** The client of the figure in this frame. */
export function frame(iframe: HTMLIFrameElement): Frame {
  const orders = ordersTo(iframe);
  const listeners = new Set<{type: string; call(detail: never): void}>();

  /** Takes a message of the frame, and ignores all others. */
  function onMessage({source, origin, data}: MessageEvent) {
    if (source !== iframe.contentWindow || !isFrom(iframe, origin)) return;
    if (data?.source !== "lora-widget" || data.v !== 1) return;
    orders.sendKept();
    const {source: _, v: __, type, ...detail} = data;
    const name = String(type).replace("lora:", "");
    if (name === "reply") orders.settle(detail);
    else for (const listener of listeners) if (listener.type === name) listener.call(detail as never);
  }
  function onLoad() {
    greet(iframe);
    orders.resend();
  }

  addEventListener("message", onMessage);
  iframe.addEventListener("load", onLoad);
  greet(iframe);
  const {ask} = orders;
  return {
    set: (state, options = {}) => ask("set", {state, options}),
    get: () => ask("get"),
    reset: () => ask("reset"),
    play: () => ask("play"),
    pause: () => ask("pause"),
    step: () => ask("step"),
    focus: () => ask("focus"),
    export: (format) => ask("export", {format}),
    on<T extends keyof FrameMessages>(type: T, listener: (detail: FrameMessages[T]) => void) {
      const entry = {type, call: listener};
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    close() {
      removeEventListener("message", onMessage);
      iframe.removeEventListener("load", onLoad);
      listeners.clear();
      orders.close();
    },
  };
}
