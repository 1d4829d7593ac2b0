import {mkdir, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {aboutWidgets} from "./aboutWidgets.ts";
import {element, type Files, hostScript, notebook, publicEnv} from "./bundle.ts";
import {embedScripts, embedSheet, takeScript} from "./embedBundles.ts";

/**
 * Everything under /js/v1/: the element for foreign pages, the script of each embed page, what these share, and the one for
 * the pages around them. A module is fetched with CORS, so the host sends `Access-Control-Allow-Origin: *` for this folder;
 * embed pages need no header.
 */
export async function everyBundle(root: string, home?: string): Promise<Files> {
  const widgets = await aboutWidgets(root);
  const embeds = widgets.flatMap(({name, isHeavy, parts}) => [
    embedScripts(root, name, isHeavy),
    embedSheet(root, name, parts),
  ]);
  const shared = [...[element, takeScript, hostScript].map((make) => make(root)), notebook(root, home)];
  return Object.assign({}, ...(await Promise.all([...shared, ...embeds])));
}

/** Builds what other pages load from us: after the site, if that is to be whole, and in `astro dev` whenever a page asks. */
export function embeds({isWhole = true} = {}): AstroIntegration {
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
        if (!isWhole) return;
        for (const [path, bytes] of Object.entries(await everyBundle(root, home))) {
          const file = join(fileURLToPath(dir), "js/v1", path);
          await mkdir(dirname(file), {recursive: true});
          await writeFile(file, bytes);
        }
      },
    },
  };
}
