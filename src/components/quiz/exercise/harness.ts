/** What the worker of an exercise says: that it began, what a case came to, that all are done, or that there is no such function. */
export type Said =
  | {begun: true}
  | {at: number; json: string; printed: string[]}
  | {at: number; thrown: string; printed: string[]}
  | {done: true; printed: string[]}
  | {missing: true; printed: string[]};

/**
 * The first part of a worker that runs a reader's program. Its text is put before the program, so it knows nothing from outside
 * itself. It keeps what it needs in hand, closes the doors to network, storage, messages and further workers, collects what is
 * printed, and returns the function that runs the cases.
 */
export function harness() {
  const scope = globalThis as unknown as Record<string, unknown>;
  const send = (scope.postMessage as (said: Said) => void).bind(scope);
  const {parse, stringify} = JSON;
  const [text, isArray, isView, entries] = [String, Array.isArray, ArrayBuffer.isView, Object.entries];
  const [LINES, LENGTH, WORD, VALUES, DEPTH] = [20, 200, 60, 1000, 6];

  /** An error that is a sentence of ours, without a name in front. */
  const sentence = (message: string) => Object.assign(new Error(message), {name: ""});
  const refuse = (name: string) => () => {
    throw sentence(
      `${name} is switched off in an exercise: a function gets its arguments and returns its result, and no network is needed.`,
    );
  };
  for (const name of [
    ..."fetch XMLHttpRequest WebSocket WebSocketStream WebTransport EventSource importScripts Worker".split(" "),
    ..."BroadcastChannel MessageChannel indexedDB caches cookieStore navigator postMessage close".split(" "),
  ]) {
    if (name in scope) Object.defineProperty(scope, name, {get: refuse(name), configurable: false});
  }

  const printed: string[] = [];
  let unprinted = 0;
  const print = (...values: unknown[]) => {
    if (printed.length >= LINES) {
      unprinted++;
      return;
    }
    printed.push(
      values
        .map((value) => (typeof value === "string" ? value : written(value)))
        .join(" ")
        .slice(0, LENGTH),
    );
  };
  const written = (value: unknown): string => {
    try {
      return stringify(plain(value));
    } catch (error) {
      return told(error);
    }
  };
  const told = (error: unknown): string => {
    try {
      if (typeof error === "string") return `“${error.slice(0, LENGTH)}” was thrown.`;
      const said = text(error).slice(0, LENGTH);
      return /[.?!]$/.test(said) ? said : `${said}.`;
    } catch {
      return "Something was thrown that cannot be shown.";
    }
  };
  scope.console = {log: print, info: print, warn: print, error: print, debug: print};

  /** The value as JSON can carry it. Throws, in words, where it is none: a promise, a function, something without end. */
  const plain = (value: unknown, room = {left: VALUES}, depth = 0): unknown => {
    if (--room.left < 0 || depth > DEPTH) throw sentence("The result is larger than any that is asked for.");
    if (typeof value === "number") return value - value === 0 ? value : text(value);
    if (value === null || typeof value === "boolean") return value;
    if (typeof value !== "object") return text(value).slice(0, WORD);
    if (isArray(value) || isView(value)) {
      const list: unknown[] = [];
      const {length} = value as unknown as ArrayLike<unknown>;
      for (let i = 0; i < length; i++) list[i] = plain((value as unknown as ArrayLike<unknown>)[i], room, depth + 1);
      return list;
    }
    if (typeof (value as {then?: unknown}).then === "function")
      throw sentence("The result is a promise: return the value itself.");
    const object: Record<string, unknown> = {};
    for (const [key, one] of entries(value)) object[key.slice(0, WORD)] = plain(one, room, depth + 1);
    return object;
  };

  const lines = () => (unprinted > 0 ? [...printed, `… and ${unprinted} more`] : printed);
  send({begun: true});
  return (task: unknown, cases: readonly string[]) => {
    if (typeof task !== "function") return send({missing: true, printed: lines()});
    cases.forEach((args, at) => {
      try {
        const result = task(...(parse(args) as unknown[]));
        if (result === undefined) throw sentence("The result is undefined: is there a return?");
        send({at, json: stringify(plain(result)), printed: lines()});
      } catch (error) {
        send({at, thrown: told(error), printed: lines()});
      }
    });
    send({done: true, printed: lines()});
  };
}
