/** Builds the pages of three frameworks with their own tools into the folder named on the command line. */
import {resolve} from "node:path";
import {svelte} from "@sveltejs/vite-plugin-svelte";
import react from "@vitejs/plugin-react";
import vue from "@vitejs/plugin-vue";
import {build} from "vite";

const out = resolve(process.argv[2]);
const here = import.meta.dirname;
const isCustomElement = (tag) => tag === "lora-widget";
const plugins = {
  react: [react()],
  vue: [vue({template: {compilerOptions: {isCustomElement}}})],
  svelte: [svelte({configFile: false})],
};

for (const [name, own] of Object.entries(plugins))
  await build({
    root: resolve(here, name),
    base: "./",
    configFile: false,
    logLevel: "error",
    plugins: own,
    build: {outDir: resolve(out, name), emptyOutDir: true, target: "es2022"},
  });
