import fc from "fast-check";
import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {
  findLms,
  type Lms,
  type SessionWidget,
  startSession,
  stateFrom,
  suspendData,
  timespan,
} from "../../../src/embed/downloads/lms.ts";

/** A platform that remembers what it is told, and knows some values from before. */
function platform(known: Record<string, string> = {}, {opens = "true", fails = false} = {}) {
  const values = new Map(Object.entries(known));
  const calls: string[] = [];
  const call = (name: string, answer = "true") => {
    calls.push(name);
    return answer;
  };
  const lms: Lms = {
    LMSInitialize: () => call("initialize", opens),
    LMSGetValue: (element) => (fails ? "" : (values.get(element) ?? "")),
    LMSSetValue: (element, value) => {
      values.set(element, value);
      return "true";
    },
    LMSCommit: () => call("commit"),
    LMSGetLastError: () => (fails ? "101" : "0"),
    LMSFinish: () => call("finish"),
  };
  return {lms, calls, stored: () => Object.fromEntries(values)};
}

class Figure extends EventTarget implements SessionWidget {
  readonly states: unknown[] = [];
  state: Record<string, unknown> | undefined;
  set(raw: object) {
    this.states.push(raw);
  }
  change(state: Record<string, unknown>) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("lora-change", {detail: {state}}));
  }
  complete(success: boolean) {
    this.dispatchEvent(new CustomEvent("lora-complete", {detail: {success}}));
  }
}

const notes: string[] = [];
let time = 0;

/** A session of a new figure with such a platform. */
function session(...options: Parameters<typeof platform>) {
  const {lms, calls, stored} = platform(...options);
  const figure = new Figure();
  const save = startSession(lms, figure, {now: () => time, note: (sentence) => void notes.push(sentence)});
  return {calls, stored, figure, save};
}

beforeEach(() => {
  vi.useFakeTimers();
  notes.length = 0;
  time = 1000;
});
afterEach(() => vi.useRealTimers());

describe("a session", () => {
  test("starts as incomplete, without a score, and restores nothing if nothing is stored", () => {
    const {calls, stored, figure} = session({"cmi.core.lesson_status": "not attempted", "cmi.suspend_data": ""});
    expect(stored()).toEqual({"cmi.core.lesson_status": "incomplete", "cmi.suspend_data": ""});
    expect([calls, figure.states, notes]).toEqual([["initialize"], [], []]);
  });

  test("does not overwrite a status that the platform fails to report, since it may be passed", () => {
    const {stored} = session({"cmi.core.lesson_status": "passed"}, {fails: true});
    expect(stored()["cmi.core.lesson_status"]).toBe("passed");
  });

  test("saves several changes once, with the latest state, three seconds after the first", () => {
    const {calls, stored, figure} = session();
    for (const r of [2, 4, 3]) {
      figure.change({r});
      vi.advanceTimersByTime(900);
    }
    expect(calls).toEqual(["initialize"]);
    vi.advanceTimersByTime(300);
    expect(calls).toEqual(["initialize", "commit"]);
    expect(stored()["cmi.suspend_data"]).toBe('{"v":1,"state":{"r":3}}');
    vi.advanceTimersByTime(60_000);
    expect(calls).toHaveLength(2);
    figure.change({r: 5});
    vi.advanceTimersByTime(3000);
    expect(stored()["cmi.suspend_data"]).toBe('{"v":1,"state":{"r":5}}');
  });

  test("is passed with 100 of 100 as soon as the challenge is met, and not if it is missed", () => {
    const {calls, stored, figure} = session();
    figure.complete(false);
    expect(stored()).toEqual({"cmi.core.lesson_status": "incomplete"});
    figure.state = {r: 40};
    figure.complete(true);
    expect(stored()).toMatchObject({
      "cmi.suspend_data": '{"v":1,"state":{"r":40}}',
      "cmi.core.lesson_status": "passed",
      "cmi.core.score.raw": "100",
      "cmi.core.score.min": "0",
      "cmi.core.score.max": "100",
    });
    expect(calls).toEqual(["initialize", "commit"]);
  });

  test("ends once, with the state, the time and the exit “suspend”, and calls nothing after that", () => {
    const {calls, stored, figure, save} = session();
    figure.change({r: 2});
    // The latest state counts, even if its event has not arrived yet.
    figure.state = {r: 3};
    time += 3_723_450;
    save(true);
    expect(stored()).toMatchObject({
      "cmi.suspend_data": '{"v":1,"state":{"r":3}}',
      "cmi.core.session_time": "0001:02:03.45",
      "cmi.core.exit": "suspend",
    });
    save(true);
    save(false);
    figure.complete(true);
    vi.advanceTimersByTime(10_000);
    expect(calls).toEqual(["initialize", "commit", "finish"]);
  });

  test.each(["passed", "completed", "failed"])("keeps the status %s, and restores the state", (status) => {
    const {text} = suspendData({r: 5, source: "noise"});
    const {stored, figure} = session({"cmi.core.lesson_status": status, "cmi.suspend_data": text});
    expect(stored()["cmi.core.lesson_status"]).toBe(status);
    expect(figure.states).toEqual([{r: 5, source: "noise"}]);
  });

  test("without a change leaves the stored state as it is", () => {
    const {stored, figure, save} = session({"cmi.suspend_data": "kept"});
    figure.state = {r: 4};
    save(true);
    expect(stored()["cmi.suspend_data"]).toBe("kept");
  });

  test("that the platform does not open is noted, and saves nothing", () => {
    const {calls, stored, figure, save} = session({}, {opens: "false"});
    figure.complete(true);
    save(true);
    expect([calls, stored(), notes.length]).toEqual([["initialize"], {}, 1]);
  });

  test("survives a platform that throws", () => {
    const broken = new Proxy({} as Lms, {
      get: (_, name) => () => {
        if (name === "LMSInitialize") return "true";
        throw new Error("offline");
      },
    });
    const figure = new Figure();
    const save = startSession(broken, figure, {now: () => time, note: () => {}});
    figure.complete(true);
    expect(() => save(true)).not.toThrow();
  });

  test("notes for developers which values were too long to save", () => {
    const {figure, save} = session();
    figure.change({own: "x".repeat(5000)});
    save(false);
    expect(notes).toEqual(["Too long for the learning platform, so not kept: own."]);
  });
});

describe("a stored state", () => {
  test("comes back as it was, if it fits", () => {
    const value = fc.oneof(fc.integer(), fc.double({noNaN: true, noDefaultInfinity: true}), fc.string(), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), value, {maxKeys: 20}), (state) => {
        const {text, dropped} = suspendData(state);
        expect(dropped).toEqual([]);
        expect(stateFrom(text)).toEqual(JSON.parse(JSON.stringify(state)));
      }),
    );
  });

  test("loses its longest values if it does not fit into 4096 characters", () => {
    const free = 4096 - suspendData({own: "", r: 4}).text.length;
    const fits = {own: "x".repeat(free), r: 4};
    expect(suspendData(fits).text).toHaveLength(4096);
    expect(suspendData({...fits, own: `${fits.own}x`})).toEqual({text: '{"v":1,"state":{"r":4}}', dropped: ["own"]});
    const {text, dropped} = suspendData({a: "x".repeat(3000), b: "x".repeat(5000), c: "x".repeat(2000)});
    expect(dropped).toEqual(["b", "a"]);
    expect(text.length).toBeLessThanOrEqual(4096);
  });

  test.each(["", "null", "7", "{}", '{"v":2,"state":{}}', '{"v":1,"state":3}', '{"v":1,"state":null}', "{"])(
    "is ignored if it is not ours: %s",
    (text) => expect(stateFrom(text)).toBeUndefined(),
  );

  test.each([
    [0, "0000:00:00.00"],
    [-5, "0000:00:00.00"],
    [41_200, "0000:00:41.20"],
    [59_999, "0000:01:00.00"],
    [3_599_994, "0000:59:59.99"],
    [360_000_000, "0100:00:00.00"],
    [1e12, "9999:00:00.00"],
  ])("%s ms are the time span %s", (span, text) => expect(timespan(span)).toBe(text));
});

describe("the platform's interface", () => {
  const api = platform().lms;
  const top = (more: object = {}) => {
    const window = {opener: null, ...more} as Record<string, unknown>;
    window.parent = window;
    return window as unknown as Window;
  };
  const inside = (parent: Window, more: object = {}) => ({parent, opener: null, ...more}) as unknown as Window;
  /** A page of another origin throws when its API is read. */
  const foreign = (parent: Window) =>
    Object.defineProperty(inside(parent), "API", {
      get() {
        throw new DOMException("Blocked", "SecurityError");
      },
    });

  test.each([
    ["its own window", top({API: api})],
    ["a window around it", inside(inside(top({API: api})))],
    ["a window beyond a page of another origin", inside(foreign(inside(top({API: api}))))],
    ["the window that opened it", inside(top({opener: inside(top({API: api}))}))],
  ])("is found on %s", (_, window) => expect(findLms(window)).toBe(api));

  test("is undefined if no window has it, and the search ends after twenty windows", () => {
    expect(findLms(top())).toBeUndefined();
    const deep = (levels: number): Window => (levels === 0 ? top({API: api}) : inside(deep(levels - 1)));
    expect(findLms(deep(19))).toBe(api);
    expect(findLms(deep(20))).toBeUndefined();
    const ring = {} as Record<string, unknown>;
    ring.parent = {parent: ring};
    expect(findLms(ring as unknown as Window)).toBeUndefined();
  });
});
