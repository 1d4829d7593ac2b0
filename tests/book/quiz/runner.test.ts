import {loadMicroPython} from "@micropython/micropython-webassembly-pyscript/micropython.mjs";
import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import type {FrameMessage} from "../../../src/book/quiz/exercise/frameScript.ts";
import {errorText, harnessPython, startPython} from "../../../src/book/quiz/exercise/harness.ts";
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
const start = (program = "def f(): pass", cases = [[1], [2]]) =>
  runProgram({source: "", wasm: new ArrayBuffer(0)}, {program, task: "f", cases}, (_, heard) => {
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
  const stopped = async (program: string, text: string, line?: number) => {
    const report = start(program);
    frame.says({begun: true}, {stopped: true, text, ...(line && {line}), printed});
    return (await report).problem;
  };

  test("is reported as Python says it, with the line in the program", async () => {
    expect(await stopped("def f():\n    a = 1 / 0", "ZeroDivisionError: divide by zero.", 2)).toBe(
      "Line 2: ZeroDivisionError: divide by zero. No case was run.",
    );
    expect(await stopped("x", "Python stopped: out of memory.")).toBe(
      "Python stopped: out of memory. No case was run.",
    );
  });

  test.each(["function f(x) { return x; }", "const f = (x) => x;", "  let x = 1"])(
    "such as “%s” is told which language runs here",
    async (program) => {
      expect(await stopped(program, "SyntaxError: invalid syntax.", 1)).toMatch(/^This box runs Python\. Line 1: Syn/);
    },
  );

  test.each(["def f(x):\n    return {1: x}", "# const\nx = 1", "def f(a):\n    let = a", ""])(
    "such as “%s” is not taken for JavaScript",
    async (program) => expect(await stopped(program, "SyntaxError: invalid syntax.")).not.toContain("Python"),
  );

  test("ended too early if the error is beyond the last line", async () => {
    expect(await stopped("y = [", "SyntaxError: invalid syntax.", 2)).toMatch(
      /^The program ends too early: SyntaxError: invalid syntax\. Is a bracket/,
    );
  });

  test("says so where no worker can start, or no Python in it", async () => {
    const report = start();
    frame.tells({refused: true});
    expect((await report).problem).toMatch(/^This browser does not let the page start a worker/);
    const other = start();
    frame.tells({error: "no WebAssembly"});
    expect((await other).problem).toBe("Python could not start in this browser: no WebAssembly");
  });
});

describe("in Python", () => {
  /** What a program prints, and what comes of its cases or of itself. */
  async function ran(program: string, cases: readonly string[] = ["[]"]) {
    const lines: string[] = [];
    const python = await startPython(loadMicroPython, harnessPython, (line) => lines.push(line));
    try {
      python.begin(program);
    } catch (error) {
      return {stopped: errorText(error), lines};
    }
    const results = cases.map((args) => {
      try {
        return python.call("f", args);
      } catch (error) {
        return errorText(error);
      }
    });
    python.endLine();
    return {results, lines};
  }
  const result = async (body: string) => (await ran(`def f():\n    ${body}`)).results![0];

  test.each([
    ["return [1, 0.1 + 0.2, -2.5e30, True, None, 'a']", '[1, 0.30000000000000004, -2.5e+30, true, null, "a"]'],
    ["return 1, (2, [3])", "[1, [2, [3]]]"],
    ["return [float('nan'), -float('inf')]", '["nan", "-inf"]'],
    ["return {1: 'x' * 100}", `"{1: '${"x".repeat(55)}"`],
  ])("%s gives %s", async (body, json) => {
    expect(await result(body)).toBe(json);
  });

  test.each([
    ["pass", {text: "The result is None: is there a return?"}],
    ["a = []; a.append(a); return a", {text: "The result is larger than any that is asked for."}],
    ["return [0] * 2001", {text: "The result is larger than any that is asked for."}],
    ["return 1 / 0", {text: "ZeroDivisionError: divide by zero.", line: 2}],
    ["return x", {text: "NameError: name 'x' isn't defined.", line: 2}],
    ["raise ValueError('no!')", {text: "ValueError: no!", line: 2}],
    ["import sys; sys.exit()", {text: "SystemExit.", line: 2}],
  ])("%s is answered in a sentence", async (body, said) => {
    expect(await result(body)).toEqual(said);
  });

  test("an error of syntax or of the program itself has its line", async () => {
    expect((await ran("x = 1\ndef f(:")).stopped).toEqual({text: "SyntaxError: invalid syntax.", line: 2});
    expect((await ran("def g():\n    return [][0]\n\ng()")).stopped).toEqual({
      text: "IndexError: list index out of range.",
      line: 2,
    });
  });

  test("a program may change its arguments: the next case has its own", async () => {
    const {results} = await ran("def f(list):\n    list.append(1)\n    return list", ["[[]]", "[[]]"]);
    expect(results).toEqual(["[1]", "[1]"]);
  });

  test("what is printed comes line by line, also without the end of a line", async () => {
    const {lines} = await ran("print('a', [0.5])\nprint()\nprint('b', end='')\ndef f():\n    return 1");
    expect(lines).toEqual(["a [0.5]", "", "b"]);
  });
});
