import type {Asked} from "./asked.ts";
import type {FramedElement} from "./element.ts";
import {guard, type Size} from "./guard.ts";
import {foreignHeights, greeted, toResizer} from "./heights.ts";
import {type Body, message, passedOn, requestIdOf, type Said, TOO_MANY} from "./said.ts";
import type {Activity} from "./statement.ts";

/** Orders kept while the desk loads. When more come, the oldest are refused, as the desk itself does. */
const MOST = 256;

/**
 * Lets the page around this frame hear the widget and ask things of it. Nothing said is private: it is what the reader
 * sees. Who hears orders (`desk.ts`) comes with the first, for most hosts give none.
 */
export function frame(widget: string, element: FramedElement, asked: Asked, activity: Activity) {
  const {parent} = window;
  const {id, origin} = asked;
  if (origin === null) return;
  const post = (data: unknown) => parent.postMessage(data, origin ?? "*");
  const say = async (type: Said, body: Body) => {
    post(message(type, body, {widget, ...(id !== undefined && {id})}));
    if (!asked.xapi || type === "xapi" || type === "resize") return;
    try {
      const statement = await (await import("./desk.ts")).stated(type, body, activity);
      if (statement) void say("xapi", {statement});
    } catch {
      // What makes statements did not load; the next one tries again.
    }
  };

  /** iframe-resizer's name for this frame, and what it is told next. */
  let resizer: string | undefined;
  let event: "init" | "size" = "init";
  const measure = (): Size => {
    const {height, width} = document.documentElement.getBoundingClientRect();
    return {height: Math.ceil(height), width: Math.ceil(width), frame: innerHeight};
  };
  const tellHeight = ({height, width}: Size) => {
    void say("resize", {height});
    for (const data of foreignHeights(height, asked, widget, location.href)) post(data);
    if (resizer === undefined) return;
    post(toResizer(resizer, height, width, event));
    event = "size";
  };
  let again: ReturnType<typeof setTimeout> | undefined;
  /** Tells the height to one who came late; at once, for a frame out of sight draws no frames. */
  const retell = () => {
    if (again !== undefined) return;
    again = setTimeout(() => {
      again = undefined;
      tellHeight(measure());
    }, 16);
  };
  const {look, act} = guard(measure, tellHeight);
  // A frame out of sight is not drawn, so nothing there is observed: asked once, it is as high as it should be when it comes.
  look();
  new ResizeObserver(look).observe(document.documentElement);
  for (const type of ["click", "input", "keydown"]) addEventListener(type, act, true);

  for (const type of passedOn)
    element.addEventListener(`lora-${type}`, (event) => {
      const {detail} = event as CustomEvent<Body>;
      void say(type, type === "ready" ? {...detail, height: measure().height} : detail);
      if (type === "ready") look();
    });

  /** Takes orders, once it has loaded; those that come before it are kept. */
  let take: ((data: unknown) => void) | undefined;
  let early: object[] = [];
  async function load() {
    try {
      const {desk} = await import("./desk.ts");
      take = await desk(element, (body) => {
        void say("reply", body);
        act();
        look();
      });
      for (const data of early) take(data);
    } catch (error) {
      // The next order tries again.
      void say("error", {code: "load", text: `What hears orders did not load: ${error}.`});
    }
    early = [];
  }
  function order(data: {type?: unknown}) {
    // All that `lora-embed.js` asks for, and no reason to load the desk.
    if (data.type === "resize") return retell();
    if (take) return take(data);
    const oldest = early.length < MOST ? undefined : early.shift();
    if (oldest) void say("reply", {ok: false, error: TOO_MANY, requestId: requestIdOf(oldest)});
    if (early.push(data) === 1) void load();
  }
  addEventListener("message", ({source, origin: from, data}) => {
    if (source !== parent || (origin !== undefined && from !== origin)) return;
    if (data?.target === "lora-widget") order(data);
    const name = greeted(data);
    if (name === undefined) return;
    resizer = name;
    event = "init";
    retell();
  });
}
