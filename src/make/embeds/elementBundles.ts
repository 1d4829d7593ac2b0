import {join} from "node:path";
import {build, type Plugin} from "esbuild";
import {bundleText, type Files, optionsFor, publicEnv} from "./bundle.ts";

/** The script of a page that holds our frames, which gives each frame the height it asks for. */
export async function hostScript(root: string): Promise<Files> {
  const text = await bundleText(root, 'import "./make/embeds/host-entry.ts";', {format: "iife"});
  return {"lora-embed.js": Buffer.from(text)};
}

/**
 * The element for foreign pages: one small module, with the shell, each widget and each model in chunks of their own, and its
 * worker.
 */
export async function elementScripts(root: string): Promise<Files> {
  const {outputFiles} = await build(
    optionsFor(root, {
      entryPoints: {
        "lora-widget": join(root, "src/make/embeds/element-entry.ts"),
        "lora-worker": join(root, "src/widgets/worker.ts"),
      },
      format: "esm",
      splitting: true,
      chunkNames: "[name]-[hash]",
    }),
  );
  const outdir = join(root, "v1/");
  return Object.fromEntries(outputFiles.map(({path, contents}) => [path.slice(outdir.length), contents]));
}

/** The notebooks' module imports the element from the file next to it, so that a page loads it once for both. */
const elementBeside: Plugin = {
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
