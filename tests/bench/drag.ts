import {chromium} from "@playwright/test";
import {findBrowser} from "../browser/find.ts";
import {type Line, quantile} from "./table.ts";

/** The control of each widget that is dragged, and its ends. */
const drags = {
  rank: {name: "r", from: 0, to: 48},
  product: {name: "row", from: 1, to: 6},
  savings: {name: "r", from: 1, to: 6000},
  init: {name: "step", from: 0, to: 60},
  cost: {name: "r", from: 1, to: 2000},
  merge: {name: "swaps", from: 0, to: 60},
  predict: {name: "count", from: 3, to: 11},
  latency: {name: "after", from: 0, to: 150},
  intrinsic: {name: "seed", from: 1, to: 9},
  forward: {name: "steps", from: 0, to: 20},
  growth: {name: "width", from: 32, to: 12_288},
  train: {name: "step", from: 0, to: 200},
} as const;

const STEPS = 200;

/** 200 steps of a slider on the page's main thread: from the input event to styles and layout done, and the longest task of it all. */
export async function drag(origin: string): Promise<Line[]> {
  const args = process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
  const browser = await chromium.launch({executablePath: findBrowser(), args});
  const lines: Line[] = [];
  for (const [widget, {name, from, to}] of Object.entries(drags)) {
    const page = await browser.newPage();
    await page.goto(`${origin}/widgets/${widget}/`);
    const {times, tasks, sentences} = await page.evaluate(
      async ([field, low, high, steps]) => {
        const element = document.querySelector("lora-widget") as HTMLElement & {ready: Promise<unknown>};
        await element.ready;
        const input = element.querySelector<HTMLInputElement>(`input[name=${field}]`)!;
        const tasks: number[] = [];
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({duration}) => duration))).observe({
          type: "longtask",
        });
        const times: number[] = [];
        const sentences = new Set<string>();
        for (let n = 0; n < steps; n++) {
          // There and back, as a hand does.
          const share = 1 - Math.abs(1 - (2 * n) / steps);
          input.value = String(Math.round(low + share * (high - low)));
          const start = performance.now();
          input.dispatchEvent(new Event("input", {bubbles: true}));
          element.getBoundingClientRect();
          times.push(performance.now() - start);
          sentences.add(element.querySelector(".sentence")!.textContent!);
          await new Promise(requestAnimationFrame);
        }
        await new Promise((resolve) => setTimeout(resolve, 800));
        return {times, tasks, sentences: sentences.size};
      },
      [name, from, to, STEPS] as const,
    );
    if (sentences < Math.min(to - from, 20) / 2)
      throw new Error(`bench: dragging ${name} of ${widget} changed its sentence ${sentences} times only`);
    lines.push(
      {what: `${widget}: ${name} dragged, median of ${STEPS} steps`, value: quantile(times, 0.5), unit: "ms"},
      {what: `${widget}: ${name} dragged, 95th percentile`, value: quantile(times, 0.95), unit: "ms", bar: 8},
      {what: `${widget}: longest task of the drag`, value: Math.max(...tasks, ...times), unit: "ms", bar: 50},
    );
    await page.close();
  }
  await browser.close();
  return lines;
}
