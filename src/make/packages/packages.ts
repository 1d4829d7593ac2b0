// `npm run packages` builds what people can depend on into dist-packages/, and packs it: the engine, the element, and a wheel for notebooks. Nothing is published.
import {execFileSync} from "node:child_process";
import {mkdirSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {wheelName} from "../../components/guides/wheelName.ts";
import {site, unknownSite} from "../../components/marks/siteAddress.ts";
import {aboutWidgets} from "../embeds/aboutWidgets.ts";
import {buildElementPackage} from "./elementPackage.ts";
import {buildEnginePackage} from "./enginePackage.ts";
import {notebookWheel} from "./notebookWheel.ts";

const root = new URL("../../..", import.meta.url).pathname;
const place = join(root, "dist-packages");

/** The address of the site that the element's links lead to. */
const home = new URL((process.env.BASE ?? "/").replace(/\/?$/, "/"), site(process.env)).href;

/** Packs the folder of a package into a file beside it, and gives its path. */
function pack(folder: string): string {
  const args = ["pack", "--json", "--silent", "--pack-destination", place];
  const isWindows = process.platform === "win32";
  const said = execFileSync(isWindows ? "npm.cmd" : "npm", args, {cwd: folder, encoding: "utf8", shell: isWindows});
  const [{filename}] = JSON.parse(said.slice(said.indexOf("[")));
  return join(place, filename);
}

rmSync(place, {recursive: true, force: true});
mkdirSync(place);
buildEnginePackage(root, join(place, "lora-live"));
await buildElementPackage(root, join(place, "lora-widget"), home);
const wheel = join(place, wheelName);
writeFileSync(wheel, await notebookWheel(root, await aboutWidgets(root), home));
for (const file of [...["lora-live", "lora-widget"].map((name) => pack(join(place, name))), wheel])
  process.stdout.write(`${file.slice(root.length)}, ${Math.ceil(statSync(file).size / 1000)} kB\n`);
if (home.startsWith(unknownSite))
  process.stdout.write(
    `SITE is not set, so the links of the element lead to ${home}, and the wheel loads figures from there. Set it before you pass the packages on.\n`,
  );
