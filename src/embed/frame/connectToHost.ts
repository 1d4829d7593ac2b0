import type {HostOptions} from "./hostOptions.ts";
import {type Body, forwardedEvents, message, type Send} from "./messages.ts";
import {type FramedElement, orderQueue} from "./orderQueue.ts";
import {heightMessages, resizerMessage, resizerName} from "./otherHosts.ts";
import {readOrder} from "./readOrder.ts";

type Heights = ReturnType<typeof startHeightReport>;

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
  const heights = startHeightReport(widget, host, post, send);
  forwardEvents(element, send, heights);
  const takeMessage = messageTaker(element, send, heights);
  addEventListener("message", ({source, origin: from, data}) => {
    if (source !== parent || (origin !== undefined && from !== origin)) return;
    if (data?.target === "lora-widget") takeMessage(data);
    // iframe-resizer greets with the name it gave this frame.
    const name = resizerName(data);
    if (name !== undefined) heights.onGreeting(name);
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

/** Returns a function that takes any message of a host. Orders among them are carried out and replied to. */
function messageTaker(element: FramedElement, send: Send, heights: Heights) {
  const enqueue = orderQueue(element, (body) => {
    send("reply", body);
    heights.userActed();
    heights.check();
  });
  return (data: {type?: unknown}) => {
    // A host that came late asks for the height again. `lora-embed.js` sends no other message.
    if (data.type === "resize") return heights.repeat();
    const order = readOrder(data);
    if (order) enqueue(order);
  };
}

/** The present size of this document and its frame. */
export const measure = (): FrameSize => {
  const {height, width} = document.documentElement.getBoundingClientRect();
  return {height: Math.ceil(height), width: Math.ceil(width), frameHeight: innerHeight};
};

/** Tells the host how high this document is, in every form that some host understands, whenever that changes. Returns functions to check and repeat it. */
export function startHeightReport(widget: string, host: HostOptions, post: (data: unknown) => void, send: Send) {
  /** iframe-resizer's name for this frame, and the kind of the next message to it. */
  let nameInResizer: string | undefined;
  let kind: "init" | "size" = "init";
  const report = ({height, width}: FrameSize) => {
    void send("resize", {height});
    for (const data of heightMessages(height, host, widget, location.href)) post(data);
    if (nameInResizer === undefined) return;
    post(resizerMessage(nameInResizer, height, width, kind));
    kind = "size";
  };
  const {check, userActed} = heightGuard(measure, report);

  let repeatTimer: ReturnType<typeof setTimeout> | undefined;
  /** Tells the height again, to a host that came late. It uses a timer, because a frame out of sight gets no animation frames. */
  const repeat = () => {
    if (repeatTimer !== undefined) return;
    repeatTimer = setTimeout(() => {
      repeatTimer = undefined;
      report(measure());
    }, REPEAT_DELAY);
  };
  const onGreeting = (name: string) => {
    nameInResizer = name;
    kind = "init";
    repeat();
  };

  // In a frame out of sight the observer stays silent. With this check the host knows the height before the frame comes into sight.
  check();
  new ResizeObserver(check).observe(document.documentElement);
  for (const type of ["click", "input", "keydown"]) addEventListener(type, userActed, true);
  return {check, userActed, repeat, onGreeting};
}

/** Milliseconds until the height is told again, together with what else asks for it. */
const REPEAT_DELAY = 16;
/** Milliseconds in which a new height may still be caused by the host resizing the frame to the height we sent. */
const ECHO_TIME = 250;

/** The document's height and width, and the height of the frame around it, in CSS pixels. */
interface FrameSize {
  height: number;
  width: number;
  frameHeight: number;
}

/**
 * Returns functions that send each new height, but break loops: where the content's height follows the frame's, every height we send makes the
 * host enlarge the frame, which gives a new height. The second height within a quarter of a second that follows from our
 * own is held back; the height after that time is sent as the last one until something else changes it. Call `check` when
 * the height may have changed, and `userActed` when the reader did something: the next height follows from that.
 */
export function heightGuard(
  measureFrame: () => FrameSize,
  send: (size: FrameSize) => void,
  now: () => number = () => performance.now(),
) {
  let sentSize: FrameSize = {height: 0, width: 0, frameHeight: 0};
  let sentAt = Number.NEGATIVE_INFINITY;
  /** How many heights in a row followed from our own. */
  let echoes = 0;
  /** Whether the last height of a loop has been sent, or will be. */
  let isLast = false;

  const sendNow = (size: FrameSize) => {
    sentSize = size;
    sentAt = now();
    send(size);
  };
  function check() {
    const size = measureFrame();
    if (size.height === sentSize.height) return;
    const isEcho =
      size.width === sentSize.width && size.frameHeight !== sentSize.frameHeight && now() - sentAt < ECHO_TIME;
    echoes = isEcho ? echoes + 1 : 0;
    if (echoes < 2) {
      isLast &&= isEcho;
      return sendNow(size);
    }
    if (isLast) return;
    isLast = true;
    setTimeout(() => {
      const lastSize = measureFrame();
      if (lastSize.height !== sentSize.height) sendNow(lastSize);
    }, ECHO_TIME);
  }
  const userActed = () => {
    sentAt = Number.NEGATIVE_INFINITY;
  };
  return {check, userActed};
}
