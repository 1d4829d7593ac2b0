/**
 * The messages a frame sends to its host: for each type, the only keys that leave the frame. None of them is a name that
 * some host's listener acts upon (`offset`, `secret`, `message`, `subject`, `context`, `method`, `event`).
 */
export const messageKeys = {
  ready: ["state", "summary", "height", "version"],
  resize: ["height"],
  change: ["state", "changed", "reason", "phase", "summary"],
  predict: ["item", "prediction", "actual", "error"],
  answer: ["item", "response", "correct", "score", "attempt"],
  complete: ["success", "score", "duration"],
  error: ["code", "text"],
  reply: ["requestId", "ok", "state", "data", "error"],
} as const;

/** What a message to the host is about. */
export type MessageType = keyof typeof messageKeys;
/** The content of a message, and of an answer. */
export type Body = Readonly<Record<string, unknown>>;
/** Sends a message of this type to the host. */
export type Send = (type: MessageType, body: Body) => void;

/** Events of the element that are forwarded to the host. */
export const forwardedEvents = [
  "ready",
  "change",
  "predict",
  "answer",
  "complete",
  "error",
] as const satisfies readonly MessageType[];

/** Who sends a message: the widget, and the name that its host gave to this frame. */
interface Sender {
  widget: string;
  id?: string;
}

/** A message in its envelope. */
export const message = (type: MessageType, body: Body, sender: Sender): Body => ({
  source: "lora-widget",
  v: 1,
  type: `lora:${type}`,
  ...sender,
  ...Object.fromEntries(messageKeys[type].flatMap((key) => (body[key] === undefined ? [] : [[key, body[key]]]))),
});
