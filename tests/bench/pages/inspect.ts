import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {chromium} from "@playwright/test";
import {findBrowser} from "../../browser/find.ts";
import {CASES, CONFIG, fileOf} from "../inspect.ts";
import {type Line, quantile} from "../table.ts";

/** The inspector on its page, with the two largest files: from the choice to the verdict, and frames and tasks meanwhile. */
export async function inspectPage(origin: string): Promise<Line[]> {
  const args = process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
  const browser = await chromium.launch({executablePath: findBrowser(), args});
  const folder = mkdtempSync(join(tmpdir(), "lora-bench-"));
  const lines: Line[] = [];
  for (const one of CASES.slice(-2)) {
    const [path, config] = [join(folder, "adapter_model.safetensors"), join(folder, "adapter_config.json")];
    writeFileSync(path, new Uint8Array(await fileOf(one).arrayBuffer()));
    writeFileSync(config, CONFIG);
    const page = await browser.newPage();
    await page.goto(`${origin}/inspect/`);
    await page.evaluate(() => {
      const [frames, tasks]: [number[], number[]] = [[], []];
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({duration}) => duration))).observe({
        type: "longtask",
      });
      const read = new Promise((resolve) => {
        addEventListener("change", ({timeStamp: start}) => {
          let last = performance.now();
          const frame = () => {
            const now = performance.now();
            frames.push(now - last);
            last = now;
            const isDone = document.querySelector(".inspect-health") && !document.querySelector(".inspect-progress");
            if (isDone) resolve({time: now - start, frames, tasks});
            else requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        });
      });
      Object.assign(globalThis, {read});
    });
    await page.locator("input[name=files]").setInputFiles(one.style === "PEFT" ? [path, config] : [path]);
    const {time, frames, tasks} = await page.evaluate(
      () => (globalThis as unknown as {read: Promise<{time: number; frames: number[]; tasks: number[]}>}).read,
    );
    const total = frames.reduce((sum, frame) => sum + frame, 0);
    const what = `inspector, ${one.what}`;
    lines.push(
      {what: `${what}: from the choice to the verdict`, value: time, unit: "ms", bar: one.bar},
      {what: `${what}: frames a second while it reads`, value: (1000 * frames.length) / total, unit: "Hz"},
      {what: `${what}: longest frame, 95th percentile`, value: quantile(frames, 0.95), unit: "ms"},
      {what: `${what}: longest task`, value: Math.max(0, ...tasks), unit: "ms", bar: 50},
    );
    await page.close();
  }
  rmSync(folder, {recursive: true});
  await browser.close();
  return lines;
}
