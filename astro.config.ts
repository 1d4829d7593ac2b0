import {satteri} from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import {defineConfig} from "astro/config";
import {elements} from "./src/build/elements.ts";
import {fonts} from "./src/build/fonts.ts";
import {mathPlugin} from "./src/build/math.ts";

export default defineConfig({
  site: process.env.SITE ?? "http://localhost:4321",
  base: process.env.BASE ?? "/",
  output: "static",
  trailingSlash: "always",
  compressHTML: true,
  devToolbar: {enabled: false},
  build: {format: "directory", inlineStylesheets: "never"},
  markdown: {processor: satteri({features: {math: true, headingAttributes: true}, hastPlugins: [mathPlugin]})},
  integrations: [fonts(), mdx(), elements()],
  vite: {
    build: {
      assetsInlineLimit: 0,
      // A model is a page's last resort, for where no worker starts: no widget carries the list of what it needs.
      modulePreload: {resolveDependencies: (file, needed) => (/\/model\.[^/]*$/.test(file) ? [] : needed)},
    },
    worker: {format: "es"},
  },
});
