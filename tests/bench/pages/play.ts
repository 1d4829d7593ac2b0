import {chromium} from "@playwright/test";
import {findBrowser} from "../../browser/find.ts";
import {type Line, quantile} from "../table.ts";

/** Widgets whose runs are played, with the control that is their clock and its last step. */
const played = {train: {clock: "step", last: 200}} as const;

/** A run played from its start to its end on the page: frames a second, the longest task and the time one shown step takes. */
export async function play(origin: string): Promise<Line[]> {
  const args = process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
  const browser = await chromium.launch({executablePath: findBrowser(), args});
  const lines: Line[] = [];
  for (const [widget, {clock, last}] of Object.entries(played)) {
    const page = await browser.newPage();
    await page.goto(`${origin}/widgets/${widget}/?${clock}=0`);
    await page.waitForSelector("[aria-busy=false]");
    const {frames, tasks, shown} = await page.evaluate(
      async ([name, end]) => {
        const element = document.querySelector("lora-widget") as HTMLElement & {state: Record<string, number>};
        const tasks: number[] = [];
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({duration}) => duration))).observe({
          type: "longtask",
        });
        const frames: number[] = [];
        const shown = new Set<number>();
        element.querySelector<HTMLButtonElement>("[data-do=play]")!.click();
        let before = performance.now();
        while (element.state[name]! < end) {
          await new Promise(requestAnimationFrame);
          const now = performance.now();
          frames.push(now - before);
          before = now;
          shown.add(element.state[name]!);
          if (frames.length > 10_000) throw new Error(`bench: ${name} did not reach ${end}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
        return {frames, tasks, shown: shown.size};
      },
      [clock, last] as const,
    );
    if (shown < last / 4) throw new Error(`bench: ${widget} showed ${shown} of ${last} steps`);
    const total = frames.reduce((sum, time) => sum + time, 0);
    lines.push(
      {what: `${widget}: frames a second while playing`, value: (1000 * frames.length) / total, unit: "Hz"},
      {what: `${widget}: longest frame while playing, 95th percentile`, value: quantile(frames, 0.95), unit: "ms"},
      {what: `${widget}: longest task while playing`, value: Math.max(0, ...tasks), unit: "ms", bar: 50},
    );
    await page.close();
  }
  await browser.close();
  return lines;
}
