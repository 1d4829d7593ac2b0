import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {escapeScript} from "../../figure/export/escape.ts";
import {hashOf, standalonePolicy} from "../../site/hosting/csp.ts";
import {noticesOf} from "../../site/licenses/notices.ts";
import type {Packages} from "../../site/licenses/recordPackages.ts";
import {xml} from "../../site/xml.ts";

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

/** The only match of a pattern in an embed page. Throws when it has none or several. */
const onlyMatch = (matches: readonly string[], what: string, name: string): string => {
  if (matches.length !== 1) throw new Error(`download: the embed page of ${name} has ${matches.length} of ${what}`);
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
  const find = (pattern: RegExp, what: string) => onlyMatch(page.match(pattern) ?? [], what, name);
  const scripts = parts.scripts.map(escapeScript);
  const canonical = find(/<link rel="canonical"[^>]*>/g, "canonical links");
  const address = /href="([^"]+)"/.exec(canonical)![1]!;
  const style = sheets.join("\n");
  if (/<\/style/i.test(style) || /url\((?!["']?data:)/.test(style))
    throw new Error(`download: a style sheet of ${name} cannot stand in a page`);
  const inline = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text!);
  const policy = standalonePolicy([...inline, ...scripts].map(hashOf), [hashOf(style)]);
  const html = page
    .replace(
      find(/ data-root="[^"]*"/g, "addresses of the site"),
      () => ` data-root="${isLinked ? siteOf(address) : "../"}"`,
    )
    .replace(/<meta http-equiv="content-security-policy"[^>]*>/, "")
    .replace(canonical, isLinked ? "$&" : "")
    .replace(/<link rel="stylesheet"[^>]*>/g, "")
    .replace(/<script\b[^>]*\bsrc="[^"]*"[^>]*><\/script>/g, "")
    .replace(find(/<meta charset="utf-8">/g, "declared encodings"), (charset) =>
      [charset, `<meta http-equiv="content-security-policy" content="${policy}">`, `<style>${style}</style>`].join(""),
    )
    .replace(find(/<\/main>/g, "ends of its text"), () => `</main>${footerOf(sources, isLinked ? address : undefined)}`)
    .replace(find(/<\/body>/g, "ends of its body"), (end) =>
      [...scripts.map((text) => `<script>${text}</script>`), end].join(""),
    );
  const loading = LOADING_ATTRIBUTE.exec(html.replace(/<(script|style)>[\s\S]*?<\/\1>/g, ""));
  if (loading) throw new Error(`download: the file of ${name} would ask for${loading[0]}`);
  return `${html.trim()}\n<!--\n${licenses.replaceAll("--", "- -")}-->\n`;
}
