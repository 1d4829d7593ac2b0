import {parseHTML} from "linkedom";

/** What a host said to one address. A host that said nothing has the status 0, and why in `text`. */
export interface Answer {
  address: string;
  status: number;
  /** By names in small letters. */
  headers: Readonly<Record<string, string>>;
  text: string;
}

export type Ask = (address: string) => Promise<Answer>;

/** Asks by GET, follows no redirect, and never throws. */
export const ask: Ask = async (address) => {
  try {
    const response = await fetch(address, {redirect: "manual", signal: AbortSignal.timeout(20_000)});
    const headers = Object.fromEntries(response.headers);
    return {address, status: response.status, headers, text: await response.text()};
  } catch (error) {
    const {message, cause} = error as Error;
    return {address, status: 0, headers: {}, text: cause instanceof Error ? cause.message : message};
  }
};

/** What the home page says of itself. */
interface Said {
  /** The base it was built for; undefined where it counts from itself, as in a portable build, or is no page of ours. */
  root?: string;
  isPortable: boolean;
  isOurs: boolean;
  canonical?: string;
  /** Addresses of the files it loads first, as they stand on the page. */
  sheet?: string;
  script?: string;
  font?: string;
  manifest?: string;
  /** The first chapter it links to. */
  chapter?: string;
}

function readHome(html: string): Said {
  const {document} = parseHTML(html);
  const value = (selector: string, name: string) => document.querySelector(selector)?.getAttribute(name) ?? undefined;
  const root = value("html", "data-root");
  return {
    isOurs: root !== undefined,
    isPortable: root?.startsWith(".") ?? false,
    ...(root?.startsWith("/") && {root}),
    canonical: value("link[rel=canonical]", "href"),
    sheet: value("link[rel=stylesheet]", "href"),
    script: value("script[type=module]", "src"),
    font: value("link[rel=preload][as=font]", "href"),
    manifest: value("link[rel=manifest]", "href"),
    chapter: value("a[href*='chapters/']", "href"),
  };
}

/** The site at an address, as far as a doctor looks: each answer by what it is of. */
export interface Site {
  /** With its slash. */
  home: string;
  said: Said;
  answers: Readonly<Record<string, Answer>>;
}

/** A widget that every version of the site has. */
const WIDGET = "rank";

/** Asks a site for one of each kind of thing. Nothing is asked for outside of its address. */
export async function look(address: string, asking: Ask = ask): Promise<Site> {
  const home = new URL(address.replace(/(\/|\/index\.html)?$/, "/")).href;
  const first = await asking(home);
  const said = readHome(first.text);
  const index = said.isPortable ? "index.html" : "";
  const named: Record<string, string | undefined> = {
    chapter: said.chapter,
    "chapter without its slash": said.isPortable ? undefined : said.chapter?.replace(/\/$/, ""),
    "style sheet": said.sheet,
    script: said.script,
    font: said.font,
    manifest: said.manifest,
    gallery: `widgets/${index}`,
    "widget’s page": `widgets/${WIDGET}/${index}`,
    embed: `embed/${WIDGET}/${index}`,
    "embed’s script": `js/v1/embed/${WIDGET}.js`,
    element: "js/v1/lora-widget.js",
    "notebook module": "js/v1/lora.anywidget.mjs",
    oEmbed: `oembed/${WIDGET}.json`,
    "widgets’ list": "widgets/index.json",
    sitemap: "sitemap-index.xml",
    "sitemap’s pages": "sitemap-0.xml",
    robots: "robots.txt",
    feed: "feed.xml",
    "wrong address": "no/such/page/",
  };
  const answers: Record<string, Answer> = {home: first};
  for (const [name, path] of Object.entries(named)) {
    if (path === undefined || first.status !== 200) continue;
    const {href} = new URL(path, home);
    if (href.startsWith(home)) answers[name] = await asking(href);
  }
  return {home, said, answers};
}
