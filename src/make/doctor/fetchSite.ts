import {parseHTML} from "linkedom";
import {fetchKept, type Kept} from "./fetchKept.ts";
import {findRoot, folderOf} from "./findRoot.ts";

/** A host's answer to one address. If the host did not answer, the status is 0 and `text` says why. */
export interface Answer {
  address: string;
  status: number;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  text: string;
}

export type Ask = (address: string, method?: "GET" | "HEAD") => Promise<Answer>;

/** Sends a request, follows no redirect, and never throws. */
export const ask: Ask = async (address, method = "GET") => {
  try {
    const response = await fetch(address, {method, redirect: "manual", signal: AbortSignal.timeout(20_000)});
    const headers = Object.fromEntries(response.headers);
    return {address, status: response.status, headers, text: await response.text()};
  } catch (error) {
    const {message, cause} = error as Error;
    return {address, status: 0, headers: {}, text: cause instanceof Error ? cause.message : message};
  }
};

/** What the home page says about the site. */
interface HomePage {
  /** The base it was built for; undefined in a portable build, or if the page is not ours. */
  root?: string;
  isPortable: boolean;
  isOurs: boolean;
  canonical?: string;
  /** Addresses of the first files it loads, as the page writes them. */
  sheet?: string;
  script?: string;
  font?: string;
  manifest?: string;
  /** The first chapter it links to. */
  chapter?: string;
}

function readHomePage(html: string): HomePage {
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

/** The site at an address, as far as the checks need it. */
export interface Site {
  /** The address of its root, with a slash at its end. */
  home: string;
  /** The address that was asked about; the root was found from it. */
  given: string;
  /** Whether there is a site at all. */
  isFound: boolean;
  homePage: HomePage;
  /** By what was requested: "home", "chapter", "style sheet" … */
  answers: Readonly<Record<string, Answer>>;
  /** What it says it keeps, compared with what is there; undefined if it has no list. */
  kept?: Kept;
}

/** A widget that every version of the site has. */
const WIDGET = "rank";

/** One file of each kind, by what it is; paths as the home page writes them. */
function pathsOf(homePage: HomePage): Record<string, string | undefined> {
  const index = homePage.isPortable ? "index.html" : "";
  return {
    chapter: homePage.chapter,
    "chapter without its slash": homePage.isPortable ? undefined : homePage.chapter?.replace(/\/$/, ""),
    "style sheet": homePage.sheet,
    script: homePage.script,
    font: homePage.font,
    manifest: homePage.manifest,
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
    "missing script": homePage.script?.replace(/[^/]*$/, "no-such-script.00000000.js"),
  };
}

/** Requests one of each kind of file from the site at an address, and each file that the site lists as kept. */
export async function fetchSite(address: string, request: Ask = ask): Promise<Site> {
  const given = folderOf(address);
  const asked = await request(given);
  const root = asked.status === 0 ? undefined : await findRoot(given, asked, request);
  const home = root ?? given;
  const first = home === given ? asked : await request(home);
  const homePage = readHomePage(first.text);
  const answers: Record<string, Answer> = {home: first};
  const site = {home, given, isFound: root !== undefined, homePage, answers};
  if (first.status !== 200) return site;
  for (const [name, path] of Object.entries(pathsOf(homePage))) {
    if (path === undefined) continue;
    const {href} = new URL(path, home);
    if (href.startsWith(home)) answers[name] = await request(href);
  }
  return {...site, kept: await fetchKept(home, request)};
}
