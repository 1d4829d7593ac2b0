import {satteri} from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import {defineConfig} from "astro/config";
import {downloads} from "./src/build/downloads.ts";
import {elements} from "./src/build/elements.ts";
import {fonts} from "./src/build/fonts.ts";
import {mathPlugin} from "./src/build/math.ts";
import {searchIndex} from "./src/build/search/searchIndex.ts";

/** A chunk of the engine alone, or of who lends its kernels, says so in its name: the budget counts the engine once. */
const chunkName = ({moduleIds}: {moduleIds: readonly string[]}) =>
  moduleIds.length > 0 && moduleIds.every((id) => /\/src\/(engine\/|widgets\/kernels\.ts)/.test(id))
    ? "_astro/engine-[name].[hash].js"
    : "_astro/[name].[hash].js";

/**
 * What keeps runs stands beside the gate of parameters, which every page with a widget has: a chunk of its own would be
 * as large as what is in it.
 */
const keeping = {name: "controls", test: /\/src\/(widgets\/(parse|controls|kept|changes)|figures\/shelf)\.ts$/};

export default defineConfig({
  site: process.env.SITE ?? "http://localhost:4321",
  base: process.env.BASE ?? "/",
  output: "static",
  trailingSlash: "always",
  compressHTML: true,
  devToolbar: {enabled: false},
  build: {format: "directory", inlineStylesheets: "never"},
  markdown: {processor: satteri({features: {math: true, headingAttributes: true}, hastPlugins: [mathPlugin]})},
  integrations: [fonts(), mdx(), elements(), downloads(), searchIndex()],
  vite: {
    build: {assetsInlineLimit: 0},
    worker: {format: "es", rolldownOptions: {output: {chunkFileNames: chunkName}}},
    environments: {
      client: {build: {rolldownOptions: {output: {chunkFileNames: chunkName, codeSplitting: {groups: [keeping]}}}}},
    },
  },
});
