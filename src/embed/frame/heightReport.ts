import {type FrameSize, heightGuard} from "./heightGuard.ts";
import type {HostOptions} from "./hostOptions.ts";
import type {Send} from "./messages.ts";
import {heightMessages, resizerMessage} from "./otherHosts.ts";

/** The present size of this document and its frame. */
export const measure = (): FrameSize => {
  const {height, width} = document.documentElement.getBoundingClientRect();
  return {height: Math.ceil(height), width: Math.ceil(width), frame: innerHeight};
};

/** Tells the host how high this document is, in every form that some host understands, whenever that changes. */
export function heightReport(widget: string, host: HostOptions, post: (data: unknown) => void, send: Send) {
  /** iframe-resizer's name for this frame, and the kind of its next message. */
  let resizer: string | undefined;
  let event: "init" | "size" = "init";
  const report = ({height, width}: FrameSize) => {
    void send("resize", {height});
    for (const data of heightMessages(height, host, widget, location.href)) post(data);
    if (resizer === undefined) return;
    post(resizerMessage(resizer, height, width, event));
    event = "size";
  };
  const {check, userActed} = heightGuard(measure, report);

  let repeatTimer: ReturnType<typeof setTimeout> | undefined;
  /** Tells the height again, to a host that came late. It uses a timer, because a frame out of sight gets no animation frames. */
  const repeat = () => {
    if (repeatTimer !== undefined) return;
    repeatTimer = setTimeout(() => {
      repeatTimer = undefined;
      report(measure());
    }, 16);
  };
  const greetedBy = (name: string) => {
    resizer = name;
    event = "init";
    repeat();
  };

  // In a frame out of sight the observer stays silent. With this check the host knows the height before the frame comes into sight.
  check();
  new ResizeObserver(check).observe(document.documentElement);
  for (const type of ["click", "input", "keydown"]) addEventListener(type, userActed, true);
  return {check, userActed, repeat, greetedBy};
}
