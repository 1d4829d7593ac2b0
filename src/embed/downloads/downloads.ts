import {mkdir, readFile, writeFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {archive} from "../../site/archive.ts";
import type {Packages} from "../../site/licenses/recordPackages.ts";
import {bundle} from "../bundles/bundle.ts";
import type {catalog} from "../gallery/catalog.ts";
import {scormFiles} from "./scorm.ts";
import {type FigureDescription, licenseText, standalonePage} from "./standalone.ts";

/** What the catalog of the built site says about its figures. */
async function aboutFigures(dist: string): Promise<FigureDescription[]> {
  const {widgets}: ReturnType<typeof catalog> = JSON.parse(await readFile(join(dist, "widgets/index.json"), "utf8"));
  return widgets.map(({description, ...rest}) => ({...rest, guide: description}));
}

/** The texts of the style sheets that a page links to. */
const sheetsOf = (page: string, dist: string): Promise<string[]> =>
  Promise.all(
    [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) =>
      readFile(join(dist, "_astro", basename(href!)), "utf8"),
    ),
  );

/** The script that talks to a learning platform. */
async function scormScript(root: string): Promise<string> {
  const files = await bundle(root, {lms: "src/embed/downloads/scorm-entry.ts"}, {format: "iife"});
  return Buffer.from(files["lms.js"]!).toString("utf8").trim();
}

/**
 * Writes `<name>.html`, which opens by a double click, and `<name>.scorm.zip`, the same file for a learning platform: each widget's
 * embed page in the built site, with all that it loads. `packages` are those whose code is in the scripts, and `isLinked` says
 * whether the site knows its address.
 */
export async function writeDownloads(root: string, dist: string, packages: Packages, isLinked: boolean): Promise<void> {
  const folder = join(dist, "download");
  await mkdir(folder, {recursive: true});
  const [lms, licenses, downloadSheet] = await Promise.all([
    scormScript(root),
    licenseText(root, packages),
    readFile(join(root, "src/embed/styles/download.css"), "utf8"),
  ]);
  for (const about of await aboutFigures(dist)) {
    const page = await readFile(join(dist, "embed", about.name, "index.html"), "utf8");
    const script = await readFile(join(dist, "js/v1/embed", `${about.name}.js`), "utf8");
    const sheets = [...(await sheetsOf(page, dist)), downloadSheet];
    const pageWith = (scripts: readonly string[]) => standalonePage({page, sheets, scripts, about, licenses, isLinked});
    await writeFile(join(folder, `${about.name}.html`), pageWith([script]));
    const files = scormFiles(about, pageWith([script, lms]), licenses);
    // The manifest is not compressed, because the embed dialog writes the figure's state into it.
    await writeFile(join(folder, `${about.name}.scorm.zip`), archive(files, 9, ["imsmanifest.xml"]));
  }
}
