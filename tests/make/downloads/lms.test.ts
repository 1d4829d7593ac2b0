import fc from "fast-check";
import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {
  findLms,
  type Lms,
  resumed,
  type SessionWidget,
  startSession,
  suspended,
  timespan,
} from "../../../src/make/downloads/lms.ts";

/** A platform that remembers what it is told, with what it knew before. */
function platform(known: Record<string, string> = {}, opens = "true", fails = false) {
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
  return {lms, calls, said: () => Object.fromEntries(values)};
}

class Figure extends EventTarget implements SessionWidget {
  readonly states: unknown[] = [];
  state: Record<string, unknown> | undefined;
  set(raw: object) {
    this.states.push(raw);
  }
  move(state: Record<string, unknown>) {
    this.state = state;
    this.say("lora-change", {state});
  }
  say(type: string, detail: object) {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }
}

const notes: string[] = [];
let time = 0;
const page = {now: () => time, note: (sentence: string) => void notes.push(sentence)};

beforeEach(() => {
  vi.useFakeTimers();
  notes.length = 0;
  time = 1000;
});
afterEach(() => vi.useRealTimers());

describe("a session", () => {
  test("begins incomplete, without a score, and sets no state that is not there", () => {
    const {lms, calls, said} = platform({"cmi.core.lesson_status": "not attempted", "cmi.suspend_data": ""});
    const figure = new Figure();
    startSession(lms, figure, page);
    expect(said()).toEqual({"cmi.core.lesson_status": "incomplete", "cmi.suspend_data": ""});
    expect([calls, figure.states, notes]).toEqual([["initialize"], [], []]);
  });

  test("lets a status stand that the platform fails to tell: it may be passed", () => {
    const {lms, said} = platform({"cmi.core.lesson_status": "passed"}, "true", true);
    startSession(lms, new Figure(), page);
    expect(said()["cmi.core.lesson_status"]).toBe("passed");
  });

  test("hands in the latest state of several once, three seconds after the first", () => {
    const {lms, calls, said} = platform();
    const figure = new Figure();
    startSession(lms, figure, page);
    for (const r of [2, 4, 3]) {
      figure.move({r});
      vi.advanceTimersByTime(900);
    }
    expect(calls).toEqual(["initialize"]);
    vi.advanceTimersByTime(300);
    expect(calls).toEqual(["initialize", "commit"]);
    expect(said()["cmi.suspend_data"]).toBe('{"v":1,"state":{"r":3}}');
    vi.advanceTimersByTime(60_000);
    expect(calls).toHaveLength(2);
    figure.move({r: 5});
    vi.advanceTimersByTime(3000);
    expect(said()["cmi.suspend_data"]).toBe('{"v":1,"state":{"r":5}}');
  });

  test("is passed with 100 of 100 at once when the challenge is met, and not when it is missed", () => {
    const {lms, calls, said} = platform();
    const figure = new Figure();
    startSession(lms, figure, page);
    figure.say("lora-complete", {success: false});
    expect(said()).toEqual({"cmi.core.lesson_status": "incomplete"});
    figure.state = {r: 40};
    figure.say("lora-complete", {success: true});
    expect(said()).toMatchObject({
      "cmi.suspend_data": '{"v":1,"state":{"r":40}}',
      "cmi.core.lesson_status": "passed",
      "cmi.core.score.raw": "100",
      "cmi.core.score.min": "0",
      "cmi.core.score.max": "100",
    });
    expect(calls).toEqual(["initialize", "commit"]);
  });

  test("ends once: state, time and the wish to go on later, then no word more", () => {
    const {lms, calls, said} = platform();
    const figure = new Figure();
    const save = startSession(lms, figure, page);
    figure.move({r: 2});
    // On its way still when the reader leaves.
    figure.state = {r: 3};
    time += 3_723_450;
    save(true);
    expect(said()).toMatchObject({
      "cmi.suspend_data": '{"v":1,"state":{"r":3}}',
      "cmi.core.session_time": "0001:02:03.45",
      "cmi.core.exit": "suspend",
    });
    save(true);
    save(false);
    figure.say("lora-complete", {success: true});
    vi.advanceTimersByTime(10_000);
    expect(calls).toEqual(["initialize", "commit", "finish"]);
  });

  test.each(["passed", "completed", "failed"])("that is %s already stays so, and its state comes back", (status) => {
    const {lms, said} = platform({
      "cmi.core.lesson_status": status,
      "cmi.suspend_data": suspended({r: 5, source: "noise"}).text,
    });
    const figure = new Figure();
    startSession(lms, figure, page);
    expect(said()["cmi.core.lesson_status"]).toBe(status);
    expect(figure.states).toEqual([{r: 5, source: "noise"}]);
  });

  test("in which nothing moved leaves the state as it is", () => {
    const {lms, said} = platform({"cmi.suspend_data": "kept"});
    const figure = new Figure();
    figure.state = {r: 4};
    startSession(lms, figure, page)(true);
    expect(said()["cmi.suspend_data"]).toBe("kept");
  });

  test("that the platform does not open says so and hands in nothing", () => {
    const {lms, calls, said} = platform({}, "false");
    const figure = new Figure();
    const save = startSession(lms, figure, page);
    figure.say("lora-complete", {success: true});
    save(true);
    expect([calls, said(), notes.length]).toEqual([["initialize"], {}, 1]);
  });

  test("outlives a platform that throws", () => {
    const broken = new Proxy({} as Lms, {
      get: (_, name) => () => {
        if (name === "LMSInitialize") return "true";
        throw new Error("offline");
      },
    });
    const figure = new Figure();
    const save = startSession(broken, figure, page);
    figure.say("lora-complete", {success: true});
    expect(() => save(true)).not.toThrow();
  });
});

describe("what a platform keeps", () => {
  test("is any state that fits, as it was", () => {
    const value = fc.oneof(fc.integer(), fc.double({noNaN: true, noDefaultInfinity: true}), fc.string(), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), value, {maxKeys: 20}), (state) => {
        const {text, left} = suspended(state);
        expect(left).toEqual([]);
        expect(resumed(text)).toEqual(JSON.parse(JSON.stringify(state)));
      }),
    );
  });

  test("leaves out the longest values of one that does not, to the last character", () => {
    const free = 4096 - suspended({own: "", r: 4}).text.length;
    const fits = {own: "x".repeat(free), r: 4};
    expect(suspended(fits).text).toHaveLength(4096);
    expect(suspended({...fits, own: `${fits.own}x`})).toEqual({text: '{"v":1,"state":{"r":4}}', left: ["own"]});
    const {text, left} = suspended({a: "x".repeat(3000), b: "x".repeat(5000), c: "x".repeat(2000)});
    expect(left).toEqual(["b", "a"]);
    expect(text.length).toBeLessThanOrEqual(4096);
  });

  test("of which the reader hears nothing, only the console", () => {
    const {lms} = platform();
    const figure = new Figure();
    const save = startSession(lms, figure, page);
    figure.move({own: "x".repeat(5000)});
    save(false);
    expect(notes).toEqual(["Too long for the learning platform, so not kept: own."]);
  });

  test.each(["", "null", "7", "{}", '{"v":2,"state":{}}', '{"v":1,"state":3}', '{"v":1,"state":null}', "{"])(
    "is no state of ours: %s",
    (text) => expect(resumed(text)).toBeUndefined(),
  );

  test.each([
    [0, "0000:00:00.00"],
    [-5, "0000:00:00.00"],
    [41_200, "0000:00:41.20"],
    [59_999, "0000:01:00.00"],
    [3_599_994, "0000:59:59.99"],
    [360_000_000, "0100:00:00.00"],
    [1e12, "9999:00:00.00"],
  ])("a span of %s ms is %s", (span, text) => expect(timespan(span)).toBe(text));
});

describe("the platform's interface", () => {
  const api = platform().lms;
  const top = (more: object = {}) => {
    const window = {opener: null, ...more} as Record<string, unknown>;
    window.parent = window;
    return window as unknown as Window;
  };
  const inside = (parent: Window, more: object = {}) => ({parent, opener: null, ...more}) as unknown as Window;
  /** A page of another origin: whoever reads its API is refused. */
  const foreign = (parent: Window) =>
    Object.defineProperty(inside(parent), "API", {
      get() {
        throw new DOMException("Blocked", "SecurityError");
      },
    });

  test.each([
    ["its own window", top({API: api})],
    ["a window around it", inside(inside(top({API: api})))],
    ["one beyond a page of another origin", inside(foreign(inside(top({API: api}))))],
    ["the window that opened it", inside(top({opener: inside(top({API: api}))}))],
  ])("is found on %s", (_, window) => expect(findLms(window)).toBe(api));

  test("is not there where nobody has it, nor beyond the twentieth window", () => {
    expect(findLms(top())).toBeUndefined();
    const deep = (levels: number): Window => (levels === 0 ? top({API: api}) : inside(deep(levels - 1)));
    expect(findLms(deep(19))).toBe(api);
    expect(findLms(deep(20))).toBeUndefined();
    const ring = {} as Record<string, unknown>;
    ring.parent = {parent: ring};
    expect(findLms(ring as unknown as Window)).toBeUndefined();
  });
});
