import {createHash} from "node:crypto";
import {mkdir, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {aboutWidgets} from "./aboutWidgets.ts";
import {type Files, publicEnv} from "./bundle.ts";
import {elementScripts, hostScript, notebookModule} from "./elementBundles.ts";
import {embedScripts, embedSheet, takeScript} from "./embedBundles.ts";

/**
 * Puts a hash into the name of the element's worker. An element that a browser has kept from before a deploy then asks for the
 * worker of its own version, as it does for its other parts.
 */
export function withOwnWorker(files: Files): Files {
  const {"lora-worker.js": worker, "lora-widget.js": element, ...others} = files;
  if (!worker || !element) throw new Error("embeds: the element or its worker was not built");
  const own = `lora-worker-${createHash("sha256").update(worker).digest("hex").slice(0, 8).toUpperCase()}.js`;
  const [before, after, ...more] = Buffer.from(element).toString("utf8").split("lora-worker.js");
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error("embeds: lora-widget.js has to name lora-worker.js once");
  return {...others, [own]: worker, "lora-widget.js": Buffer.from(before + own + after)};
}

/** A file that other sites load or copy says where to find the licenses of what it contains. */
const NOTICE = "/*! LoRA, live. MIT License. The licenses of its parts: licenses/ on the site it comes from. */\n";
const withNotice = (bytes: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(NOTICE), bytes]);

/**
 * Everything under /js/v1/: the element for foreign pages, the scripts and the style sheet of each embed page, and the script of
 * pages around them. Browsers fetch a module with CORS, so the host sends `Access-Control-Allow-Origin: *` for this folder; embed
 * pages need no header.
 */
export async function everyBundle(root: string, home?: string): Promise<Files> {
  const widgets = await aboutWidgets(root);
  const embeds = widgets.flatMap(({name, isHeavy, parts}) => [
    embedScripts(root, name, isHeavy),
    embedSheet(root, name, parts),
  ]);
  const shared = [elementScripts(root), takeScript(root), hostScript(root), notebookModule(root, home)];
  const files: Files = Object.assign({}, ...(await Promise.all([...shared, ...embeds])));
  return Object.fromEntries(Object.entries(withOwnWorker(files)).map(([path, bytes]) => [path, withNotice(bytes)]));
}

/** Builds the scripts that other pages load from us: after the site, and in `astro dev` on request. */
export function embeds(): AstroIntegration {
  let root = "";
  let home: string | undefined;
  return {
    name: "elements",
    hooks: {
      "astro:config:setup": ({config, updateConfig}) => {
        root = fileURLToPath(config.root);
        home = config.site ? new URL(config.base.replace(/\/?$/, "/"), config.site).href : undefined;
        updateConfig({vite: {define: publicEnv()}});
      },
      "astro:server:setup": ({server}) => {
        server.middlewares.use(async ({url = ""}, response, next) => {
          const path = /\/js\/v1\/([\w./-]+)/.exec(url)?.[1];
          const file = path && (await everyBundle(root, home))[path];
          if (!file) return next();
          response.setHeader("content-type", path.endsWith(".css") ? "text/css" : "text/javascript");
          response.setHeader("access-control-allow-origin", "*");
          response.end(file);
        });
      },
      "astro:build:done": async ({dir}) => {
        for (const [path, bytes] of Object.entries(await everyBundle(root, home))) {
          const file = join(fileURLToPath(dir), "js/v1", path);
          await mkdir(dirname(file), {recursive: true});
          await writeFile(file, bytes);
        }
      },
    },
  };
}
