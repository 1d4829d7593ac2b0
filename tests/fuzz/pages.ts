/** Embed pages of the built site in Chromium, at random addresses. */
import {existsSync} from "node:fs";
import {type Browser, chromium, type Page} from "@playwright/test";
import {differences} from "../../src/shell/parse.ts";
import {load, type WidgetName} from "../../src/widgets/registry.ts";
import {findBrowser} from "../browser/find.ts";
import {serve} from "../browser/serve.ts";
import {listen} from "../browser/trouble.ts";
import {oracles} from "../widgets/oracles/oracle.ts";
import {hostileQuery} from "./hostileQuery.ts";
import type {Done, Failure} from "./report.ts";
import {stateOf} from "./states.ts";
import {randomOf} from "./subject.ts";

const dist = new URL("../../dist", import.meta.url).pathname;

/** Milliseconds in which a page must answer. */
const PATIENCE = 5000;
/** A loaded machine is slow for seconds on end: of three visits the quickest counts. */
const VISITS = 3;
/** Failures told of one page. */
const MOST = 5;

/** What an address of a page is to show: the state it names, where it is a good one. */
interface Address {
  path: string;
  state?: object;
}

/** The nth address of an embed page: every other one is hostile. */
async function addressOf(name: WidgetName, seed: number, n: number): Promise<Address> {
  const w = await load(name);
  if (n % 2) return {path: `/embed/${name}/?${hostileQuery(name, w, randomOf(seed, n))}`};
  const state = stateOf(w, oracles[name]!.hidden, seed, n);
  return {path: `/embed/${name}/?${new URLSearchParams(differences(w.controls, state))}`, state};
}

type Element = HTMLElement & {state?: Record<string, unknown>};

/** What the page at this address does not do within five seconds, or does and should not. */
async function visit(page: Page, url: string, due: object | undefined): Promise<{problems: string[]; late: boolean}> {
  const {trouble} = listen(page);
  try {
    await page.goto(url, {timeout: 4 * PATIENCE});
    const seen = await page
      .waitForFunction(
        () => {
          const {state} = document.querySelector<Element>("lora-widget") ?? {};
          const sentence = document.querySelector("figure.widget > .sentence")?.textContent ?? "";
          return state && /^[A-Z].*\.$/.test(sentence) && {state: {...state}, pwned: "pwned" in globalThis};
        },
        undefined,
        {timeout: PATIENCE},
      )
      .then((handle) => handle.jsonValue() as Promise<{state: Record<string, unknown>; pwned: boolean}>)
      .catch(() => undefined);
    // A run may be on its way: what is asked meanwhile is answered all the same.
    const answer = await Promise.race([
      page.evaluate(() => true),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE)),
    ]);
    const wrong = Object.entries(due ?? {}).filter(([key, value]) => seen && seen.state[key] !== value);
    return {
      problems: [
        // The worker of the page before, which was left while it began.
        ...trouble.filter((line) => !/^failed: blob:.*ERR_ABORTED$/.test(line)),
        ...(seen ? [] : [`no sentence of a started figure within ${PATIENCE / 1000} s`]),
        ...(answer ? [] : [`no answer within ${PATIENCE / 1000} s`]),
        ...(seen?.pwned ? ["text of the address was run"] : []),
        ...wrong.map(([key, value]) => `${key} is ${seen?.state[key]}; the address says ${value}`),
      ],
      late: !seen || !answer,
    };
  } finally {
    page.removeAllListeners();
  }
}

async function fuzzed(browser: Browser, origin: string, name: WidgetName, cases: Iterable<number>, seed: number) {
  const failures: Failure[] = [];
  const done: Done = {cases: 0, slowest: 0, slowestAt: 0, heap: 0};
  let page = await browser.newPage();
  for (const n of cases) {
    const {path, state} = await addressOf(name, seed, n);
    let quickest = Number.POSITIVE_INFINITY;
    let problems: string[] = [];
    for (let i = 0; i < VISITS; i++) {
      const start = performance.now();
      const seen = await visit(page, `${origin}${path}`, state);
      quickest = Math.min(quickest, performance.now() - start);
      problems = seen.problems;
      if (!seen.late) break;
      await page.close();
      page = await browser.newPage();
    }
    done.cases++;
    if (quickest > done.slowest) [done.slowest, done.slowestAt] = [quickest, n];
    if (failures.length < MOST) failures.push(...problems.map((problem) => ({n, where: path, problem})));
  }
  await page.close();
  return {done, failures};
}

/** Each of these pages at as many addresses, one page after another. */
export async function pages(
  names: readonly WidgetName[],
  cases: readonly number[],
  seed: number,
  tell: (name: string, outcome: {done: Done; failures: Failure[]}) => void,
) {
  if (!existsSync(dist)) throw new Error("dist is not there: run npm run build first");
  const site = await serve({root: dist});
  const args = ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  const browser = await chromium.launch({executablePath: findBrowser(), args});
  for (const name of names) tell(`pages/${name}`, await fuzzed(browser, site.origin, name, cases, seed));
  await browser.close();
  await site.close();
}
