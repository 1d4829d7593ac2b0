import {once} from "node:events";
import {RewritingStream} from "parse5-html-rewriting-stream";
import {HOST} from "../../components/marks/siteAddress.ts";
import {hashOf} from "../hosting/csp.ts";
import {starter} from "./diskScripts.ts";
import {type BuiltFor, relativeLink, rootFrom} from "./relativeLink.ts";

type StartTag = Parameters<RewritingStream["emitStartTag"]>[0];

/** Attributes that hold one address, on any element. */
const single = new Set(["href", "xlink:href", "src", "poster", "data", "action", "formaction", "cite"]);
/** Attributes that hold several addresses, each followed by a descriptor. */
const several = new Set(["srcset", "imagesrcset"]);

const mapSet = (set: string, change: (link: string) => string) =>
  set.replace(/(^|,\s*)([^\s,]\S*)/g, (_, before: string, link: string) => before + change(link));

/** `5; url=/next/` of a meta refresh. */
const mapRefresh = (content: string, change: (link: string) => string) =>
  content.replace(
    /^(\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?)(["']?)(.*)\2\s*$/i,
    (_, before, quote, link) => before + quote + change(link) + quote,
  );

const attribute = (tag: StartTag, name: string): string => tag.attrs.find((one) => one.name === name)?.value ?? "";

/** Tags in <head> that search engines and link previews need with the site's full address. */
function needsAddress(tag: StartTag, origin: string): boolean {
  if (tag.tagName === "script") return attribute(tag, "type") === "application/ld+json";
  if (tag.tagName === "link")
    return /\b(canonical|alternate)\b/.test(attribute(tag, "rel")) && attribute(tag, "href").startsWith(origin);
  return tag.tagName === "meta" && attribute(tag, "content").startsWith(`${origin}/`);
}

export interface PageParts {
  /** A script to run before the page is painted, as text; its hash goes into the page's policy. */
  inline?: string;
  /** The file of the classic script that replaces the page's modules on a disk. */
  fromDisk?: string;
}

interface Page {
  file: string;
  built: BuiltFor;
  inline: string | undefined;
}

/** If the site does not know its address, codes to paste say `https://HOST/`. A script of the page may fill that in. */
const withoutHost = (text: string, {origin}: BuiltFor) =>
  origin === undefined ? text : text.replaceAll(`${origin}/`, `${HOST}/`);

/** What an attribute of this tag says on a portable page. */
function portableValue(tag: StartTag, name: string, value: string, {file, built, inline}: Page): string {
  const change = (link: string) => relativeLink(link, file, built);
  if (single.has(name)) return change(value);
  if (several.has(name)) return mapSet(value, change);
  if (name === "data-root") return rootFrom(file);
  if (tag.tagName === "meta" && name === "content") {
    const kind = attribute(tag, "http-equiv").toLowerCase();
    if (kind === "refresh") return mapRefresh(value, change);
    if (kind === "content-security-policy" && inline)
      return value.replace("script-src ", `script-src ${hashOf(inline)} `);
  }
  return withoutHost(value, built);
}

/** The cartridge is not part of a site that does not know its address, because it holds nothing but addresses. */
const isGone = (tag: StartTag, name: string, value: string, {origin}: BuiltFor) =>
  origin !== undefined && tag.tagName === "a" && name === "href" && value.endsWith("download/lora-live.imscc");

/** The attributes of a tag on a portable page; undefined if they stay as they are. */
function portableAttributes(tag: StartTag, page: Page): StartTag["attrs"] | undefined {
  const changed = tag.attrs
    .filter(({name, value}) => !isGone(tag, name, value, page.built))
    .map(({prefix, name: local, value}) => {
      // The parser splits `xlink:href` and does not join it again.
      const name = prefix ? `${prefix}:${local}` : local;
      return {name, value: portableValue(tag, name, value, page)};
    });
  const isSame = changed.length === tag.attrs.length && changed.every(({value}, i) => value === tag.attrs[i]!.value);
  return isSame ? undefined : changed;
}

/**
 * A page of the built site with every address in it relative to `file`, its path below the root. A parser walks the source and
 * only changed tags are written anew, so everything else keeps its bytes. If `built.origin` says that the site's address is
 * unknown, canonical links, Open Graph addresses and JSON-LD are left out, and codes to paste say `https://HOST/`.
 */
export async function relativePage(
  html: string,
  file: string,
  built: BuiltFor,
  {inline, fromDisk}: PageParts = {},
): Promise<string> {
  const stream = new RewritingStream();
  const chunks: string[] = [];
  stream.on("data", (chunk) => chunks.push(chunk));
  const scripts = [
    inline ? `<script>${inline}</script>` : "",
    fromDisk ? `<script defer src="${rootFrom(file)}${starter}" data-all="${fromDisk}"></script>` : "",
  ].join("");
  // A script keeps its text, because the page's policy holds its hash; one that needs the address goes with its text.
  let script: "none" | "kept" | "dropped" = "none";

  stream.on("startTag", (tag, raw) => {
    const isDropped = built.origin !== undefined && needsAddress(tag, built.origin);
    if (tag.tagName === "script") script = isDropped ? "dropped" : "kept";
    if (isDropped) return;
    const attrs = portableAttributes(tag, {file, built, inline});
    if (attrs) stream.emitStartTag({...tag, attrs});
    else stream.emitRaw(raw);
  });
  stream.on("endTag", ({tagName}, raw) => {
    if (tagName === "head") stream.emitRaw(scripts);
    if (script !== "dropped") stream.emitRaw(raw);
    script = "none";
  });
  stream.on("text", (_, raw) => {
    if (script !== "dropped") stream.emitRaw(script === "kept" ? raw : withoutHost(raw, built));
  });
  stream.end(html);
  await once(stream, "end");
  return chunks.join("");
}
