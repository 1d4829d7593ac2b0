/** Bundles scripts for pages that Astro does not write, with Vite. */
import {relative, resolve} from "node:path";
import type {Plugin as StylePlugin} from "postcss";
import {build, type Plugin, type Rolldown} from "vite";
import manifest from "../../../package.json" with {type: "json"};
import {browserTargets} from "../../site/guard/browsers.ts";
import {type Packages, recordPages} from "../../site/licenses/recordPackages.ts";

/** Files by path. */
export type Files = Record<string, Uint8Array>;

/** Constants that a build writes into the code of pages, of this site and of others. */
export const publicEnv = () => ({
  "import.meta.env.PUBLIC_PROBE": JSON.stringify(process.env.PROBE === "1" ? "1" : ""),
  "import.meta.env.PUBLIC_VERSION": JSON.stringify(manifest.version),
});

/** Lengths in rem as pixels, at the 16 px that browsers give a page. */
const inPixels = (text: string): string =>
  text.replace(/(\d*\.?\d+)rem\b/g, (_, rem) => `${Number((rem * 16).toFixed(3))}px`);

/** Writes lengths in pixels, because a foreign page may have any font size at its root: at 62.5% a figure would be unreadable. */
const remToPixels: StylePlugin = {
  postcssPlugin: "rem to px",
  OnceExit(sheet) {
    sheet.walkDecls((declaration) => {
      declaration.value = inPixels(declaration.value);
    });
    sheet.walkAtRules((rule) => {
      rule.params = inPixels(rule.params);
    });
  },
};

/** Replaces the text of modules, given by their paths from the root. */
const withTexts = (root: string, texts: Readonly<Record<string, string>>): Plugin => ({
  name: "modules with another text",
  enforce: "pre",
  load: (id) => texts[relative(root, id)],
});

/** How a bundle is made. */
export interface BundleOptions {
  /** A classic script in one piece, or modules. */
  format: "iife" | "es";
  /** Other texts for modules, by their paths from the root. */
  texts?: Readonly<Record<string, string>>;
  /** Constants besides the ones that every build has. */
  define?: Readonly<Record<string, string>>;
  plugins?: Plugin[];
  output?: Rolldown.OutputOptions;
  /** Receives the packages whose code is in the files. */
  packages?: Packages;
}

/** Bundles these entries (paths from the root, by the names of their files) → their scripts and what those load, by path. */
export async function bundle(
  root: string,
  entries: Readonly<Record<string, string>>,
  {format, texts = {}, define = {}, plugins = [], output = {}, packages}: BundleOptions,
): Promise<Files> {
  const [outputs] = (await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: "warn",
    define: {...publicEnv(), ...(format === "iife" && {"import.meta.url": "undefined"}), ...define},
    plugins: [withTexts(root, texts), ...plugins, recordPages(root, packages)],
    css: {postcss: {plugins: [remToPixels]}},
    build: {
      write: false,
      target: browserTargets,
      lib: {
        entry: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, resolve(root, path)])),
        formats: [format],
        name: "lora",
      },
      rolldownOptions: {
        // Our modules do nothing when they load, except entries.
        treeshake: {moduleSideEffects: [{test: /\/src\/(?!.*-entry\.ts$)/, sideEffects: false}]},
        // What our own pages load later is in the same file here.
        checks: {ineffectiveDynamicImport: false},
        output: {entryFileNames: "[name].js", minify: true, comments: false, ...output},
      },
    },
  })) as Rolldown.RolldownOutput[];
  return Object.fromEntries(
    outputs!.output.map((file) => [file.fileName, Buffer.from(file.type === "chunk" ? file.code : file.source)]),
  );
}
