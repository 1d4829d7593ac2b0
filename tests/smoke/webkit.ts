import {type ChildProcess, spawn} from "node:child_process";
import {freePort} from "../browser/port.ts";
import {type Browser, call, keys} from "./browser.ts";

/** The programs that WebKitGTK is driven with. Without `xvfb` it takes the screen that is there. */
export interface WebKit {
  driver: string;
  xvfb?: string;
}

/** A screen that nobody sees, by its name. */
async function screen(xvfb: string): Promise<{display: string; child: ChildProcess}> {
  const child = spawn(xvfb, ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const number = await new Promise<string>((resolve, reject) => {
    child.stdio[3]?.once("data", (data) => resolve(String(data).trim()));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return {display: `:${number}`, child};
}

/** What the browser prints of its console: `CONSOLE JS ERROR TypeError: …`, with its address before it. */
const printed = /CONSOLE (?:\w+ )*(?:ERROR|WARN)\w* .*/g;

/** WebKitGTK's small browser by W3C WebDriver, of which it speaks the classic part: one request, one answer. */
export async function startWebKit({driver, xvfb}: WebKit): Promise<Browser> {
  const hidden = xvfb ? await screen(xvfb) : undefined;
  const port = await freePort();
  const env = {...process.env, ...(hidden ? {DISPLAY: hidden.display, GDK_BACKEND: "x11"} : {})};
  const child = spawn(driver, [`--port=${port}`], {env, stdio: ["ignore", "pipe", "pipe"]});
  const trouble: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data) => trouble.push(...(String(data).match(printed) ?? [])));

  const ask = async (method: "GET" | "POST" | "DELETE", path: string, body?: object) => {
    const headers = {"content-type": "application/json; charset=utf-8"};
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
    });
    const {value} = (await answer.json()) as {value: {error?: string; message?: string} | undefined};
    if (!answer.ok) throw new Error(`WebKit: ${path}: ${value?.error} ${value?.message}`);
    return value as never;
  };
  const isUp = () =>
    ask("GET", "/status").then(
      () => true,
      () => false,
    );
  for (const begun = performance.now(); !(await isUp()); ) {
    if (performance.now() - begun > 10_000) throw new Error("WebKit: its driver does not answer");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const options = {args: ["--automation", "--enable-write-console-messages-to-stdout=true"]};
  const {sessionId, capabilities}: {sessionId: string; capabilities: {browserVersion: string}} = await ask(
    "POST",
    "/session",
    {capabilities: {alwaysMatch: {"webkitgtk:browserOptions": options}}},
  );
  const session = `/session/${sessionId}`;
  return {
    version: `WebKitGTK/${capabilities.browserVersion}`,
    open: async (url) => {
      await ask("POST", `${session}/frame`, {id: null});
      await ask("POST", `${session}/url`, {url});
    },
    run: async (code, ...args) => {
      const script = `const done = arguments[arguments.length - 1];
        new Promise((resolve) => resolve(${call(code, args)})).then((value) => done({value}), (error) => done({error: String(error)}))`;
      const {value, error}: {value?: unknown; error?: string} = await ask("POST", `${session}/execute/async`, {
        script,
        args: [],
      });
      if (error) throw new Error(`WebKit: ${error}`);
      return value as never;
    },
    press: async (key) => {
      const actions = ["keyDown", "keyUp"].map((type) => ({type, value: keys[key]}));
      await ask("POST", `${session}/actions`, {actions: [{type: "key", id: "keyboard", actions}]});
    },
    enterFrame: () => ask("POST", `${session}/frame`, {id: 0}),
    trouble: () => trouble,
    close: async () => {
      await ask("DELETE", session).catch(() => {});
      child.kill();
      hidden?.child.kill();
    },
  };
}
