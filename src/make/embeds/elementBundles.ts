import {readFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import type {Plugin as EsbuildPlugin} from "esbuild";
import {type Plugin, rolldown} from "rolldown";
import {type Packages, recordPages} from "../licenses/recordPackages.ts";
import {bundleText, type Files, inlineSheet, publicEnv} from "./bundle.ts";

/** The script of a page that holds our frames, which gives each frame the height it asks for. */
export async function hostScript(root: string): Promise<Files> {
  const text = await bundleText(root, 'import "./make/embeds/host-entry.ts";', {format: "iife"});
  return {"lora-embed.js": Buffer.from(text)};
}

/** Files imported as text, as Vite does it: `names.txt?raw` and `foreign.css?inline`. */
const asText = (root: string): Plugin => ({
  name: "files as text",
  resolveId: (path: string, from: string | undefined) =>
    /\?(raw|inline)$/.test(path) && from ? join(dirname(from), path) : undefined,
  async load(id: string) {
    const [path = "", kind] = id.split("?");
    if (kind !== "raw" && kind !== "inline") return undefined;
    const text = kind === "raw" ? await readFile(path, "utf8") : await inlineSheet(root, path);
    return {code: `export default ${JSON.stringify(text)};`, moduleType: "js" as const};
  },
});

/** On the page, models are needed only where no worker can start, so they come from the file that the worker has. */
const modelsBeside = (file: string): Plugin => ({
  name: "the models are the worker's",
  resolveId: (path) => (path.endsWith("/widgets/models.ts") ? {id: `./${file}`, external: true} : undefined),
});

/** What our own pages load later of a figure: by its file, what that exports. */
const later = {"./full.ts": "default", "./player.ts": "player"} as const;

/** A figure on a foreign page is at full size from the start, so what only that size shows comes with it, in one request. */
const wholeFigures: Plugin = {
  name: "figures are whole",
  transform(code, id) {
    if (!/\/src\/widgets\/\w+\/widget\.ts$/.test(id)) return undefined;
    return Object.entries(later).reduce((whole, [file, name]) => {
      const imported = `import("${file}")`;
      if (!whole.includes(imported)) return whole;
      const here = `${name}OfFigure`;
      const given = whole.replace(imported, `Promise.resolve({${name}: ${here}})`);
      return `import {${name} as ${here}} from "${file}";\n${given}`;
    }, code);
  },
};

/**
 * What the first figure of a page loads comes in few files, because each costs a round trip, and most cost another for what they
 * import in turn: what the entry needs, the shell with all that figures draw and say, and what several widgets compute with.
 */
const groups = [
  {
    name: "lora-start",
    tags: ["$initial" as const],
    test: (id: string) => !/\/(element|package)-entry\.ts$/.test(id),
    priority: 3,
  },
  {name: "lora-shell", test: /\/src\/(shell\/(?!take\/)|figures\/|markup\/)|\/node_modules\//, priority: 2},
  {name: "lora-engine", test: /\/(src|content)\//, minShareCount: 2, priority: 1},
];

const MODELS = "lora-models";

interface Way {
  plugins?: Plugin[];
  /** How modules are put into files. */
  split?: object | false;
  /** Constants besides those of every build. */
  define?: Readonly<Record<string, string>>;
  /** Comments that tell another bundler what to leave alone are kept. */
  isBundledAgain?: boolean;
  /** Receives the packages whose code is in the files. */
  packages?: Packages;
}

/** Modules that share files. Entries keep their names, but for the models, which only our own files ask for; the others have a hash in theirs. */
async function modules(root: string, entries: Readonly<Record<string, string>>, way: Way = {}): Promise<Files> {
  const {plugins = [], split = {}, define = {}, isBundledAgain = false, packages} = way;
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)]));
  const transform = {target: "es2022", define: {...publicEnv(), ...define}};
  const bundle = await rolldown({
    cwd: root,
    input,
    platform: "browser",
    transform,
    plugins: [asText(root), ...plugins, recordPages(root, packages)],
    // Our own pages load later what is part of the shell here.
    checks: {ineffectiveDynamicImport: false},
  });
  const {output} = await bundle.generate({
    format: "esm",
    minify: true,
    comments: isBundledAgain && {annotation: true, legal: false, jsdoc: false},
    entryFileNames: ({name}) => (name === MODELS ? "[name]-[hash].js" : "[name].js"),
    chunkFileNames: "[name]-[hash].js",
    codeSplitting: split,
  });
  await bundle.close();
  return Object.fromEntries(
    output.map((file) => [file.fileName, Buffer.from(file.type === "chunk" ? file.code : file.source)]),
  );
}

/** The element for foreign pages: one small module, with the shell and each widget in files of their own; and its worker. */
export async function elementScripts(root: string): Promise<Files> {
  const entries = {"lora-worker": "src/widgets/worker.ts", [MODELS]: "src/widgets/models.ts"};
  return besideModels(root, await modules(root, entries), "src/make/embeds/element-entry.ts");
}

/**
 * The same for a package whose links lead to the site `home`. Bundlers copy a worker's file and leave its imports where they
 * were, so this worker is one file with all models; a page on which no worker starts loads its models one by one.
 */
export async function packagedElement(root: string, home: string, packages: Packages): Promise<Files> {
  const way = {define: {"import.meta.env.PUBLIC_HOME": JSON.stringify(home)}, isBundledAgain: true, packages};
  const worker = await modules(root, {"lora-worker": "src/widgets/worker.ts"}, {split: false, packages});
  const models = await modules(root, {[MODELS]: "src/widgets/models.ts"}, {packages});
  return besideModels(root, {...worker, ...models}, "src/make/embeds/package-entry.ts", way);
}

/** The element with the files of its models and its worker. */
async function besideModels(root: string, computing: Files, entry: string, way: Way = {}): Promise<Files> {
  const models = modelsBeside(Object.keys(computing).find((path) => path.startsWith(MODELS))!);
  const element = await modules(
    root,
    {"lora-widget": entry},
    {plugins: [models, wholeFigures], split: {groups}, ...way},
  );
  return {...computing, ...element};
}

/** The notebooks' module imports the element from the file next to it, so that a page loads it once for both. */
const elementBeside: EsbuildPlugin = {
  name: "the element is next to it",
  setup(esbuild) {
    esbuild.onResolve({filter: /\/element-entry\.ts$/}, () => ({path: "./lora-widget.js", external: true}));
  },
};

/** The module that shows the element in notebooks. A copy of it finds the site by `home`, its root. */
export async function notebookModule(root: string, home = ""): Promise<Files> {
  const text = await bundleText(root, 'export {default} from "./make/embeds/anywidget-entry.ts";', {
    format: "esm",
    plugins: [elementBeside],
    define: {...publicEnv(), "import.meta.env.PUBLIC_HOME": JSON.stringify(home)},
  });
  return {"lora.anywidget.mjs": Buffer.from(text)};
}
