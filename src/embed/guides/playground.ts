import {logEvent} from "./listening.ts";

/** Sends a playground's messages to its frame, and logs the messages of the frame. */
export function startPlaygrounds(root: Document) {
  for (const box of root.querySelectorAll<HTMLElement>(".playground")) {
    const frame = box.querySelector("iframe")!;
    const log = box.querySelector<HTMLElement>(".heard")!;
    const buttons = box.querySelector<HTMLElement>(".to-send")!;
    buttons.hidden = false;
    let orderCount = 0;
    buttons.addEventListener("click", ({target}) => {
      const message = (target as Element).closest<HTMLElement>("[data-message]")?.dataset.message;
      if (!message) return;
      orderCount++;
      // A sandboxed frame has no origin to name.
      frame.contentWindow!.postMessage(
        {target: "lora-widget", v: 1, requestId: `ask-${orderCount}`, ...JSON.parse(message)},
        "*",
      );
    });
    addEventListener("message", ({source, data}) => {
      if (source !== frame.contentWindow || data?.source !== "lora-widget") return;
      const {source: _, v: __, type, ...rest} = data;
      logEvent(log, String(type), rest);
    });
  }
}
