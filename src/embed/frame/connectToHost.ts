import type {FramedElement} from "./framedElement.ts";
import {heightReport, measure} from "./heightReport.ts";
import type {HostOptions} from "./hostOptions.ts";
import {type Body, forwardedEvents, message, type Send} from "./messages.ts";
import {orderQueue} from "./orderQueue.ts";
import {resizerName} from "./otherHosts.ts";
import {readOrder} from "./readOrder.ts";

type Heights = ReturnType<typeof heightReport>;

/**
 * Connects an embedded widget to the page around it: forwards its events, reports its height, carries out orders. Nothing
 * sent is private: it is what the reader sees.
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
  const take = orderTaker(element, send, heights);
  addEventListener("message", ({source, origin: from, data}) => {
    if (source !== parent || (origin !== undefined && from !== origin)) return;
    if (data?.target === "lora-widget") take(data);
    // iframe-resizer greets with the name it gave this frame.
    const name = resizerName(data);
    if (name !== undefined) heights.greetedBy(name);
  });
}

/** Sends the events of the element to the host. */
function forwardEvents(element: FramedElement, send: Send, heights: Heights) {
  for (const type of forwardedEvents)
    element.addEventListener(`lora-${type}`, (event) => {
      const {detail} = event as CustomEvent<Body>;
      send(type, type === "ready" ? {...detail, height: measure().height} : detail);
      if (type === "ready") heights.check();
    });
}

/** Takes any message of a host. Orders among them are carried out and replied to. */
function orderTaker(element: FramedElement, send: Send, heights: Heights) {
  const enqueue = orderQueue(element, (body) => {
    send("reply", body);
    heights.userActed();
    heights.check();
  });
  return (data: {type?: unknown}) => {
    // `lora-embed.js` asks for nothing else.
    if (data.type === "resize") return heights.repeat();
    const order = readOrder(data);
    if (order) enqueue(order);
  };
}
