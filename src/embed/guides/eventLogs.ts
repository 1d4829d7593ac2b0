/** The logs of the guide for developers: of an element's events, and of a frame's messages. */

/** The events of the element that are logged. */
const elementEvents = [
  "input",
  "change",
  ...["ready", "change", "predict", "answer", "complete", "error"].map((type) => `lora-${type}`),
];

/** Logs the events of every element in a `.listening` box. */
export function startListening(root: Document) {
  for (const box of root.querySelectorAll(".listening")) {
    const log = box.querySelector<HTMLElement>(".heard")!;
    for (const name of elementEvents)
      box.addEventListener(name, (event) => {
        // The controls inside the figure send events of the same names.
        if ((event.target as Element).localName !== "lora-widget") return;
        logEvent(log, name, event instanceof CustomEvent ? event.detail : "");
      });
  }
}

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

/** How many lines a log keeps, and how many characters of a detail it shows. */
const [MAX_LINES, MAX_DETAIL_LENGTH] = [40, 400];

/** Adds a line at the top of a log: the event's name, and its detail, shortened if it is long. */
function logEvent(log: HTMLElement, name: string, detail: unknown) {
  log.hidden = false;
  const line = log.ownerDocument.createElement("p");
  line.append(Object.assign(log.ownerDocument.createElement("b"), {textContent: name}), " ");
  const text = typeof detail === "string" ? detail : JSON.stringify(detail);
  line.append(text.length > MAX_DETAIL_LENGTH ? `${text.slice(0, MAX_DETAIL_LENGTH)}…` : text);
  log.prepend(line);
  while (log.children.length > MAX_LINES) log.lastElementChild!.remove();
}
