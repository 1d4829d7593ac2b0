import {runInNewContext} from "node:vm";
import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import type {FrameMessage} from "../../../src/book/quiz/exercise/frameScript.ts";
import {harnessSource, type WorkerMessage} from "../../../src/book/quiz/exercise/harness.ts";
import {runProgram} from "../../../src/book/quiz/exercise/runner.ts";

/** A frame that tells what a test has it tell. Browser tests use real ones. */
class Puppet {
  isEnded = false;
  constructor(private readonly heard: (message: FrameMessage) => void) {}
  tells(...all: FrameMessage[]) {
    for (const message of all) if (!this.isEnded) this.heard(message);
  }
  says(...all: unknown[]) {
    this.tells(...all.map((said) => ({said})));
  }
}

let frame: Puppet;
const printed: string[] = [];
const value = (at: number, json = "1") => ({at, json, printed});
const start = (program = "function f() {}", cases = [[1], [2]]) =>
  runProgram(program, "f", cases, (_, heard) => {
    const puppet = new Puppet(heard);
    frame = puppet;
    return () => {
      puppet.isEnded = true;
    };
  });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("messages of the worker", () => {
  test("outcomes come in order, and then the frame is removed", async () => {
    const report = start();
    const seen = {printed: ["seen"]};
    frame.says({begun: true}, value(0, "[1,2]"), {at: 1, thrown: "No.", ...seen}, {done: true, ...seen});
    expect(await report).toEqual({outcomes: [{value: [1, 2]}, {thrown: "No."}], ...seen, problem: undefined});
    expect(frame.isEnded).toBe(true);
  });

  test.each<[what: string, said: unknown[]]>([
    ["a flood of good messages", [{begun: true}, value(0), value(1), {begun: true}, {begun: true}]],
    ["a text", ["hello"]],
    ["nothing", [null]],
    ["no list of printed lines", [{done: true}]],
    ["too many printed lines", [{done: true, printed: Array(1000).fill("x")}]],
    ["printed lines that are not text", [{done: true, printed: [{}]}]],
    ["printed lines that are long", [{done: true, printed: ["x".repeat(300)]}]],
    ["a reason that is long", [{at: 0, thrown: "x".repeat(300), printed}]],
    ["too long a result", [{at: 0, json: "1".repeat(1e6), printed}]],
    ["a result of many values", [{at: 0, json: `[${"0,".repeat(2000)}0]`, printed}]],
    ["a result that is nested too deeply", [{at: 0, json: `${"[".repeat(50_000)}${"]".repeat(50_000)}`, printed}]],
    ["a case without a number", [{at: "0", json: "1", printed}]],
    ["neither a value nor a reason", [{at: 0, printed}]],
    ["text that is not JSON", [{begun: true}, value(0, "{")]],
  ])("%s ends the program with a sentence", async (_, said) => {
    const report = start();
    frame.says(...said);
    expect((await report).problem).toBe(
      "The program sent messages of its own and was ended. Let the function return its result.",
    );
    expect(frame.isEnded).toBe(true);
  });

  test("a case out of turn ends the program", async () => {
    const report = start();
    frame.says({begun: true}, value(1));
    expect((await report).problem).toBe("The program answered out of turn and was ended.");
    const more = start("x", [[1]]);
    frame.says(value(0), value(1));
    expect(await more).toMatchObject({outcomes: [{value: 1}], problem: expect.stringContaining("out of turn")});
  });

  test("a missing function is named", async () => {
    const report = start();
    frame.says({begun: true}, {missing: true, printed});
    expect((await report).problem).toMatch(/^There is no function named f\. /);
  });
});

describe("the time limit", () => {
  test("is two seconds from the beginning, however long the start took; the report names the case", async () => {
    const report = start();
    vi.advanceTimersByTime(9900);
    frame.says({begun: true}, value(0));
    vi.advanceTimersByTime(1990);
    expect(frame.isEnded).toBe(false);
    vi.advanceTimersByTime(20);
    expect((await report).problem).toMatch(/^Case 2 was not done after 2 seconds, and the program was ended\./);
    expect(frame.isEnded).toBe(true);
  });

  test("also ends a worker that never begins; repeating that it begins gains no time", async () => {
    const report = start();
    vi.advanceTimersByTime(10_010);
    expect((await report).problem).toMatch(/^The program did not begin within 10 seconds/);
    const other = start("x", [[1], [2], [3], [4]]);
    frame.says({begun: true});
    vi.advanceTimersByTime(1500);
    frame.says({begun: true});
    vi.advanceTimersByTime(600);
    expect((await other).problem).toBeDefined();
  });
});

describe("a program that does not run", () => {
  const lines = harnessSource.split("\n").length;

  test("is reported with the line in the program", async () => {
    const report = start("function f() {\n  let a = ;\n}");
    frame.tells({error: "Uncaught SyntaxError: Unexpected token ';'", line: lines + 2});
    expect((await report).problem).toBe("Line 2: SyntaxError: Unexpected token ';'. No case was run.");
  });

  test.each(["def f(x):\n  return x", "import numpy as np", "from math import sqrt"])(
    "such as “%s” is told which language runs here",
    async (program) => {
      const report = start(program);
      frame.tells({error: "Uncaught SyntaxError: Unexpected identifier", line: lines + 1});
      expect((await report).problem).toMatch(/^This box runs JavaScript\. Line 1: SyntaxError/);
    },
  );

  test("ended too early if the error is beyond the last line", async () => {
    const report = start("function f() {");
    frame.tells({error: "Uncaught SyntaxError: Unexpected end of input", line: lines + 3});
    expect((await report).problem).toMatch(/^The program ends too early: SyntaxError: Unexpected end of input\. Is a/);
  });

  test("because it threw a sentence, is told with one full stop", async () => {
    const report = start('throw "No network is needed."');
    frame.tells({error: "Uncaught No network is needed.", line: lines + 1});
    expect((await report).problem).toBe("Line 1: No network is needed. No case was run.");
  });

  test("says so where no worker can start", async () => {
    const report = start();
    frame.tells({refused: true});
    expect((await report).problem).toMatch(/^This browser does not let the page start a worker/);
  });
});

describe("inside the worker", () => {
  /** The messages of the harness for a program, run in a context of its own as in a worker. */
  function said(program: string, cases: readonly string[] = ["[]"]): WorkerMessage[] {
    const all: WorkerMessage[] = [];
    const scope = {postMessage: (one: WorkerMessage) => all.push(structuredClone(one)), fetch: () => "net"};
    runInNewContext(`const $run = ${harnessSource};\n${program}\n;$run(f, ${JSON.stringify(cases)})`, scope);
    return all;
  }

  test("the network and messages are switched off by name, and stay off", () => {
    const thrown = (body: string) => (said(`function f() { ${body} }`)[1] as {thrown: string}).thrown;
    expect(thrown("fetch('/')")).toMatch(/^fetch is switched off in an exercise: .* no network is needed\.$/);
    expect(thrown("globalThis.postMessage(1)")).toMatch(/^postMessage is switched off/);
    expect(thrown("Object.defineProperty(globalThis, 'fetch', {value: 1}); return 1")).toMatch(/^TypeError/);
  });

  test("a program may give such a name to a variable of its own", () => {
    for (const own of ["var fetch = () => 7;", "const fetch = () => 7;"])
      expect(said(`"use strict"; ${own} function f() { return fetch(); }`)[1], own).toEqual({
        at: 0,
        json: "7",
        printed,
      });
  });

  test("a program may change its arguments: the next case has its own", () => {
    const all = said("function f(list) { list.push(1); return list; }", ["[[]]", "[[]]"]);
    expect(all.slice(1, 3)).toEqual([0, 1].map((at) => ({at, json: "[1]", printed})));
  });

  test("printed lines are limited in number and length", () => {
    const [, , done] = said(
      "for (let i = 0; i < 1000; i++) console.log('x'.repeat(1e5), i); function f() { return 1; }",
    ) as [WorkerMessage, WorkerMessage, {printed: string[]}];
    expect(done.printed).toHaveLength(21);
    expect(done.printed[20]).toBe("… and 980 more");
    expect(Math.max(...done.printed.map(({length}) => length))).toBeLessThanOrEqual(200);
  });

  test("undefined and NaN are printed as such", () => {
    const [, one] = said("function f() { console.log(undefined, NaN, [1, undefined], {a: 1n}); return 1; }") as [
      WorkerMessage,
      {printed: string[]},
    ];
    expect(one.printed).toEqual(['"undefined" "NaN" [1,"undefined"] {"a":"1"}']);
  });
});
