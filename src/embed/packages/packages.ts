// `npm run packages` builds what people can depend on into dist-packages/, and packs it: the engine and the element. Nothing is published.
import {execFileSync} from "node:child_process";
import {mkdirSync, rmSync, statSync} from "node:fs";
import {join} from "node:path";
import {site, unknownSite} from "../../site/marks/siteAddress.ts";
import {buildElementPackage} from "./elementPackage.ts";
import {buildEnginePackage} from "./enginePackage.ts";

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
for (const file of ["lora-live", "lora-widget"].map((name) => pack(join(place, name))))
  process.stdout.write(`${file.slice(root.length)}, ${Math.ceil(statSync(file).size / 1000)} kB\n`);
if (home.startsWith(unknownSite))
  process.stdout.write(
    `SITE is not set, so the links of the element lead to ${home}. Set it before you pass the packages on.\n`,
  );
