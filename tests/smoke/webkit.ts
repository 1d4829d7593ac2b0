import {type ChildProcess, spawn} from "node:child_process";
import {freePort} from "../browser/freePort.ts";
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

/** Listens, in the page, for what goes wrong from now on. Runs there. */
function hear() {
  const heard: string[] = [];
  Object.assign(window, {heard});
  addEventListener("error", ({message}) => heard.push(`uncaught: ${message}`));
  addEventListener("unhandledrejection", ({reason}) => heard.push(`uncaught: ${reason}`));
  addEventListener("securitypolicyviolation", (event) => heard.push(`refused: ${event.blockedURI}`));
  for (const level of ["error", "warn"] as const)
    console[level] = (...words) => heard.push(`console: ${words.join(" ")}`);
}

/** The load event, past or to come: before it the page's scripts have not run, and its buttons are dead. Runs in the page. */
const loaded = () =>
  document.readyState === "complete" ||
  new Promise<boolean>((resolve) => addEventListener("load", () => resolve(true), {once: true}));

/** What was heard since, once. Runs in the page. */
const tell = () => (window as {heard?: string[]}).heard?.splice(0) ?? [];

/**
 * WebKitGTK's small browser by W3C WebDriver, of which it speaks the classic part: one request, one answer. What pages print
 * it does not tell, so trouble is heard in the page itself: only there, not in frames, and from about its load event on.
 */
export async function startWebKit({driver, xvfb}: WebKit): Promise<Browser> {
  const hidden = xvfb ? await screen(xvfb) : undefined;
  const port = await freePort();
  const env = {...process.env, ...(hidden ? {DISPLAY: hidden.display, GDK_BACKEND: "x11"} : {})};
  const child = spawn(driver, [`--port=${port}`], {env, stdio: "ignore"});

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
  const {sessionId, capabilities}: {sessionId: string; capabilities: {browserVersion: string}} = await ask(
    "POST",
    "/session",
    {capabilities: {}},
  );
  const session = `/session/${sessionId}`;
  const run: Browser["run"] = async (code, ...args) => {
    const script = `const done = arguments[arguments.length - 1];
      new Promise((resolve) => resolve(${call(code, args)})).then((value) => done({value}), (error) => done({error: String(error)}))`;
    const {value, error}: {value?: unknown; error?: string} = await ask("POST", `${session}/execute/async`, {
      script,
      args: [],
    });
    if (error) throw new Error(`WebKit: ${error}`);
    return value as never;
  };
  const trouble: string[] = [];
  const leave = async () => {
    await ask("POST", `${session}/frame`, {id: null});
    trouble.push(...(await run(tell)));
  };
  return {
    version: `WebKitGTK/${capabilities.browserVersion}`,
    open: async (url) => {
      await leave();
      await ask("POST", `${session}/url`, {url});
      await run(hear);
      // The answer may come while the page still loads, the more so on a busy machine.
      await run(loaded);
    },
    run,
    press: async (key) => {
      const actions = ["keyDown", "keyUp"].map((type) => ({type, value: keys[key]}));
      await ask("POST", `${session}/actions`, {actions: [{type: "key", id: "keyboard", actions}]});
    },
    enterFrame: () => ask("POST", `${session}/frame`, {id: 0}),
    trouble: async () => {
      await leave();
      return trouble;
    },
    close: async () => {
      await ask("DELETE", session).catch(() => {});
      child.kill();
      hidden?.child.kill();
    },
  };
}
