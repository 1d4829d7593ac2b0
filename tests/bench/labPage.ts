import {chromium} from "@playwright/test";
import {findBrowser} from "../browser/find.ts";
import {type Line, quantile} from "./table.ts";

/** Presses that train anew, one after another. */
const PRESSED = ["Every matrix", "Rank 1", "Prefix"];

/** The lab on its page: how soon a run shows its first words, and frames and tasks of the page while it trains. */
export async function labPage(origin: string): Promise<Line[]> {
  const args = process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
  const browser = await chromium.launch({executablePath: findBrowser(), args});
  const page = await browser.newPage();
  await page.goto(`${origin}/widgets/lab/`);
  await page.waitForSelector("[aria-busy=false]", {timeout: 60_000});
  const {first, frames, tasks} = await page.evaluate(async (names) => {
    const figure = document.querySelector("lora-widget")!;
    const presses = [...figure.querySelectorAll<HTMLButtonElement>(".presses .press")];
    const tasks: number[] = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({duration}) => duration))).observe({
      type: "longtask",
    });
    const [first, frames]: [number[], number[]] = [[], []];
    for (const name of names) {
      const words = figure.querySelector(".watch > .morph .body")!;
      const before = words.textContent;
      const start = performance.now();
      presses.find(({textContent}) => textContent === name)!.click();
      let last = performance.now();
      let isShown = false;
      do {
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        frames.push(now - last);
        last = now;
        if (!isShown && words.textContent !== before) {
          isShown = true;
          first.push(now - start);
        }
        if (now - start > 60_000) throw new Error(`bench: the run ${name} of the lab did not end`);
      } while (!isShown || figure.querySelector("[aria-busy=true]"));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    return {first, frames, tasks};
  }, PRESSED);
  await browser.close();
  const total = frames.reduce((sum, time) => sum + time, 0);
  return [
    {what: "lab: first words of a run, the slowest of three", value: Math.max(...first) / 1000, unit: "s", bar: 1},
    {what: "lab: frames a second while training", value: (1000 * frames.length) / total, unit: "Hz"},
    {what: "lab: longest frame while training, 95th percentile", value: quantile(frames, 0.95), unit: "ms"},
    {what: "lab: longest task while training", value: Math.max(0, ...tasks), unit: "ms", bar: 50},
  ];
}
