import type {FramedElement} from "./framedElement.ts";
import {heightReport, measure} from "./heightReport.ts";
import type {HostOptions} from "./hostOptions.ts";
import {type Body, BUSY, forwardedEvents, message, requestIdOf, type Send} from "./messages.ts";
import {resizerName} from "./otherHosts.ts";

type Heights = ReturnType<typeof heightReport>;

/** Messages kept while `orders.ts` loads. When more come, the oldest are refused, as its queue does. */
const MOST = 256;

/**
 * Connects an embedded widget to the page around it: forwards its events, reports its height, carries out orders. Nothing
 * sent is private: it is what the reader sees. `orders.ts` is loaded with the first order, because most hosts give none.
 */
export function connectToHost(widget: string, element: FramedElement, host: HostOptions): void {
  const {parent} = window;
  const {origin, id} = host;
  if (origin === null) return;
  const post = (data: unknown) => parent.postMessage(data, origin ?? "*");
  const sender = {widget, ...(id !== undefined && {id})};
  const send: Send = (type, body) => post(message(type, body, sender));
  const heights = heightReport(widget, host, post, send);
  forwardEvents(element, send, heights);
  const take = orderLoader(element, send, heights);
  addEventListener("message", ({source, origin: from, data}) => {
    if (source !== parent || (origin !== undefined && from !== origin)) return;
    if (data?.target === "lora-widget") take(data);
    // iframe-resizer greets with the name it gave this frame.
    const name = resizerName(data);
    if (name !== undefined) heights.greetedBy(name);
  });
}

function forwardEvents(element: FramedElement, send: Send, heights: Heights) {
  for (const type of forwardedEvents)
    element.addEventListener(`lora-${type}`, (event) => {
      const {detail} = event as CustomEvent<Body>;
      send(type, type === "ready" ? {...detail, height: measure().height} : detail);
      if (type === "ready") heights.check();
    });
}

/** Hands messages to `orders.ts`, loaded with the first one. If it does not load, the host is told, and the next message tries again. */
function orderLoader(element: FramedElement, send: Send, heights: Heights) {
  /** Undefined until it has loaded. */
  let take: ((data: unknown) => void) | undefined;
  let early: object[] = [];
  async function load() {
    try {
      const {orderTaker} = await import("./orders.ts");
      take = await orderTaker(element, (body) => {
        send("reply", body);
        heights.userActed();
        heights.check();
      });
      for (const data of early) take(data);
    } catch (error) {
      send("error", {code: "load", text: `What hears orders did not load: ${error}.`});
    }
    early = [];
  }
  return (data: {type?: unknown}) => {
    // `lora-embed.js` asks for nothing else, and this needs no orders.ts.
    if (data.type === "resize") return heights.repeat();
    if (take) return take(data);
    const oldest = early.length < MOST ? undefined : early.shift();
    if (oldest) send("reply", {ok: false, error: BUSY, requestId: requestIdOf(oldest)});
    if (early.push(data) === 1) void load();
  };
}
