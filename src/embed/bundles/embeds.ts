/** The integration that builds what other sites load from us: the element, the scripts of frames, and the downloads. */
import {existsSync} from "node:fs";
import {mkdir, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {type Packages, shippedPackages} from "../../site/licenses/recordPackages.ts";
import {writeDownloads} from "../downloads/downloads.ts";
import {bundle, type Files, publicEnv} from "./bundle.ts";
import {elementScripts, hostScript, notebookModule} from "./elementBundles.ts";

/** The first line of every file that other sites load or copy: where to find the licenses of what it contains. */
const NOTICE = "/*! LoRA, live. MIT License. The licenses of its parts: licenses/ on the site it comes from. */\n";

/** The files under /js/v1/ that other pages load: the element, the module for notebooks, and the script of pages around frames. */
export async function sharedFiles(root: string, home?: string): Promise<Files> {
  const bundles = await Promise.all([elementScripts(root), hostScript(root), notebookModule(root, home)]);
  return Object.assign({}, ...bundles);
}

/** Writes files into a folder, with the notice in front. */
async function writeWithNotice(folder: string, files: Readonly<Record<string, string | Uint8Array>>) {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), {recursive: true});
    await writeFile(file, Buffer.concat([Buffer.from(NOTICE), Buffer.from(content)]));
  }
}

/**
 * Builds the scripts that other pages load from us: after the site, and in `astro dev` on request. With `hasDownloads` it also builds
 * the figures as files, from their embed pages; without it, as in the build of the tests, only the test widget has a script for
 * frames. `isLinked` says whether the site knows its address. Browsers fetch a module with CORS, so the host sends
 * `Access-Control-Allow-Origin: *` for these scripts; embed pages need no header.
 */
export function embeds({hasDownloads, isLinked}: {hasDownloads: boolean; isLinked: boolean}): AstroIntegration {
  let root = "";
  let home: string | undefined;
  return {
    name: "embeds",
    hooks: {
      "astro:config:setup": ({config, updateConfig}) => {
        root = fileURLToPath(config.root);
        home = config.site ? new URL(config.base.replace(/\/?$/, "/"), config.site).href : undefined;
        updateConfig({vite: {define: publicEnv()}});
      },
      "astro:server:setup": ({server}) => {
        server.middlewares.use(async ({url = ""}, response, next) => {
          const [, figure, path] = /\/js\/v1\/(?:embed\/(\w+)\.js|([\w.-]+))/.exec(url) ?? [];
          try {
            const file = figure ? await figureScript(root, figure) : path && (await sharedFiles(root, home))[path];
            if (!file) return next();
            response.setHeader("content-type", "text/javascript");
            response.setHeader("access-control-allow-origin", "*");
            response.end(file);
          } catch (error) {
            next(error);
          }
        });
      },
      "astro:build:done": async ({dir, pages}) => {
        const dist = fileURLToPath(dir);
        await writeWithNotice(join(dist, "js/v1"), await sharedFiles(root, home));
        const embedNames = pages.flatMap(({pathname}) => /^\/?embed\/(\w+)\//.exec(pathname)?.[1] ?? []);
        // The page of a figure of an earlier edition has no script of its own: it loads that of the figure which replaced it.
        const figureNames = embedNames.filter(
          (name) => existsSync(join(root, "src/figures", name, "widget.ts")) && (hasDownloads || name === "probe"),
        );
        const packages: Packages = new Set();
        for (const name of figureNames)
          await writeWithNotice(join(dist, "js/v1/embed"), {[`${name}.js`]: await figureScript(root, name, packages)});
        for (const one of packages) shippedPackages.add(one);
        if (hasDownloads) await writeDownloads(root, dist, packages, isLinked);
      },
    },
  };
}

/** Other texts of modules: the registry and the models hold only this figure, and what only our own pages load is empty. */
const textsFor = (name: string): Record<string, string> => ({
  "src/figures/registry.ts": `import w from "./${name}/widget.ts";
    export const widgetNames = ["${name}"];
    export const figureNamed = (name) => (name === "${name}" ? name : undefined);
    export const loadWidget = async () => w;`,
  "src/figures/models.ts": `export const models = {${name}: () => import("./${name}/model.ts")};`,
  "src/figure/share/ownPage.ts": "",
});

/**
 * A figure as one classic script, with its model, its data, and what exports and shares it. A frame without an origin may import no
 * module, fetch nothing, and start a worker only from text. So the whole script is one function, `lora`, and the worker runs the
 * text of that function (figure-entry.ts).
 */
export async function figureScript(root: string, name: string, packages?: Packages): Promise<string> {
  const options = {format: "iife", texts: textsFor(name), packages} as const;
  const files = await bundle(root, {figure: "src/embed/bundles/figure-entry.ts"}, options);
  return `(function lora(){${Buffer.from(files["figure.js"]!).toString("utf8").trim()}})();\n`;
}
