/** The run-time interface of SCORM 1.2 (RTE, 3.3), which a learning platform offers as `API` on a window. All values are text. */
export interface Lms {
  LMSInitialize(nothing: ""): string;
  LMSGetValue(element: string): string;
  LMSSetValue(element: string, value: string): string;
  LMSCommit(nothing: ""): string;
  LMSGetLastError(): string;
  LMSFinish(nothing: ""): string;
}

/** How many windows to search: platforms nest four or five frames at most. */
const MAX_WINDOWS = 20;
/** The most characters that `cmi.suspend_data` holds. */
const MAX_SUSPEND_LENGTH = 4096;
/** Milliseconds from a change until it is saved, together with those that follow it. */
const SAVE_DELAY = 3000;

/** The platform's interface on this window, on one around it, or on the window that opened the outermost one. */
export function findLms(from: Window): Lms | undefined {
  let here: Window | null = from;
  for (let step = 0; here && step < MAX_WINDOWS; step++) {
    try {
      const {API} = here as unknown as {API?: Lms};
      if (API) return API;
    } catch {
      // A page of another origin. One around it may still have the interface.
    }
    here = here.parent && here.parent !== here ? here.parent : here.opener;
  }
  return undefined;
}

/** The parameters of a figure by their names. */
type State = Readonly<Record<string, unknown>>;

/** A state as `cmi.suspend_data`. If it is too long, the longest values are left out and named in `dropped`. */
export function suspendData(state: State): {text: string; dropped: string[]} {
  const values = {...state};
  const dropped: string[] = [];
  const text = () => JSON.stringify({v: 1, state: values});
  while (text().length > MAX_SUSPEND_LENGTH) {
    const lengths = Object.entries(values).map(([name, value]) => [name, JSON.stringify(value).length] as const);
    const [name] = lengths.reduce((a, b) => (b[1] > a[1] ? b : a));
    delete values[name];
    dropped.push(name);
  }
  return {text: text(), dropped};
}

/** The state in `cmi.suspend_data`; undefined if the text is not ours. */
export function stateFrom(text: string): State | undefined {
  try {
    const {v, state} = JSON.parse(text);
    return v === 1 && typeof state === "object" && state !== null ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds as a CMITimespan with two decimals: "0001:02:03.50". */
export function timespan(milliseconds: number): string {
  const hundredths = Math.min(Math.max(0, Math.round(milliseconds / 10)), 9999 * 360_000);
  const [hours, minutes, seconds] = [hundredths / 360_000, (hundredths / 6000) % 60, (hundredths / 100) % 60].map(
    Math.floor,
  );
  const pad = (value: number, digits: number) => String(value).padStart(digits, "0");
  return `${pad(hours!, 4)}:${pad(minutes!, 2)}:${pad(seconds!, 2)}.${pad(hundredths % 100, 2)}`;
}

/** The part of `<lora-widget>` that a session uses. */
export interface SessionWidget extends EventTarget {
  /** Undefined until the widget has started. */
  readonly state: State | undefined;
  set(raw: State): unknown;
}

/** What a session needs from its page. */
export interface SessionPage {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Tells developers something. */
  note(sentence: string): void;
}

/**
 * Runs a session of one widget with a learning platform. The widget's state is saved as `cmi.suspend_data` and restored at the
 * start. The status is "incomplete" without a score until the challenge is met, then "passed" with score 100. The returned
 * function saves what is not saved yet; `true` also ends the session.
 */
export function startSession(lms: Lms, widget: SessionWidget, {now, note}: SessionPage): (isLast: boolean) => void {
  const startTime = now();
  let hasChanged = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  /** Calls the platform, whose errors must not break the figure. */
  const attempt = (call: () => string): string => {
    try {
      return String(call());
    } catch {
      return "";
    }
  };
  const get = (element: string) => attempt(() => lms.LMSGetValue(`cmi.${element}`));
  const set = (element: string, value: string) => attempt(() => lms.LMSSetValue(`cmi.${element}`, value));

  /** Saves what has changed, and ends the session if this is the last time. */
  function save(isLast: boolean) {
    clearTimeout(timer);
    timer = undefined;
    if (isOver) return;
    if (hasChanged && widget.state) {
      const {text, dropped} = suspendData(widget.state);
      if (dropped.length) note(`Too long for the learning platform, so not kept: ${dropped.join(", ")}.`);
      set("suspend_data", text);
    }
    set("core.session_time", timespan(now() - startTime));
    // Without "suspend", a platform may start the next visit from scratch.
    if (isLast) set("core.exit", "suspend");
    attempt(() => lms.LMSCommit(""));
    if (!isLast) return;
    isOver = true;
    attempt(() => lms.LMSFinish(""));
  }

  if (attempt(() => lms.LMSInitialize("")) !== "true") {
    note("The learning platform did not open a session, so nothing is handed in.");
    return () => undefined;
  }
  const status = get("core.lesson_status");
  // If the platform could not answer, the status may be "passed", so it must not be overwritten.
  const isUnknown = status === "" && attempt(() => lms.LMSGetLastError()) !== "0";
  if (!isUnknown && !["passed", "completed", "failed"].includes(status)) set("core.lesson_status", "incomplete");
  const savedState = stateFrom(get("suspend_data"));
  if (savedState) void widget.set(savedState);

  widget.addEventListener("lora-change", () => {
    hasChanged = true;
    timer ??= setTimeout(() => save(false), SAVE_DELAY);
  });
  widget.addEventListener("lora-complete", (event) => {
    if (!(event as CustomEvent<{success: boolean}>).detail.success) return;
    hasChanged = true;
    set("core.score.min", "0");
    set("core.score.max", "100");
    set("core.score.raw", "100");
    set("core.lesson_status", "passed");
    save(false);
  });
  return save;
}
