import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {type About, aboutWidgets} from "../embeds/aboutWidgets.ts";
import {sheetText} from "../embeds/bundle.ts";
import type {Packages} from "../licenses/recordPackages.ts";
import {archive} from "./archive.ts";
import {scormFiles, scormScript} from "./scorm.ts";
import {notices, standalonePage, standaloneScripts} from "./standalone.ts";

/** What the downloads of one build have in common. */
interface Shared {
  dist: string;
  licenses: string;
  /** The style sheet for what a file has in addition to an embed page. */
  added: string;
  /** The script that talks to a learning platform. */
  lms: string;
  /** The site knows its address. */
  isLinked: boolean;
}

/** The texts of the style sheets that a page in this folder links to. */
const sheetsOf = (page: string, folder: string): Promise<string[]> =>
  Promise.all(
    [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) =>
      readFile(join(folder, href!), "utf8"),
    ),
  );

/** Writes `<name>.html`, which opens by a double click, and `<name>.scorm.zip`, the same file for a learning platform. */
async function downloadsOf(about: About, script: string, {dist, licenses, added, lms, isLinked}: Shared) {
  const folder = join(dist, "embed", about.name);
  const page = await readFile(join(folder, "index.html"), "utf8");
  const sheets = [...(await sheetsOf(page, folder)), added];
  const pageWith = (scripts: readonly string[]) => standalonePage({page, sheets, scripts, about, licenses, isLinked});
  await writeFile(join(dist, "download", `${about.name}.html`), pageWith([script]));
  const files = scormFiles(about, pageWith([script, lms]), licenses);
  // The dialog writes into the manifest.
  await writeFile(join(dist, "download", `${about.name}.scorm.zip`), archive(files, 9, ["imsmanifest.xml"]));
}

/** Writes the downloads of every widget, made from the embed pages of the built site. */
export function downloads({isLinked = true} = {}): AstroIntegration {
  let root = "";
  return {
    name: "downloads",
    hooks: {
      "astro:config:setup": ({config}) => {
        root = fileURLToPath(config.root);
      },
      "astro:build:done": async ({dir, logger}) => {
        const started = performance.now();
        const dist = fileURLToPath(dir);
        await mkdir(join(dist, "download"), {recursive: true});
        const [widgets, added, lms] = await Promise.all([
          aboutWidgets(root),
          sheetText(root, "src/styles/download.css"),
          scormScript(root),
        ]);
        const packages: Packages = new Set();
        const scripts = await standaloneScripts(root, widgets, packages);
        const licenses = await notices(root, packages);
        const shared = {dist, licenses, added, lms, isLinked};
        await Promise.all(widgets.map((about, i) => downloadsOf(about, scripts[i]!, shared)));
        logger.info(`${widgets.length} widgets in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      },
    },
  };
}
