import {spawn, spawnSync} from "node:child_process";
import {readdirSync} from "node:fs";
import {join} from "node:path";
import project from "../../package.json" with {type: "json"};
import {pagesOf} from "../built/site.ts";
import {weigher} from "../built/weight.ts";
import type {Line} from "./table.ts";

const {budget} = project;
const root = new URL("../..", import.meta.url).pathname;
const seconds = (since: number) => (performance.now() - since) / 1000;

export function build(): Line[] {
  const start = performance.now();
  const {status, stderr} = spawnSync("astro", ["build"], {cwd: root, encoding: "utf8"});
  if (status !== 0) throw new Error(`bench: the build broke\n${stderr}`);
  return [{what: "production build", value: seconds(start), unit: "s", bar: 60}];
}

/** From `npm start` to the first byte of the home page; the process and its server end afterwards. */
export async function start(): Promise<Line[]> {
  const begun = performance.now();
  const child = spawn("npm", ["start"], {cwd: root, stdio: "ignore", detached: true});
  const end = () => child.pid && process.kill(-child.pid, "SIGTERM");
  try {
    while (seconds(begun) < 120) {
      const answer = await fetch("http://localhost:4321/").catch(() => undefined);
      if (answer?.ok)
        return [{what: "npm start to the first page, packages there", value: seconds(begun), unit: "s", bar: 90}];
      if (child.exitCode !== null) throw new Error("bench: npm start ended early; is port 4321 free?");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("bench: npm start gave no page in 120 s");
  } finally {
    if (child.exitCode === null) end();
  }
}

/** The heaviest page of each kind. */
export function weights(): Line[] {
  const dist = join(root, "dist");
  const folders = readdirSync(join(root, "src/widgets"), {withFileTypes: true}).filter((entry) => entry.isDirectory());
  const weigh = weigher(
    dist,
    folders.map(({name}) => name),
  );
  const kinds = {home: /^index\.html$/, chapter: /^chapters\/.+/, "widget page": /^widgets\/.+\//, embed: /^embed\//};
  const all = pagesOf(dist).map(weigh);
  return Object.entries(kinds).flatMap(([kind, pattern]) => {
    const pages = all.filter(({page}) => pattern.test(page));
    if (!pages.length) return [];
    const most = (part: "html" | "css" | "script" | "firstWidget" | "whole") =>
      Math.max(...pages.map((page) => page[part].bytes)) / 1000;
    const line = (what: string, part: Parameters<typeof most>[0], bar?: number): Line => ({
      what: `${kind}: ${what}, gzip`,
      value: most(part),
      unit: "kB",
      bar,
    });
    if (kind === "embed") return [line("everything", "whole", budget["embed page"])];
    return [
      line("HTML", "html", kind === "chapter" ? budget["chapter HTML"] : undefined),
      line("CSS", "css", budget["page CSS"]),
      line("script before a widget", "script", budget["page script"]),
      line("script of the first widget", "firstWidget", budget["first widget"]),
      line("everything, widgets live", "whole", kind === "chapter" ? budget["whole chapter"] : undefined),
    ];
  });
}
