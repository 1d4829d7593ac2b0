import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {findBrowser} from "../browser/find.ts";
import {serve} from "../browser/serve.ts";
import {findings, type Report, table, under} from "./report.ts";

/** By a name in a variable, so that types can be checked without the packages. */
const load = (name: string) => import(name);

/** What is loaded of the two packages. */
interface Lighthouse {
  default(url: string, flags: object): Promise<{lhr: Report} | undefined>;
}
interface Launcher {
  launch(options: object): Promise<{port: number; kill(): void}>;
}

/** Pages of each kind: what has a folder of its own kind below it is one, and what lies there another. */
const kindOf = (path: string) => {
  const [folder, below] = path.split("/");
  return below ? `${folder}/*` : path;
};

/** What asks not to be found (frames, the page for a wrong address, the one for paper) is not held to the bars. */
const isHeld = (html: string) => !/<meta name="?robots"? content="?noindex/.test(html);

/** Paths of the built site to look at: of every kind of page the one with the most HTML, compressed; and what `asked` names. */
function pages(dist: string, asked: readonly string[] = []): string[] {
  const files = readdirSync(dist, {recursive: true, encoding: "utf8"}).filter((file) =>
    /(^|\/)index\.html$/.test(file),
  );
  const all = files
    .sort()
    .map((file) => ({path: file.replace(/index\.html$/, ""), html: readFileSync(join(dist, file))}));
  const named = all.filter(({path}) => asked.includes(`/${path}`));
  if (named.length) return named.map(({path}) => path);
  const heaviest = new Map<string, {path: string; bytes: number}>();
  for (const {path, html} of all.filter(({html}) => isHeld(String(html)))) {
    const [kind, bytes] = [kindOf(path), gzipSync(html).length];
    if (bytes > (heaviest.get(kind)?.bytes ?? 0)) heaviest.set(kind, {path, bytes});
  }
  return [...heaviest.values()].map(({path}) => path);
}

const median = (reports: readonly Report[]): Report => {
  const performance = ({categories}: Report) => categories.performance?.score ?? 0;
  return reports.toSorted((a, b) => performance(a) - performance(b))[Math.floor(reports.length / 2)]!;
};

/**
 * Lighthouse in its mobile preset (a slow phone on slow 4G, both simulated) over a page of each kind, or over those that
 * `asked` names (`/review/`), with the audits that those under a bar do not pass. A page that is under one is looked at twice
 * more and the middle report stands: other work on the machine takes its time from the page's.
 */
export async function lighthouse(dist: string, asked: readonly string[]): Promise<string> {
  const {default: run}: Lighthouse = await load("lighthouse");
  const {launch}: Launcher = await load("chrome-launcher");
  const site = await serve({root: dist, gzip: true});
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const chrome = await launch({chromePath: findBrowser(), chromeFlags: ["--headless", "--disable-gpu", ...asRoot]});
  const look = async (path: string) => {
    const answer = await run(`${site.origin}/${path}`, {port: chrome.port, logLevel: "error"});
    if (!answer || answer.lhr.runtimeError)
      throw new Error(`lighthouse: /${path}: ${answer?.lhr.runtimeError?.message ?? "no report"}`);
    return answer.lhr;
  };
  const reports = new Map<string, Report>();
  try {
    for (const path of pages(dist, asked)) {
      const first = await look(path);
      const report = under(first).length ? median([first, await look(path), await look(path)]) : first;
      reports.set(`/${path}`, report);
      process.stderr.write(`/${path} ${under(report).join(", ") || "ok"}\n`);
    }
  } finally {
    chrome.kill();
    await site.close();
  }
  const found = [...reports].filter(([, report]) => under(report).length);
  const lists = found.map(([path, report]) => [path, ...findings(report)].join("\n"));
  return [table(reports), ...lists].join("\n\n");
}
