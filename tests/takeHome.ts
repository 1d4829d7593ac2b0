// Writes runs of the lab as a reader takes them home, each with the logits the engine has for it:
// node tests/takeHome.ts FOLDER, then python3 tests/fixtures/forward.py FOLDER
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {createViteServer} from "vitest/node";
import type {takenHome} from "./fixtures/takenHome.ts";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("takeHome: name a folder to write into");
mkdirSync(folder, {recursive: true});
// The lab loads its weights and word lists as a bundler does.
const server = await createViteServer({
  root: new URL("..", import.meta.url).pathname,
  configFile: false,
  appType: "custom",
  logLevel: "error",
  server: {middlewareMode: true, ws: false, watch: null},
});
const made = (await server.ssrLoadModule("/tests/fixtures/takenHome.ts")) as {takenHome: typeof takenHome};
for (const {name, archive, expected} of await made.takenHome()) {
  writeFileSync(join(folder, `${name}.zip`), archive);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(expected));
  process.stdout.write(`${name}: ${archive.length} bytes, logits of ${expected.texts.length} texts\n`);
}
await server.close();
