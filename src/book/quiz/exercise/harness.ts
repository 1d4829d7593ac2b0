/** A message of the exercise's worker: it has begun, the result of a case, all cases are done, or the function is missing. */
export type WorkerMessage =
  | {begun: true}
  | {at: number; json: string; printed: string[]}
  | {at: number; thrown: string; printed: string[]}
  | {done: true; printed: string[]}
  | {missing: true; printed: string[]};

type Scope = Record<string, unknown>;
type Sentence = (message: string) => Error;

/**
 * Replaces what a program has no use for, such as the network, by functions that say so; without this, a call would merely fail. This
 * helps readers who try it and is no barrier: the frame is (ProgramFrame.astro).
 */
function closeDoors(scope: Scope, sentence: Sentence) {
  // A program may give such a name to a value of its own.
  const door = (name: string): PropertyDescriptor => {
    let own: {value: unknown} | undefined;
    return {
      get() {
        if (own) return own.value;
        throw sentence(
          `${name} is switched off in an exercise: a function gets its arguments and returns its result, and no network is needed.`,
        );
      },
      set(value) {
        own = {value};
      },
      configurable: false,
    };
  };
  for (const name of [
    ..."fetch XMLHttpRequest WebSocket WebSocketStream WebTransport EventSource importScripts Worker".split(" "),
    ..."BroadcastChannel MessageChannel indexedDB caches cookieStore navigator postMessage close".split(" "),
  ]) {
    // If the program declares a function of that name, this does nothing, because the function was there first.
    if (name in scope) Reflect.defineProperty(scope, name, door(name));
  }
}

/** The value as plain JSON data. Throws a sentence for a value that has none: a promise, or something very large. */
function plainValues(sentence: Sentence) {
  const [text, isArray, isView, entries] = [String, Array.isArray, ArrayBuffer.isView, Object.entries];
  const [LENGTH, VALUES, DEPTH] = [60, 2000, 6];
  return function plain(value: unknown, room = {left: VALUES}, depth = 0): unknown {
    if (--room.left < 0 || depth > DEPTH) throw sentence("The result is larger than any that is asked for.");
    if (typeof value === "number") return value - value === 0 ? value : text(value);
    if (value === null || typeof value === "boolean") return value;
    if (typeof value !== "object") return text(value).slice(0, LENGTH);
    if (isArray(value) || isView(value)) {
      const list: unknown[] = [];
      const {length} = value as unknown as ArrayLike<unknown>;
      for (let i = 0; i < length; i++) list[i] = plain((value as unknown as ArrayLike<unknown>)[i], room, depth + 1);
      return list;
    }
    if (typeof (value as {then?: unknown}).then === "function")
      throw sentence("The result is a promise: return the value itself.");
    const object: Scope = {};
    for (const [key, one] of entries(value)) object[key.slice(0, LENGTH)] = plain(one, room, depth + 1);
    return object;
  };
}

/** Replaces the console. Returns a function for the lines printed so far: the first twenty, shortened, and how many more. */
function capturePrinting(scope: Scope, write: (value: unknown) => string) {
  const [LINES, LENGTH] = [20, 200];
  const printed: string[] = [];
  let unprinted = 0;
  const print = (...values: unknown[]) => {
    if (printed.length >= LINES) unprinted++;
    else
      printed.push(
        values
          .map((value) => (typeof value === "string" ? value : write(value)))
          .join(" ")
          .slice(0, LENGTH),
      );
  };
  scope.console = {log: print, info: print, warn: print, error: print, debug: print};
  return () => (unprinted > 0 ? [...printed, `… and ${unprinted} more`] : printed);
}

/** A thrown value as a sentence. */
function thrownText(error: unknown, text: typeof String): string {
  try {
    if (typeof error === "string") return `“${error.slice(0, 200)}” was thrown.`;
    const message = text(error).slice(0, 200);
    return /[.?!]$/.test(message) ? message : `${message}.`;
  } catch {
    return "Something was thrown that cannot be shown.";
  }
}

/** Prepares the worker before the reader's program runs, and returns the function that runs the cases after it. */
function harness(
  close: typeof closeDoors,
  plainOf: typeof plainValues,
  capture: typeof capturePrinting,
  textOf: typeof thrownText,
) {
  const scope = globalThis as unknown as Scope;
  const send = (scope.postMessage as (message: WorkerMessage) => void).bind(scope);
  const {parse, stringify} = JSON;
  const text = String;
  const reasonOf = (error: unknown) => textOf(error, text);
  // Without a name, an error reads as its message alone.
  const sentence = (message: string) => Object.assign(new Error(message), {name: ""});
  close(scope, sentence);
  const plain = plainOf(sentence);
  const printed = capture(scope, (value) => {
    try {
      return stringify(plain(value));
    } catch (error) {
      return reasonOf(error);
    }
  });
  send({begun: true});
  return (task: unknown, cases: readonly string[]) => {
    if (typeof task !== "function") return send({missing: true, printed: printed()});
    cases.forEach((args, at) => {
      try {
        const result = task(...(parse(args) as unknown[]));
        if (result === undefined) throw sentence("The result is undefined: is there a return?");
        send({at, json: stringify(plain(result)), printed: printed()});
      } catch (error) {
        send({at, thrown: reasonOf(error), printed: printed()});
      }
    });
    send({done: true, printed: printed()});
  };
}

/**
 * The harness as an expression, to be put before the reader's program in the source of the worker. The functions above are
 * used only as text, so each sees nothing but its parameters, and keeps the built-ins it needs before a program can replace them.
 */
export const harnessSource = `(${harness})(${[closeDoors, plainValues, capturePrinting, thrownText].join()})`;
