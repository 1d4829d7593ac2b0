/** Each figure as one HTML file and as a SCORM 1.2 package, made from its embed page in the built site. */
import {mkdir, readFile, writeFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {escapeScript} from "../../figure/export/escape.ts";
import {archive, type Contents} from "../../site/archive.ts";
import {hashOf, standalonePolicy} from "../../site/hosting/csp.ts";
import {noticesOf} from "../../site/licenses/notices.ts";
import type {Packages} from "../../site/licenses/recordPackages.ts";
import {xml, xmlFile} from "../../site/xml.ts";
import {bundle} from "../bundles/bundle.ts";
import type {catalog} from "../gallery/catalog.ts";

/** What the catalog of the built site says about its figures. */
async function readDescriptions(dist: string): Promise<FigureDescription[]> {
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
  const [lmsScript, licenses, downloadSheet] = await Promise.all([
    scormScript(root),
    licenseText(root, packages),
    readFile(join(root, "src/embed/styles/download.css"), "utf8"),
  ]);
  for (const about of await readDescriptions(dist)) {
    const page = await readFile(join(dist, "embed", about.name, "index.html"), "utf8");
    const script = await readFile(join(dist, "js/v1/embed", `${about.name}.js`), "utf8");
    const sheets = [...(await sheetsOf(page, dist)), downloadSheet];
    const pageWith = (scripts: readonly string[]) => standalonePage({page, sheets, scripts, about, licenses, isLinked});
    await writeFile(join(folder, `${about.name}.html`), pageWith([script]));
    const files = scormFiles(about, pageWith([script, lmsScript]), licenses);
    await writeFile(join(folder, `${about.name}.scorm.zip`), archive(files));
  }
}

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
      <item identifier="figure" identifierref="page" isvisible="true">
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

/** What a file and a package say about their figure. */
export interface FigureDescription {
  name: string;
  title: string;
  guide: string;
  challenge: string;
  sources: readonly string[];
}

/** Our license and the licenses of the packages in the file, as text. Whoever copies the code has to copy them too. */
export async function licenseText(root: string, packages: Packages): Promise<string> {
  const own = await readFile(join(root, "LICENSE"), "utf8");
  return `${own.trim()}\n\nParts of these packages are in the file too:\n\n${await noticesOf(packages)}`;
}

/** What a standalone file is made of. */
export interface FileParts {
  /** The widget's embed page. */
  page: string;
  /** The texts of the style sheets that the page links to, and of what a file adds, in order. */
  sheets: readonly string[];
  /** The texts of its scripts, in the order in which they run. The first is the embed page's. */
  scripts: readonly string[];
  about: FigureDescription;
  licenses: string;
  /** Whether the site knows its address, so that the file can lead back to it. */
  isLinked: boolean;
}

/** The only match of a pattern in the embed page of `name`. Throws when it has none or several. */
const onlyMatch = (matches: readonly string[], what: string, name: string): string => {
  if (matches.length !== 1)
    throw new Error(`download: the embed page of ${name} has ${matches.length} ${what}; it should have one`);
  return matches[0]!;
};

/** An attribute that would load a file: a source that is no data URL, or a link to neither a full address nor an anchor. */
const LOADING_ATTRIBUTE = /\s(?:src|srcset|poster|data)="(?!data:)[^"]*"|\shref="(?!https?:|data:|#)[^"]*"/;

/** The site's root, from the address of a widget's page. */
const siteOf = (canonical: string): string => new URL("../../", canonical).href;

/** Says where the file comes from, its sources, and its licenses. */
function footerOf(sources: readonly string[], canonical: string | undefined): string {
  const site = canonical && siteOf(canonical);
  const from = canonical
    ? xml`A copy of <a href="${canonical}" rel="noopener">this figure’s page</a> in <a href="${site!}" rel="noopener">LoRA, live</a>`
    : xml`A copy of a figure of LoRA, live`;
  return xml`<footer><p>${from}, an interactive reading of <cite>LoRA: Low-Rank Adaptation of Large Language Models</cite>. It works without a network. Sources: ${sources.join("; ")}. Text and figure under CC BY 4.0, code under MIT; both licenses are in this file.</p></footer>`
    .xml;
}

/**
 * Turns an embed page into a file that works by itself, with its style and scripts inside. Throws if the page would load any
 * other file.
 */
export function standalonePage({
  page,
  sheets,
  about: {name, sources},
  licenses,
  isLinked,
  ...parts
}: FileParts): string {
  const findOnly = (pattern: RegExp, what: string) => onlyMatch(page.match(pattern) ?? [], what, name);
  const scripts = parts.scripts.map(escapeScript);
  const canonical = findOnly(/<link rel="canonical"[^>]*>/g, "canonical links");
  const address = /href="([^"]+)"/.exec(canonical)![1]!;
  const style = sheets.join("\n");
  if (/<\/style/i.test(style) || /url\((?!["']?data:)/.test(style))
    throw new Error(`download: a style sheet of ${name} cannot be in a page: it has an end tag or loads a file`);
  const inlineScripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text!);
  const policy = standalonePolicy([...inlineScripts, ...scripts].map(hashOf), [hashOf(style)]);
  const html = page
    .replace(
      findOnly(/ data-root="[^"]*"/g, "addresses of the site"),
      () => ` data-root="${isLinked ? siteOf(address) : "../"}"`,
    )
    .replace(/<meta http-equiv="content-security-policy"[^>]*>/, "")
    .replace(canonical, isLinked ? "$&" : "")
    .replace(/<link rel="stylesheet"[^>]*>/g, "")
    .replace(/<script\b[^>]*\bsrc="[^"]*"[^>]*><\/script>/g, "")
    .replace(findOnly(/<meta charset="utf-8">/g, "declared encodings"), (charset) =>
      [charset, `<meta http-equiv="content-security-policy" content="${policy}">`, `<style>${style}</style>`].join(""),
    )
    .replace(
      findOnly(/<\/main>/g, "ends of its text"),
      () => `</main>${footerOf(sources, isLinked ? address : undefined)}`,
    )
    .replace(findOnly(/<\/body>/g, "ends of its body"), (end) =>
      [...scripts.map((text) => `<script>${text}</script>`), end].join(""),
    );
  const loadingAttribute = LOADING_ATTRIBUTE.exec(html.replace(/<(script|style)>[\s\S]*?<\/\1>/g, ""));
  if (loadingAttribute)
    throw new Error(
      `download: the file of ${name} would ask for${loadingAttribute[0]}; leave that out of its embed page`,
    );
  return `${html.trim()}\n<!--\n${licenses.replaceAll("--", "- -")}-->\n`;
}
