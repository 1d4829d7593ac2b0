/** `npm run packages`: builds the packages of the engine and of the element into dist-packages/, and packs them. Nothing is published. */
import {execFileSync} from "node:child_process";
import {mkdirSync, rmSync, statSync} from "node:fs";
import {join} from "node:path";
import {siteOrigin, unknownSite} from "../../site/marks/siteAddress.ts";
import {buildElementPackage} from "./elementPackage.ts";
import {buildEnginePackage} from "./enginePackage.ts";

const root = new URL("../../..", import.meta.url).pathname;
const folder = join(root, "dist-packages");

/** The address of the site that the element's links lead to. */
const home = new URL((process.env.BASE ?? "/").replace(/\/?$/, "/"), siteOrigin(process.env)).href;

/** Packs the folder of a package into a file beside it, and gives the path of that file. */
function pack(source: string): string {
  const args = ["pack", "--json", "--silent", "--pack-destination", folder];
  const isWindows = process.platform === "win32";
  const output = execFileSync(isWindows ? "npm.cmd" : "npm", args, {cwd: source, encoding: "utf8", shell: isWindows});
  const [{filename}] = JSON.parse(output.slice(output.indexOf("[")));
  return join(folder, filename);
}

rmSync(folder, {recursive: true, force: true});
mkdirSync(folder);
buildEnginePackage(root, join(folder, "lora-live"));
await buildElementPackage(root, join(folder, "lora-widget"), home);
for (const file of ["lora-live", "lora-widget"].map((name) => pack(join(folder, name))))
  process.stdout.write(`${file.slice(root.length)}, ${Math.ceil(statSync(file).size / 1000)} kB\n`);
if (home.startsWith(unknownSite))
  process.stdout.write(
    `SITE is not set, so the links of the element lead to ${home}. Set it before you pass the packages on.\n`,
  );
