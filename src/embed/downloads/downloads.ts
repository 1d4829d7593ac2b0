import {mkdir, readFile, writeFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {archive, type Contents} from "../../site/archive.ts";
import type {Packages} from "../../site/licenses/recordPackages.ts";
import {xml, xmlFile} from "../../site/xml.ts";
import {bundle} from "../bundles/bundle.ts";
import type {catalog} from "../gallery/catalog.ts";
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

/** Room for the state in which the item's figure opens. The embed dialog writes it there, which takes less code than zipping anew. */
const ROOM = " ".repeat(4096);

/**
 * The manifest of a SCORM 1.2 package (Content Aggregation Model, 2.3) with one SCO. It has no mastery score, because a widget's
 * score is 100 or none and grading is up to the platform. It has no schema locations, because the package holds no schemas.
 */
function scormManifest({name, title, guide, challenge}: FigureDescription, files: readonly string[]): string {
  const description = `${guide} Challenge: ${challenge}`;
  return xmlFile(xml`<manifest identifier="lora-live-${name}" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <imsmd:lom>
      <imsmd:general>
        <imsmd:title><imsmd:langstring xml:lang="en">${title}</imsmd:langstring></imsmd:title>
        <imsmd:language>en</imsmd:language>
        <imsmd:description><imsmd:langstring xml:lang="en">${description}</imsmd:langstring></imsmd:description>
      </imsmd:general>
      <imsmd:rights>
        <imsmd:description><imsmd:langstring xml:lang="en">Text and figure: CC BY 4.0. Code: MIT License. Both in LICENSE.txt.</imsmd:langstring></imsmd:description>
      </imsmd:rights>
    </imsmd:lom>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>LoRA, live: ${title}</title>
      <item identifier="figure" identifierref="page" isvisible="true"${ROOM}>
        <title>${title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">
${files.map((file) => xml`      <file href="${file}"/>\n`)}    </resource>
  </resources>
</manifest>`);
}

/** The files of a widget's package. */
export const scormFiles = (about: FigureDescription, page: string, licenses: string): Contents => ({
  "imsmanifest.xml": scormManifest(about, ["index.html", "LICENSE.txt"]),
  "index.html": page,
  "LICENSE.txt": licenses,
});
