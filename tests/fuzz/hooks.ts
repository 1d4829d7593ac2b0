/** Lets Node run the site's modules as they stand, for a process that wants its own heap and clock: what Vite does for them. */
import {globSync, readFileSync} from "node:fs";
import {registerHooks} from "node:module";
import {fileURLToPath} from "node:url";

const read = (url: string) => readFileSync(fileURLToPath(url), "utf8");

/** `import.meta.glob`, as far as it is asked for: whole files at once, as data or as text. */
function glob(from: string, patterns: string | readonly string[], {query}: {query?: string}) {
  const all = [patterns].flat();
  const folder = fileURLToPath(new URL(".", from));
  const find = (list: readonly string[]) => list.flatMap((pattern) => globSync(pattern, {cwd: folder}));
  const left = new Set(find(all.filter((one) => one.startsWith("!")).map((one) => one.slice(1))));
  const files = find(all.filter((one) => !one.startsWith("!"))).filter((file) => !left.has(file));
  return Object.fromEntries(
    files.sort().map((file) => {
      const text = read(new URL(file, from).href);
      return [file, query === "?raw" ? text : JSON.parse(text)];
    }),
  );
}

Object.assign(globalThis, {globOfVite: glob});

registerHooks({
  load(url, context, next) {
    const [path = url, query] = url.split("?");
    const module = (source: string) => ({format: "module" as const, source, shortCircuit: true});
    if (query === "raw" || query === "inline") return module(`export default ${JSON.stringify(read(path))};`);
    if (path.includes("/node_modules/")) return next(url, context);
    if (path.endsWith(".json")) {
      // Some import a file's parts by their names.
      const names = Object.keys(JSON.parse(read(path))).filter(
        (name) => /^[A-Za-z]\w*$/.test(name) && name !== "default",
      );
      const parts = names.map((name) => `const _${name} = data.${name}; export {_${name} as ${name}};`);
      return module(`const data = ${read(path)}; ${parts.join(" ")} export default data;`);
    }
    const loaded = next(url, context);
    if (!path.endsWith(".ts")) return loaded;
    const source = String(loaded.source)
      .replace(/import\.meta\.glob(?:<\w+>)?\(/g, "globalThis.globOfVite(import.meta.url, ")
      .replaceAll("import.meta.env", "({})");
    return {...loaded, source};
  },
});
