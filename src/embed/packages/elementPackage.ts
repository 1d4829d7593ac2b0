/** Builds the element as a package: its scripts, types, licenses and a client for frames. */
import {copyFile, mkdir, readFile, rm, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import manifest from "../../../package.json" with {type: "json"};
import {noticesOf} from "../../site/licenses/notices.ts";
import type {Packages} from "../../site/licenses/recordPackages.ts";
import {bundle, type Files} from "../bundles/bundle.ts";
import {packagedElement} from "../bundles/elementBundles.ts";

/** The first line of every script of the package. */
const NOTICE = "/*! LoRA, live. MIT License. The licenses of its parts: NOTICES.txt in this package. */\n";

const jsonBytes = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** An entry of `exports` with its types. */
const exportEntry = (types: string, script: string) => ({types: `./${types}.d.ts`, default: `./${script}.js`});

/** The package.json of a version. */
const packageJson = (version: string) => ({
  name: "lora-widget",
  version,
  type: "module",
  description: "The figures of LoRA, live as an element: matrices, adapters and small models that compute in the page.",
  license: "(MIT AND CC-BY-4.0)",
  sideEffects: ["./js/*.js"],
  exports: {
    ".": exportEntry("index", "js/lora-widget"),
    "./frame": exportEntry("frame", "frame"),
    "./package.json": "./package.json",
  },
});

/** The package's scripts, and NOTICES.txt with the licenses of what is in them. */
async function scriptFiles(root: string, home: string): Promise<Files> {
  const packages: Packages = new Set();
  const element = await packagedElement(root, home, packages);
  const client = await bundle(
    root,
    {frame: "src/embed/packages/frameClient.ts"},
    {format: "es", output: {minify: false}},
  );
  const words = await readFile(join(root, "public/licenses/words.txt"), "utf8");
  const notices = `Parts of these packages are in this one:\n\n${await noticesOf(packages)}\n${words}`;
  return {
    ...Object.fromEntries(
      Object.entries(element).map(([path, bytes]) => [`js/${path}`, Buffer.concat([Buffer.from(NOTICE), bytes])]),
    ),
    ...client,
    "NOTICES.txt": Buffer.from(notices),
  };
}

/** Builds the package of the element in a folder, ready for `npm pack`. Links in its figures lead to the site at `home`. */
export async function buildElementPackage(root: string, folder: string, home: string): Promise<void> {
  const files = await scriptFiles(root, home);
  files["package.json"] = jsonBytes(packageJson(manifest.version));
  await rm(folder, {recursive: true, force: true});
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), {recursive: true});
    await writeFile(join(folder, path), bytes);
  }
  const sources = join(root, "src/embed/packages/element");
  await copyFile(join(root, "LICENSE"), join(folder, "LICENSE"));
  for (const file of ["index.d.ts", "frame.d.ts", "README.md", "CHANGELOG.md"])
    await copyFile(join(sources, file), join(folder, file));
}
