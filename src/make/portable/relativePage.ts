import {once} from "node:events";
import {RewritingStream} from "parse5-html-rewriting-stream";
import {hashOf} from "../hosting/csp.ts";
import {starter} from "./fileScripts.ts";
import {type BuiltFor, relativeLink, rootFrom} from "./relative.ts";

/** Attributes that hold one address, on any element that has them. */
const single = new Set(["href", "xlink:href", "src", "poster", "data", "action", "formaction", "cite"]);
/** Attributes that hold several, each with a descriptor behind it. */
const several = new Set(["srcset", "imagesrcset"]);

const mapSet = (set: string, change: (link: string) => string) =>
  set.replace(/(^|,\s*)([^\s,]\S*)/g, (_, before: string, link: string) => before + change(link));

/** `5; url=/next/` of a meta refresh. */
const mapRefresh = (content: string, change: (link: string) => string) =>
  content.replace(
    /^(\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?)(["']?)(.*)\2\s*$/i,
    (_, before, quote, link) => before + quote + change(link) + quote,
  );

type Attributes = Record<string, string>;

/** Tags in <head> that are only of use with the site's full address: for search engines and for those who show links. */
function needsAddress(tag: string, attributes: Attributes, origin: string): boolean {
  if (tag === "script") return attributes.type === "application/ld+json";
  if (tag === "link")
    return /\b(canonical|alternate)\b/.test(attributes.rel ?? "") && attributes.href!.startsWith(origin);
  return tag === "meta" && (attributes.content ?? "").startsWith(`${origin}/`);
}

/** What is not in a site that does not know its address, because all it holds are addresses. */
const isLeftOut = (link: string) => link.endsWith("download/lora-live.imscc");

export interface PageParts {
  /** Scripts to run before the page is painted, as text; the page's policy learns their hashes. */
  inline?: string;
  /** The script to be run from a disk in place of the page's modules, by its name. */
  fromDisk?: string;
}

/**
 * A page of the built site with every address in it relative to `file`, its path below the root. All else keeps its bytes:
 * a parser walks the source and only changed tags are written anew. Where `built.origin` says that the site's address is not
 * known, what needs it is left out: canonical, Open Graph addresses, JSON-LD; and codes to paste, which a script may yet correct,
 * say `https://HOST/`.
 */
export async function relativePage(
  html: string,
  file: string,
  built: BuiltFor,
  {inline, fromDisk}: PageParts = {},
): Promise<string> {
  const stream = new RewritingStream();
  let made = "";
  let dropping: string | undefined;
  /** Scripts are held to their hashes. */
  let isCode = false;
  stream.on("data", (chunk) => {
    made += chunk;
  });
  const spoken = (text: string) => (built.origin ? text.replaceAll(`${built.origin}/`, "https://HOST/") : text);
  const link = (address: string) => relativeLink(address, file, built);
  const own = [
    inline ? `<script>${inline}</script>` : "",
    fromDisk ? `<script defer src="${rootFrom(file)}${starter}" data-all="${fromDisk}"></script>` : "",
  ].join("");

  stream.on("startTag", (tag, raw) => {
    if (dropping) return;
    isCode = tag.tagName === "script";
    const attributes: Attributes = Object.fromEntries(tag.attrs.map(({name, value}) => [name, value]));
    if (built.origin !== undefined && needsAddress(tag.tagName, attributes, built.origin)) {
      if (tag.tagName === "script") dropping = "script";
      return;
    }
    if (built.origin !== undefined && tag.tagName === "a" && isLeftOut(attributes.href ?? "")) {
      tag.attrs = tag.attrs.filter(({name}) => name !== "href");
      return stream.emitStartTag(tag);
    }
    const isMeta = tag.tagName === "meta";
    const kind = (attributes["http-equiv"] ?? "").toLowerCase();
    let changed = false;
    for (const attribute of tag.attrs) {
      const {prefix, value} = attribute;
      // The parser parts `xlink:href`, and does not put it together again.
      const name = prefix ? `${prefix}:${attribute.name}` : attribute.name;
      let now = value;
      if (single.has(name)) now = link(value);
      else if (several.has(name)) now = mapSet(value, link);
      else if (name === "data-root") now = rootFrom(file);
      else if (isMeta && name === "content" && kind === "refresh") now = mapRefresh(value, link);
      else if (isMeta && name === "content" && kind === "content-security-policy" && inline)
        now = value.replace("script-src ", `script-src ${hashOf(inline)} `);
      else now = spoken(value);
      changed ||= now !== value;
      Object.assign(attribute, {name, value: now});
    }
    if (changed) stream.emitStartTag(tag);
    else stream.emitRaw(raw);
  });
  stream.on("endTag", (tag, raw) => {
    if (dropping === tag.tagName) dropping = undefined;
    else if (tag.tagName === "head") stream.emitRaw(own + raw);
    else stream.emitRaw(raw);
  });
  stream.on("text", (_, raw) => dropping || stream.emitRaw(isCode ? raw : spoken(raw)));
  stream.end(html);
  await once(stream, "end");
  return made;
}
