import {launch} from "puppeteer-core";
import {type Browser, call} from "./browser.ts";

/** Firefox as it is installed, without a window, over WebDriver BiDi. */
export async function startFirefox(executablePath: string): Promise<Browser> {
  const firefox = await launch({browser: "firefox", executablePath, headless: true});
  const page = await firefox.newPage();
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error instanceof Error ? error.message : error}`));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  let frame = page.mainFrame();
  return {
    version: await firefox.version(),
    open: async (url) => {
      frame = page.mainFrame();
      await page.goto(url);
    },
    run: (code, ...args) => frame.evaluate(call(code, args)) as never,
    press: (key) => page.keyboard.press(key),
    enterFrame: async () => {
      frame = page.mainFrame().childFrames()[0]!;
    },
    trouble: async () => trouble,
    close: () => firefox.close(),
  };
}
