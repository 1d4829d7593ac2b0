/** The bundles of the element: for foreign pages, for the package and for notebooks. */
import type {Plugin} from "vite";
import type {Packages} from "../../site/licenses/recordPackages.ts";
import {type BundleOptions, bundle, type Files} from "./bundle.ts";

/** The script of a page that holds our frames, which gives each frame the height it asks for. */
export const hostScript = (root: string): Promise<Files> =>
  bundle(root, {"lora-embed": "src/embed/bundles/host-entry.ts"}, {format: "iife"});

/** Leaves out a module, given by the end of its path, that is a file beside the bundle. */
const externalFile = (end: string, file: string): Plugin => ({
  name: `${file} is beside the bundle`,
  enforce: "pre",
  resolveId: (path) => (path.endsWith(end) ? {id: `./${file}`, external: true} : undefined),
});

/**
 * The files of the element. They are few, because each costs a round trip, and most cost another for what they import: what the
 * entry needs, what all figures draw and say with (src/figure), what several figures compute with, and each figure whole, because
 * on a foreign page a figure is at full size from the start.
 */
const chunkGroups = [
  {
    name: "lora-start",
    tags: ["$initial" as const],
    test: (id: string) => !/\/(element|package)-entry\.ts$/.test(id),
    priority: 3,
  },
  {
    name: "lora-shell",
    test: /\/src\/figure\/(?!styles\/|(export|share)\/(?!escape\.ts))|\/node_modules\//,
    priority: 2,
  },
  {name: "lora-engine", test: /\/(src|content)\//, minShareCount: 2, priority: 1},
  {
    debugName: "widgets",
    name: (id: string) => `widget-${/\/figures\/(\w+)\//.exec(id)![1]}`,
    test: /\/src\/figures\/\w+\/(widget|player)\.ts$/,
    priority: 0,
  },
];

/** The names of the worker's file and of the file with all models. */
const WORKER = "lora-worker";
const MODELS = "lora-models";
const hashedNames = {entryFileNames: "[name]-[hash].js"};

/** The element for foreign pages, with its worker: one small module, and further files for what it loads. */
export async function elementScripts(root: string): Promise<Files> {
  const entries = {[WORKER]: "src/figures/worker.ts", [MODELS]: "src/figures/models.ts"};
  // The names have a hash, so that an element which a browser kept from before a deploy asks for the worker of its own version.
  const workerFiles = await bundle(root, entries, {format: "es", output: hashedNames});
  return withElement(root, workerFiles, "src/embed/bundles/element-entry.ts", {format: "es"});
}

/**
 * The element for a package whose links lead to the site `home`. Bundlers copy a worker's file and leave its imports where they
 * were, so this worker is one file with all models; a page on which no worker starts loads its models one by one.
 */
export async function packagedElement(root: string, home: string, packages: Packages): Promise<Files> {
  const options = {format: "es", packages} as const;
  const worker = await bundle(root, {[WORKER]: "src/figures/worker.ts"}, {...options, output: {codeSplitting: false}});
  const models = await bundle(root, {[MODELS]: "src/figures/models.ts"}, {...options, output: hashedNames});
  return withElement(root, {...worker, ...models}, "src/embed/bundles/package-entry.ts", {
    ...options,
    define: {"import.meta.env.PUBLIC_HOME": JSON.stringify(home)},
    // Comments that tell another bundler what to leave alone are kept.
    output: {comments: {annotation: true, legal: false, jsdoc: false}},
  });
}

/** The element with the files of its worker and of its models, which a page itself needs only where no worker can start. */
async function withElement(root: string, workerFiles: Files, entry: string, options: BundleOptions): Promise<Files> {
  const fileOf = (name: string) => Object.keys(workerFiles).find((path) => path.startsWith(name))!;
  const element = await bundle(
    root,
    {"lora-widget": entry},
    {
      ...options,
      define: {...options.define, "import.meta.env.PUBLIC_WORKER": JSON.stringify(`./${fileOf(WORKER)}`)},
      plugins: [externalFile("/figures/models.ts", fileOf(MODELS))],
      output: {...options.output, codeSplitting: {groups: chunkGroups}},
    },
  );
  return {...workerFiles, ...element};
}

/** The module that shows the element in notebooks, from the file next to it. A copy of it finds the site by `home`, its root. */
export const notebookModule = (root: string, home = ""): Promise<Files> =>
  bundle(
    root,
    {"lora.anywidget": "src/embed/bundles/anywidget-entry.ts"},
    {
      format: "es",
      plugins: [externalFile("/element-entry.ts", "lora-widget.js")],
      define: {"import.meta.env.PUBLIC_HOME": JSON.stringify(home)},
      output: {entryFileNames: "[name].mjs", codeSplitting: false},
    },
  );
