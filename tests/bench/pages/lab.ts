import {chromium} from "@playwright/test";
import {findBrowser} from "../../browser/find.ts";
import {type Line, quantile} from "../table.ts";

/** Runs that are trained, one after another. */
const RUNS = 3;

/** The lab on its page: how soon a run shows its first words, and frames and tasks of the page while it trains. */
export async function labPage(origin: string): Promise<Line[]> {
  const args = process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
  const browser = await chromium.launch({executablePath: findBrowser(), args});
  const page = await browser.newPage();
  await page.goto(`${origin}/widgets/lab/`);
  await page.waitForSelector("[aria-busy=false]", {timeout: 60_000});
  const {first, frames, tasks} = await page.evaluate(async (runs) => {
    const figure = document.querySelector("lora-widget")!;
    const tasks: number[] = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({duration}) => duration))).observe({
      type: "longtask",
    });
    const [first, frames]: [number[], number[]] = [[], []];
    for (let run = 1; run <= runs; run++) {
      const start = performance.now();
      figure.querySelector<HTMLButtonElement>("[data-do=play]")!.click();
      let last = performance.now();
      let isShown = false;
      do {
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        frames.push(now - last);
        last = now;
        // The end of the run before stays until the next begins.
        const step = Number(/^Step (\d+) /.exec(figure.querySelector(".told")!.textContent!)?.[1] ?? 0);
        if (!isShown && step > 0 && step < 200) {
          isShown = true;
          first.push(now - start);
        }
        if (now - start > 60_000) throw new Error(`bench: run ${run} of the lab did not end`);
      } while (!isShown || figure.querySelector("[aria-busy=true]"));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    return {first, frames, tasks};
  }, RUNS);
  await browser.close();
  const total = frames.reduce((sum, time) => sum + time, 0);
  return [
    {what: "lab: first words of a run, the slowest of three", value: Math.max(...first) / 1000, unit: "s", bar: 1},
    {what: "lab: frames a second while training", value: (1000 * frames.length) / total, unit: "Hz"},
    {what: "lab: longest frame while training, 95th percentile", value: quantile(frames, 0.95), unit: "ms"},
    {what: "lab: longest task while training", value: Math.max(0, ...tasks), unit: "ms", bar: 50},
  ];
}
