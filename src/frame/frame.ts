import type {Asked} from "./asked.ts";
import {carrier} from "./carry.ts";
import type {FramedElement} from "./element.ts";
import {guard, type Size} from "./guard.ts";
import {foreignHeights, greeted, toResizer} from "./heights.ts";
import {orderOf} from "./order.ts";
import {type Body, message, passedOn, type Said} from "./said.ts";
import {type Activity, deedOf, statement} from "./statement.ts";

/**
 * Lets the page around this frame hear the widget and ask things of it. Nothing said is private: it is what the reader
 * sees. What comes from there is read by `order.ts` alone.
 */
export function frame(widget: string, element: FramedElement, asked: Asked, activity: Activity) {
  const {parent} = window;
  const {id, origin} = asked;
  if (origin === null) return;
  const post = (data: unknown) => parent.postMessage(data, origin ?? "*");
  const say = (type: Said, body: Body) => {
    post(message(type, body, {widget, ...(id !== undefined && {id})}));
    const deed = asked.xapi ? deedOf(type, body) : undefined;
    if (deed) say("xapi", {statement: statement(deed.verb, activity, deed.result, new Date())});
  };

  let resizer: string | undefined;
  const measure = (): Size => {
    const {height, width} = document.documentElement.getBoundingClientRect();
    return {height: Math.ceil(height), width: Math.ceil(width), frame: innerHeight};
  };
  const tellHeight = ({height, width}: Size, event: "init" | "size" = "size") => {
    say("resize", {height});
    for (const data of foreignHeights(height, asked, widget, location.href)) post(data);
    if (resizer !== undefined) post(toResizer(resizer, height, width, event));
  };
  let again: ReturnType<typeof setTimeout> | undefined;
  /** Tells the height to one who came late; at once, for a frame out of sight draws no frames. */
  const retell = (event: "init" | "size") => {
    if (again !== undefined) return;
    again = setTimeout(() => {
      again = undefined;
      tellHeight(measure(), event);
    }, 16);
  };
  new ResizeObserver(guard(measure, tellHeight)).observe(document.documentElement);

  for (const type of passedOn)
    element.addEventListener(`lora-${type}`, (event) => say(type, (event as CustomEvent<Body>).detail));
  element.addEventListener("lora-ready", (event) =>
    say("ready", {...(event as CustomEvent<Body>).detail, height: measure().height}),
  );

  const carry = carrier(element, (body) => say("reply", body));
  addEventListener("message", ({source, origin: from, data}) => {
    if (source !== parent || (origin !== undefined && from !== origin)) return;
    const order = orderOf(data);
    if (order) carry(order);
    if (order && "type" in order && order.type === "get") retell("size");
    const name = greeted(data);
    if (name === undefined) return;
    resizer = name;
    retell("init");
  });
}
