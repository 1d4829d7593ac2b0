import harnessPython from "./harness.py?raw";

/** A message of the exercise's worker: it has begun, the result of a case, all are done, or why none was run. */
export type WorkerMessage =
  | {begun: true}
  | {at: number; json: string; printed: string[]}
  | {at: number; thrown: string; printed: string[]}
  | {done: true; printed: string[]}
  | {missing: true; printed: string[]}
  | ({stopped: true; printed: string[]} & ErrorText);

/** What Python says of an error, and the line of the program in which it happened, if it is known. */
interface ErrorText {
  text: string;
  line?: number;
}

/** The first message to the worker: MicroPython's WebAssembly, our part of the program, the reader's, and the arguments of each case as JSON. */
export interface WorkerStart {
  wasm: ArrayBuffer;
  harness: string;
  program: string;
  task: string;
  cases: readonly string[];
}

/** The part of MicroPython's own loader that is used here. */
export type LoadPython = (options: {
  heapsize: number;
  pystack: number;
  url?: string;
  stdout(line: string): void;
}) => Promise<{
  runPython(code: string): unknown;
  globals: {get(name: string): unknown};
}>;

/** A Python with our part in it. */
export interface Python {
  /** Runs the program to its end. Throws what Python throws. */
  begin(program: string): void;
  has(task: string): boolean;
  /** Arguments as JSON → the result as JSON. Throws what Python throws. */
  call(task: string, args: string): string;
  /** Ends a line that was printed without its end. */
  endLine(): void;
}

/** Starts MicroPython. Sees nothing but its parameters, because a worker gets it as text. */
export async function startPython(
  load: LoadPython,
  harness: string,
  print: (line: string) => void = () => {},
  url?: string,
): Promise<Python> {
  /** Whether `endLine` prints: an empty line is then none of the program's. */
  let isEnding = false;
  const python = await load({
    heapsize: 4 << 20,
    pystack: 16 << 10,
    ...(url !== undefined && {url}),
    stdout: (line) => (isEnding && line === "" ? undefined : print(line)),
  });
  python.runPython(harness);
  const [begin, has, call] = ["begin", "has", "call"].map((name) => python.globals.get(name)) as [
    Python["begin"],
    Python["has"],
    Python["call"],
  ];
  const endLine = () => {
    isEnding = true;
    python.runPython("print()");
    isEnding = false;
  };
  return {begin, has, call, endLine};
}

/** What Python says of an error: the last lines of its traceback, and the last line of the program in it. */
export function errorText(error: unknown): ErrorText {
  const {name, message} = error as Error;
  if (name !== "PythonError")
    return {
      text: `Python stopped: ${String(message)
        .replace(/[.\s]+$/, "")
        .slice(0, 200)}.`,
    };
  const lines = message.trim().split("\n");
  const errorLines = lines.slice(lines.findIndex((line) => !/^(Traceback| )/.test(line)));
  const text = errorLines
    .join(" ")
    .replace(/^Problem: |:$/g, "")
    .slice(0, 200);
  const at = [...message.matchAll(/File "program", line (\d+)/g)].at(-1);
  return {text: /[.?!]$/.test(text) ? text : `${text}.`, ...(at && {line: Number(at[1])})};
}

/** Keeps the first twenty printed lines, shortened, and counts the others. */
function lineBuffer() {
  const [MAX_LINES, MAX_LENGTH] = [20, 200];
  const lines: string[] = [];
  let more = 0;
  return {
    print(line: string) {
      if (lines.length < MAX_LINES) lines.push(line.slice(0, MAX_LENGTH));
      else more++;
    },
    printed: () => (more > 0 ? [...lines, `… and ${more} more`] : lines),
  };
}

/** The worker's own code: waits for its first message, starts Python, runs the program and then the cases. */
function work(
  load: Promise<LoadPython>,
  start: typeof startPython,
  reasonOf: typeof errorText,
  newBuffer: typeof lineBuffer,
) {
  const scope = globalThis as unknown as {fetch: unknown} & Pick<MessagePort, "postMessage" | "addEventListener">;
  const send = (scope.postMessage as (message: WorkerMessage) => void).bind(scope);
  const {print, printed} = newBuffer();
  const run = async ({wasm, harness, program, task, cases}: WorkerStart) => {
    const {fetch} = scope;
    // MicroPython asks for its WebAssembly by an address, and no address can be reached from here.
    scope.fetch = async () => new Response(wasm, {headers: {"content-type": "application/wasm"}});
    const python = await start(await load, harness, print, "python.wasm");
    scope.fetch = fetch;
    send({begun: true});
    try {
      python.begin(program);
    } catch (error) {
      return send({stopped: true, ...reasonOf(error), printed: printed()});
    }
    if (!python.has(task)) return send({missing: true, printed: printed()});
    for (const [at, args] of cases.entries()) {
      try {
        const json = python.call(task, args);
        python.endLine();
        send({at, json, printed: printed()});
      } catch (error) {
        const {text, line} = reasonOf(error);
        send({at, thrown: line === undefined ? text : `Line ${line}: ${text}`, printed: printed()});
      }
    }
    send({done: true, printed: printed()});
  };
  const fail = (error: unknown) => send({stopped: true, ...reasonOf(error), printed: printed()});
  scope.addEventListener("message", ({data}) => void run(data as WorkerStart).catch(fail), {once: true});
}

/**
 * The source of the worker: MicroPython's module as the body of a function, since in a frame like ours not every browser starts a
 * worker from a module; and the functions above, each of which sees nothing but its parameters.
 */
export function workerSource(micropython: string): string {
  const body = micropython
    .replaceAll("import.meta.url", '""')
    .replace("export default _createMicroPythonModule;", "")
    .replace("export async function loadMicroPython", "async function loadMicroPython");
  return `const load=(async()=>{${body}\n;return loadMicroPython})();\n(${work})(load,${[startPython, errorText, lineBuffer].join()});`;
}

/** Our part of the program, in Python. */
export {harnessPython};
