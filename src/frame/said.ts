/**
 * What a frame says to its host, by type: the keys that leave it, and no others. None of them is a name that some host's
 * listener acts upon (`offset`, `secret`, `message`, `subject`, `context`, `method`, `event`).
 */
export const bodies = {
  ready: ["state", "summary", "height", "version"],
  resize: ["height"],
  change: ["state", "changed", "reason", "phase", "summary"],
  predict: ["item", "prediction", "actual", "error"],
  answer: ["item", "response", "correct", "score", "attempt"],
  complete: ["success", "score", "duration"],
  error: ["code", "text"],
  reply: ["requestId", "ok", "state", "data", "error"],
  xapi: ["statement"],
} as const;

export type Said = keyof typeof bodies;
export type Body = Readonly<Record<string, unknown>>;

/** Events of the element that its host hears too. */
export const passedOn = [
  "ready",
  "change",
  "predict",
  "answer",
  "complete",
  "error",
] as const satisfies readonly Said[];

/** Who speaks: the widget, and the name its host gave this frame of it. */
export interface Speaker {
  widget: string;
  id?: string;
}

/** A message in its envelope. */
export const message = (type: Said, body: Body, speaker: Speaker): Body => ({
  source: "lora-widget",
  v: 1,
  type: `lora:${type}`,
  ...speaker,
  ...Object.fromEntries(bodies[type].flatMap((key) => (body[key] === undefined ? [] : [[key, body[key]]]))),
});

/** Why an order of a flood was not carried out. */
export const TOO_MANY = "Too many orders came at once; this one was skipped.";

/** The name a host gave to its order, which the reply gives back; undefined for what cannot be one. */
export function requestIdOf(data: object): string | number | undefined {
  const id = Object.hasOwn(data, "requestId") && (data as {requestId?: unknown}).requestId;
  if (typeof id === "string") return id.length <= 64 ? id : undefined;
  return typeof id === "number" && Number.isFinite(id) ? id : undefined;
}
