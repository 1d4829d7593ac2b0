import {readFileSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {expect, type Locator, type Page, type Request} from "@playwright/test";
import {findingsInBothThemes} from "../../browser/axe.ts";
import {expectToFit, unfold} from "../../browser/page.ts";
import {test} from "../../browser/withoutScripts.ts";
import {dist} from "../../built/site.ts";
import {allWays, chain, LOOT, leftBehind, POISONED, runBare} from "../../fixtures/attacks.ts";
import {aSixth} from "../../third.ts";

const PAGE = "/chapters/exercises/";
const FORWARD = "q-12-code-forward";
const MERGE = "q-12-code-merge";
/** Right for the first case only. */
const GUESS = "def forward(*all):\n    return [5, 7]";
const ORDER = "q-12-one-step";
const WRITTEN = "q-12-both-zero";

interface Program {
  id: string;
  kind: string;
  solution: string[];
  cases: unknown[];
  mistakes: {program: string[]; why: string}[];
  forge?: {task: string};
}
const programs = (JSON.parse(readFileSync("content/questions/12-exercises.json", "utf8")) as Program[]).filter(
  ({kind}) => kind === "code",
);

test.describe.configure({mode: "parallel"});

const feedback = (quiz: Locator) => quiz.locator(".quiz-feedback");

/** The page with an exercise alive. */
async function open(page: Page, id: string): Promise<Locator> {
  await page.goto(PAGE);
  const quiz = page.locator(`#${id}`);
  await expect(quiz).toHaveAttribute("data-live");
  return quiz;
}

async function run(quiz: Locator, program: string) {
  await quiz.getByLabel("Your function").fill(program);
  await quiz.getByRole("button", {name: "Run"}).click();
  await expect(feedback(quiz)).not.toHaveText(/Running|^$/);
}

test("programs, orders and written answers are worked on by keys, judged, and pass axe", async ({page}) => {
  await page.emulateMedia({colorScheme: "light"});
  const quiz = await open(page, FORWARD);
  await test.step("the solution waits for a program that was run; hidden cases keep their numbers", async () => {
    await expect(quiz.getByText("Show a solution")).toBeHidden();
    await quiz.getByRole("button", {name: "Run"}).click();
    await expect(feedback(quiz)).toContainText("Write something into the function first");
    await expect(quiz.getByText("Show a solution")).toBeHidden();
    await run(quiz, GUESS);
    await expect(feedback(quiz)).toContainText("1 of 4 cases pass.");
    await expect(feedback(quiz)).toContainText("✕ B = 0: gave [5, 7], due is [3, 4, -8]");
    await expect(feedback(quiz).locator("li").nth(2)).toHaveText("✕ hidden, r = 2 and α = 3");
    await expect(quiz.getByText("Show a solution")).toBeVisible();
  });
  await test.step("Tab indents, Escape and Tab leave, Control and Enter run", async () => {
    const box = quiz.getByLabel("Your function");
    await box.fill("def forward(*all):");
    await box.press("Enter");
    await box.pressSequentially("return [");
    await box.press("Tab");
    await box.pressSequentially("5, 7]");
    await expect(box).toHaveValue("def forward(*all):\n    return [    5, 7]");
    await box.press("Control+Enter");
    await expect(feedback(quiz)).toContainText("1 of 4 cases pass.");
    await expect(box).toBeFocused();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await expect(quiz.getByRole("button", {name: "Run"})).toBeFocused();
    await page.keyboard.press("Shift+Tab");
    await expect(box).toBeFocused();
    await page.keyboard.press("Shift+Tab");
    await expect(box).not.toBeFocused();
  });
  await test.step("an order is made with the keyboard, and a wrong one says what comes later and why", async () => {
    const quiz = page.locator(`#${ORDER}`);
    await expect(quiz.getByText("Show the answer")).toBeHidden();
    await quiz.getByRole("button", {name: "Check"}).click();
    await expect(feedback(quiz)).toContainText(/comes later/);
    await expect(feedback(quiz)).toContainText("See it in figure 3.2, Where does x go? (chapter 3)");
    const places = () =>
      quiz
        .locator(".order li")
        .evaluateAll((items) => items.map((item) => Number((item as HTMLElement).dataset.place)));
    for (let place = 0; place < 5; place++) {
      const up = quiz.locator(`.order li[data-place="${place}"]`).getByRole("button", {name: "Up"});
      for (let at = (await places()).indexOf(place); at > place; at--) {
        await up.focus();
        await page.keyboard.press("Enter");
        await expect(up).toBeFocused();
      }
    }
    expect(await places()).toEqual([0, 1, 2, 3, 4]);
    await quiz.getByRole("button", {name: "Check"}).click();
    await expect(feedback(quiz)).toContainText("Right.");
  });
  await test.step("a model answer opens after an honest try and is marked by the reader", async () => {
    const quiz = page.locator(`#${WRITTEN}`);
    await quiz.getByLabel("Your answer").fill("Both are zero.");
    await quiz.getByRole("button", {name: "Compare"}).click();
    await expect(feedback(quiz)).toContainText("So far there are 3.");
    await expect(quiz.getByText("Show a model answer")).toBeHidden();
    await quiz.getByLabel("Your answer").fill("The gradient of each matrix contains the other one. ".repeat(4));
    await quiz.getByRole("button", {name: "Compare"}).click();
    await expect(quiz.getByText("The colleague is right")).toBeVisible();
    await expect(quiz.locator("summary", {hasText: "Show a model answer"})).toBeFocused();
    await quiz.getByRole("checkbox").first().check();
    await expect(quiz.locator(".rubric-sum")).toHaveText(/^1 of 4 points\./);
  });
  // In Node all of them run, in every run.
  await test.step("a solution passes every case, and a known mistake is told from its results", async () => {
    for (const {id, solution, cases, mistakes} of aSixth(programs)) {
      const quiz = page.locator(`#${id}`);
      await run(quiz, mistakes[0]!.program.join("\n"));
      await expect(feedback(quiz), id).toContainText("See it in");
      await expect(feedback(quiz), id).toHaveAttribute("data-wrong");
      await run(quiz, solution.join("\n"));
      await expect(feedback(quiz), id).toContainText(`${cases.length} of ${cases.length} cases pass.`);
      await expect(feedback(quiz), id).toHaveAttribute("data-right");
    }
  });
  await test.step("axe finds nothing in what was answered, and nothing is wider than a phone", async () => {
    await run(quiz, `print("seen")\n${GUESS}`);
    const answered = [FORWARD, ORDER, WRITTEN].map((id) => `#${id}`).join();
    await unfold(page.locator(answered).locator("details"));
    expect(await findingsInBothThemes(page, {include: answered})).toEqual([]);
    await expectToFit(page, 320);
  });
});

test("whatever is typed is answered in a sentence, in time, and the page stays awake", async ({page}) => {
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("crash", () => trouble.push("the page crashed"));
  const quiz = await open(page, FORWARD);
  // The page counts the ticks of a clock of 20 ms: 100 in the 2 seconds that a program without an end has.
  await page.evaluate(() => {
    const clock = window as unknown as {ticks: number};
    clock.ticks = 0;
    setInterval(() => clock.ticks++, 20);
  });
  const ticks = () => page.evaluate(() => (window as unknown as {ticks: number}).ticks);
  const inside = (body: string) => `def forward(*all):\n    ${body}`;
  const ended = /was not done after 2 seconds/;
  const own = /messages of its own|out of turn/;
  // What Python says of each error is asked in Node.
  const cases: [program: string, answer: RegExp][] = [
    ["while True:\n    pass", ended],
    [inside("while True: pass"), ended],
    [inside("return [0] * 10 ** 8"), /2 seconds|larger than|MemoryError|stopped/],
    [inside("return 'x' * 10 ** 9"), /2 seconds|gave|MemoryError|stopped/],
    [inside("return bytearray(3 * 10 ** 9)"), /2 seconds|Error|stopped/],
    [`import js\n${inside("return [js.postMessage(1) for one in range(100)]")}`, own],
    ["import js\nwhile True:\n    js.postMessage('x' * 10 ** 6)", own],
    [inside("return forward()"), /Line 2: RuntimeError/],
    ["def other():\n    pass", /There is no function named forward/],
    ["function forward() { return 1; }", /This box runs Python\. Line 1: SyntaxError/],
    ["import numpy", /Line 1: ImportError: no module named 'numpy'\./],
    [`import js\n${inside("return js.eval('1')")}`, /Python stopped: /],
    [`import js\n${inside("return js.Function.new('return 1')()")}`, /Python stopped: /],
    [`import js\n${inside("js.close(); return [5, 7]")}`, /1 of 4 cases pass|2 seconds/],
    [`import js, json\njson.loads = lambda text: 1 / 0\n${inside("return [5, 7]")}`, /Line 2: AttributeError/],
    [`for i in range(1000):\n    print("line", i)\n${inside("return [5, 7]")}`, /… and 980 more/],
  ];
  for (const [program, answer] of aSixth(cases)) {
    const [start, before] = [Date.now(), await ticks()];
    await run(quiz, program);
    expect(Date.now() - start, program).toBeLessThan(10_000);
    if (answer === ended) expect((await ticks()) - before, program).toBeGreaterThan(25);
    await expect(feedback(quiz), program).toContainText(answer);
    await expect(feedback(quiz), program).not.toHaveAttribute("data-right");
  }
  expect(trouble).toEqual([]);
});

/** Another origin, which counts who asks for anything. */
async function elsewhere() {
  const asked: string[] = [];
  const server = createServer(({url = ""}, response) => {
    asked.push(url);
    response.writeHead(200, {"access-control-allow-origin": "*", "content-type": "text/javascript"}).end("");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const theirs = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {asked, theirs, close: () => new Promise<void>((resolve) => server.close(() => resolve()))};
}

/** The requests from now on that no policy refused. */
function sending(page: Page, theirs: string) {
  const all = new Set<Request>();
  // What reaches the other host, that host records itself; a busy browser does not tell of each of those that were refused.
  // The page itself loads Python.
  const isOurs = (url: string) => !/^blob:|\/_astro\/micropython\./.test(url) && !url.startsWith(theirs);
  page.on("request", (request) => isOurs(request.url()) && all.add(request));
  page.on("requestfailed", (request) => request.failure()?.errorText === "csp" && all.delete(request));
  return () => Array.from(all, (request) => request.url());
}

/** Keeps a page in a cache, as a site kept offline does, which a program must leave alone. */
const keepPage = (path: string) => caches.open("kept").then((cache) => cache.put(path, new Response("kept")));
const left = (page: Page) => page.evaluate(`(${leftBehind})(${JSON.stringify(LOOT)}, ${JSON.stringify(POISONED)})`);
const untouched = {caches: [], poisoned: "kept", databases: []};

test("a program hidden in a saved file leaves nothing: no cache entry, no database, no request", async ({
  page,
  baseURL,
}) => {
  const {asked, theirs, close} = await elsewhere();
  const solution = programs.find(({id}) => id === FORWARD)!.solution.join("\n");
  const value = chain(solution, {theirs, ours: baseURL!});
  const saved = JSON.stringify({loraLive: 1, items: [{kind: "draft", id: FORWARD, value}]});
  await page.goto("/progress/");
  await page
    .getByLabel("Load a copy")
    .setInputFiles({name: "copy.json", mimeType: "application/json", buffer: Buffer.from(saved)});
  await expect(page.locator(".loaded")).toContainText("The file contains a program, shown here in full.");
  const program = page.getByRole("region", {name: `Program for ${FORWARD}`});
  await expect(page.locator(".own-program")).toContainText(/\d+ lines, 6\d of them empty/);
  await expect(program).toContainText('js.addEventListener("error"');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await page.getByRole("button", {name: "Add what is new"}).click();
  await page.locator(".own-data > .needs-script > .keeping").getByRole("button", {name: "Keep"}).click();

  const quiz = await open(page, FORWARD);
  await page.evaluate(keepPage, POISONED);
  const sent = sending(page, theirs);
  await quiz.getByRole("button", {name: "Run"}).click();
  await expect(feedback(quiz)).toContainText("4 of 4 cases pass.");
  // The same without an end: so it is not ended when all cases are done, but by the limit.
  await quiz.getByLabel("Your function").fill(`${value}\nwhile True:\n    pass`);
  await quiz.getByRole("button", {name: "Run"}).click();
  await expect(feedback(quiz)).toContainText("was not done after 2 seconds and was ended");
  // The browser tells of a frame that is gone a moment later.
  await expect.poll(() => [page.workers().length, page.frames().length]).toEqual([0, 1]);
  expect(await left(page)).toEqual(untouched);
  await close();
  expect(asked).toEqual([]);
  // That a policy refused one may be told a moment later.
  await expect.poll(sent).toEqual([]);
});

test("the frame alone keeps a program in, without any door shut by name", async ({page, baseURL}) => {
  const {asked, theirs, close} = await elsewhere();
  await open(page, FORWARD);
  await page.evaluate(keepPage, POISONED);
  await page.evaluate((name) => {
    const heard: unknown[] = [];
    Object.assign(window, {heard});
    new BroadcastChannel(name).onmessage = ({data}) => heard.push(data);
    addEventListener("message", ({data}) => heard.push(data));
  }, LOOT);
  const sent = sending(page, theirs);
  const ends = (await page.evaluate(runBare, allWays({theirs, ours: baseURL!}))) as Record<string, string>;
  expect(Object.keys(ends).length).toBeGreaterThan(30);
  expect(Object.entries(ends).filter(([, end]) => !/^refused|^silence/.test(end))).toEqual([]);
  expect(await left(page)).toEqual(untouched);
  expect(await page.evaluate(() => (window as unknown as {heard: unknown[]}).heard)).toEqual([]);
  expect(page.url()).toBe(`${baseURL}${PAGE}`);
  expect(page.context().pages()).toHaveLength(1);
  await close();
  expect(asked).toEqual([]);
  // That a policy refused one may be told a moment later.
  await expect.poll(sent).toEqual([]);
});

test("a program is tried on the forge, whose words tell a slip; Python is loaded then, and small", async ({page}) => {
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  await open(page, FORWARD);
  const quiz = page.locator(`#${MERGE}`);
  const {solution, mistakes} = programs.find(({id}) => id === MERGE)!;
  const onForge = async (program: string) => {
    await quiz.getByLabel("Your function").fill(program);
    await quiz.getByRole("button", {name: "Try it on the forge"}).click();
    await expect(feedback(quiz)).not.toHaveText(/Running|loading|^$/);
  };
  expect(loaded.filter((url) => /forge/.test(url))).toEqual([]);
  const python = () => loaded.filter((url) => /micropython/.test(url));
  expect(python()).toEqual([]);
  // As it stands at the start, the merge lacks its scale.
  await quiz.getByRole("button", {name: "Try it on the forge"}).click();
  await expect(feedback(quiz)).toContainText("Not yet. The scale is missing");
  await onForge(mistakes[0]!.program.join("\n"));
  await expect(feedback(quiz)).toContainText("Not yet. The scale is missing");
  await expect(feedback(quiz).locator("li").first()).toHaveText(/^Yours, 9\.9 letters in doubt.* gadrinall /);
  await expect(feedback(quiz).locator("li").nth(1)).toHaveText(/^Due, 8\.6 letters in doubt.* gadrie /);
  await expect(feedback(quiz)).toHaveAttribute("data-wrong");
  await onForge(solution.join("\n"));
  await expect(feedback(quiz)).toContainText("it writes what is due.");
  await expect(feedback(quiz)).toHaveAttribute("data-right");
  expect(loaded.filter((url) => /word-forge\.weights/.test(url))).toHaveLength(1);

  await onForge("def merge(W0, A, B, alpha):\n    return W0[0]");
  await expect(feedback(quiz)).toContainText("The result for Wq of layer 1 has a row that is not a list.");
  await onForge("def merge(W0, A, B, alpha):\n    return W0");
  await expect(feedback(quiz)).toContainText("The forge has not changed");

  expect(new Set(python()).size).toBe(2);
  const sent = [...new Set(python())].map((url) => gzipSync(readFileSync(join(dist, new URL(url).pathname))).length);
  expect(sent.reduce((sum, one) => sum + one)).toBeLessThan(235_000);

  await test.step("where the forge, or Python, does not load it is said", async () => {
    await page.route("**/word-forge.weights*", (route) => route.abort());
    await open(page, MERGE);
    await quiz.getByLabel("Your function").fill(solution.join("\n"));
    await quiz.getByRole("button", {name: "Try it on the forge"}).click();
    await expect(feedback(quiz)).toHaveText("The forge did not load. Reload");
    await page.route("**/micropython.*", (route) => route.abort());
    const other = await open(page, FORWARD);
    await other.getByLabel("Your function").fill(GUESS);
    await other.getByRole("button", {name: "Run"}).click();
    await expect(feedback(other)).toHaveText("Python did not load. Reload");
  });
});

test("a reload keeps a program in its tab, and no longer after a no; after a yes it is kept", async ({page}) => {
  const quiz = await open(page, FORWARD);
  const box = quiz.getByLabel("Your function");
  await test.step("in the tab", async () => {
    await box.fill(GUESS);
    await open(page, FORWARD);
    await expect(box).toHaveValue(GUESS);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await quiz.getByRole("button", {name: "Run"}).click();
    await quiz.getByRole("button", {name: "Don’t"}).click();
    await box.fill(`${GUESS} + []`);
    await box.blur();
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
  });

  await test.step("on the device", async () => {
    await open(page, FORWARD);
    await run(quiz, GUESS);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await quiz.getByRole("button", {name: "Keep"}).click();
    await expect(quiz.locator(".keeping")).toHaveText("Kept on this device.");
    await open(page, FORWARD);
    await expect(box).toHaveValue(GUESS);
    await expect(quiz.locator(".quiz-before")).toHaveText(/^ · answered before: \d of \d cases$/);
  });
});

test("without scripts the exercises, their cases and closed solutions can be read", async ({still: page}) => {
  await page.goto(PAGE);
  const quiz = page.locator(`#${FORWARD}`);
  await expect(quiz.getByText("forward([1, 1], [[1, 2], [0, 1]], [[2, -1]], [[1], [3]], 2)")).toBeVisible();
  await expect(quiz.getByRole("textbox")).toHaveCount(0);
  await expect(quiz.locator(".quiz-answer .program")).toBeHidden();
  // No answer can be read before it is asked for.
  // biome-ignore lint/performance/useDomNodeTextContent: what lies in a closed answer does not count as read
  const read = await page.locator("article").innerText();
  const answers = await page.locator("article .quiz-answer [data-right] data").allTextContents();
  expect(answers.length).toBeGreaterThan(5);
  const numbers = new Set(read.match(/\d[\d,.]*\d/g));
  for (const answer of answers.map((one) => one.replace(/[^\d.,].*$/, "")).filter((one) => /\d\D?\d\D?\d/.test(one)))
    expect(numbers).not.toContain(answer);
  expect(read).not.toContain("times(B, times(A, x))");
  await quiz.getByText("Show a solution").click();
  await expect(quiz.locator(".quiz-answer .program")).toBeVisible();
  await page.locator(`#${ORDER}`).getByText("Show the answer").click();
  await expect(page.locator(`#${ORDER} .quiz-why:visible`)).toHaveCount(5);
});
