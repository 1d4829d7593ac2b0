/** The run-time interface of SCORM 1.2 (RTE, 3.3), which a learning platform puts on a window as `API`: all values are text. */
export interface Lms {
  LMSInitialize(nothing: ""): string;
  LMSGetValue(element: string): string;
  LMSSetValue(element: string, value: string): string;
  LMSCommit(nothing: ""): string;
  LMSGetLastError(): string;
  LMSFinish(nothing: ""): string;
}

/** Windows looked at before giving up: a platform's frames are four or five deep at most. */
const STEPS = 20;
/** Characters that `cmi.suspend_data` holds. */
const LIMIT = 4096;
/** Milliseconds from a change until it is handed in, with those that followed it. */
const DELAY = 3000;

/** The platform's interface on this window, one of those around it, or the one that opened the outermost. */
export function findLms(from: Window): Lms | undefined {
  let here: Window | null = from;
  for (let step = 0; here && step < STEPS; step++) {
    try {
      const {API} = here as unknown as {API?: Lms};
      if (API) return API;
    } catch {
      // A page of another origin: it is none of ours, but one around it may be.
    }
    here = here.parent && here.parent !== here ? here.parent : here.opener;
  }
  return undefined;
}

type State = Readonly<Record<string, unknown>>;

/** A state as `cmi.suspend_data`; the longest values are left out until the rest fits. */
export function suspended(state: State): {text: string; left: string[]} {
  const kept = {...state};
  const left: string[] = [];
  const text = () => JSON.stringify({v: 1, state: kept});
  while (text().length > LIMIT) {
    const lengths = Object.entries(kept).map(([name, value]) => [name, JSON.stringify(value).length] as const);
    const [name] = lengths.reduce((a, b) => (b[1] > a[1] ? b : a));
    delete kept[name];
    left.push(name);
  }
  return {text: text(), left};
}

/** The state that was suspended; undefined where the text is none of ours. */
export function resumed(text: string): State | undefined {
  try {
    const {v, state} = JSON.parse(text);
    return v === 1 && typeof state === "object" && state !== null ? state : undefined;
  } catch {
    return undefined;
  }
}

/** A span of milliseconds as CMITimespan: hours, minutes and seconds with two decimals, "0001:02:03.50". */
export function timespan(milliseconds: number): string {
  const hundredths = Math.min(Math.max(0, Math.round(milliseconds / 10)), 9999 * 360_000);
  const [hours, minutes, seconds] = [hundredths / 360_000, (hundredths / 6000) % 60, (hundredths / 100) % 60].map(
    Math.floor,
  );
  const pad = (value: number, digits: number) => String(value).padStart(digits, "0");
  return `${pad(hours!, 4)}:${pad(minutes!, 2)}:${pad(seconds!, 2)}.${pad(hundredths % 100, 2)}`;
}

/** What a session asks of `<lora-widget>`. */
export interface Learned extends EventTarget {
  /** Undefined until it lives. */
  readonly state: State | undefined;
  set(raw: State): unknown;
}

/** What it needs of its page; a test brings its own. */
export interface Means {
  /** Milliseconds that only grow. */
  now(): number;
  note(sentence: string): void;
}

/**
 * Keeps a learning platform informed of one widget: its state as `cmi.suspend_data`, restored at the start; status
 * "passed" and score 100 once its challenge is met, "incomplete" and no score before. The function that comes back hands
 * in what is open, and `true` ends the session.
 */
export function learn(lms: Lms, widget: Learned, {now, note}: Means): (isLast: boolean) => void {
  const started = now();
  let moved = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  /** A platform that fails must not break the figure. */
  const ask = (call: () => string): string => {
    try {
      return String(call());
    } catch {
      return "";
    }
  };
  const get = (element: string) => ask(() => lms.LMSGetValue(`cmi.${element}`));
  const set = (element: string, value: string) => ask(() => lms.LMSSetValue(`cmi.${element}`, value));

  function save(isLast: boolean) {
    clearTimeout(timer);
    timer = undefined;
    if (over) return;
    if (moved && widget.state) {
      const {text, left} = suspended(widget.state);
      if (left.length) note(`Too long for the learning platform, so not kept: ${left.join(", ")}.`);
      set("suspend_data", text);
    }
    set("core.session_time", timespan(now() - started));
    // Without "suspend" a platform may start the next visit afresh.
    if (isLast) set("core.exit", "suspend");
    ask(() => lms.LMSCommit(""));
    if (!isLast) return;
    over = true;
    ask(() => lms.LMSFinish(""));
  }

  if (ask(() => lms.LMSInitialize("")) !== "true") {
    note("The learning platform did not open a session, so nothing is handed in.");
    return () => undefined;
  }
  const status = get("core.lesson_status");
  // A platform that fails to answer may know of a pass.
  const isUnknown = status === "" && ask(() => lms.LMSGetLastError()) !== "0";
  if (!isUnknown && !["passed", "completed", "failed"].includes(status)) set("core.lesson_status", "incomplete");
  const before = resumed(get("suspend_data"));
  if (before) void widget.set(before);

  widget.addEventListener("lora-change", () => {
    moved = true;
    timer ??= setTimeout(() => save(false), DELAY);
  });
  widget.addEventListener("lora-complete", (event) => {
    if (!(event as CustomEvent<{success: boolean}>).detail.success) return;
    moved = true;
    set("core.score.min", "0");
    set("core.score.max", "100");
    set("core.score.raw", "100");
    set("core.lesson_status", "passed");
    save(false);
  });
  return save;
}
