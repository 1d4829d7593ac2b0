import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import type {Page, Route} from "@playwright/test";
import {dist} from "../../browser/sites.ts";

/** What a network can do to a file. */
export type Fault = "404" | "cut" | "hanging";

export interface Broken {
  /** Settles once the page has asked for the file. */
  asked: Promise<void>;
  /** Lets the file through: those that hang, and those asked for from now on. */
  mend(): void;
}

const half = async (route: Route) => {
  const answer = await route.fetch();
  const body = await answer.body();
  await route.fulfill({response: answer, body: body.subarray(0, Math.floor(body.length / 2))});
};

/** Breaks the files at these addresses, until they are mended. A style sheet cut short is one whose connection broke: half of it is valid. */
export async function broken(page: Page, files: RegExp, fault: Fault): Promise<Broken> {
  let isMended = false;
  const [mended, asked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.context().route(
    (url) => files.test(url.pathname),
    async (route) => {
      asked.resolve();
      if (isMended) return route.continue();
      if (fault === "404") return route.fulfill({status: 404, contentType: "text/html", body: "Not found"});
      if (fault === "cut") return route.request().url().endsWith(".css") ? route.abort("connectionreset") : half(route);
      await mended.promise;
      await route.continue().catch(() => {});
    },
  );
  return {
    asked: asked.promise,
    mend() {
      isMended = true;
      mended.resolve();
    },
  };
}

const scripts = existsSync(join(dist, "_astro")) ? readdirSync(join(dist, "_astro")) : [];
const chunk = (name: string) => new RegExp(`/_astro/${name.replace(/[.]/g, "\\.")}$`);

/** The chunk of a widget, or of its model, as some script of the built site names it. */
function registered(name: string, file: "widget" | "model"): RegExp {
  const entry = new RegExp(`\\b${name}:\\(\\)=>(?:[\\w$]+\\(\\(\\)=>)?import\\([\`"']\\./(${file}[.-][\\w-]+\\.js)`);
  for (const script of scripts.filter((one) => one.endsWith(".js"))) {
    // The worker's models come from the worker's own registry.
    if (file === "model" && !script.startsWith("worker-")) continue;
    const found = entry.exec(readFileSync(join(dist, "_astro", script), "utf8"));
    if (found) return chunk(found[1]!);
  }
  throw new Error(`no script of the built site names the ${file} of ${name}`);
}

/** Files of the built site by what they are. */
export const filesOf = {
  entry: /\/_astro\/(pageScript|Page\.astro)[\w.-]*\.js$/,
  shell: /\/_astro\/live(Figure)?\.[\w-]+\.js$/,
  player: /\/_astro\/player\.[\w-]+\.js$/,
  sheet: /\/_astro\/Page\.[\w-]+\.css$/,
  worker: /\/_astro\/worker-[\w-]+\.js$/,
  weights: /\/_astro\/(word-forge|digit-machine)\.weights[.-][\w-]+\.js$/,
  exercise: /\/_astro\/exercise\.[\w-]+\.js$/,
  exportAs: /\/_astro\/exportAs\.[\w-]+\.js$/,
  widget: (name: string) => registered(name, "widget"),
  model: (name: string) => registered(name, "model"),
};
