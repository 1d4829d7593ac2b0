// What the budgets say of time, measured here and now. A line over its bar is marked and nothing more: machines differ.
// `npm run bench -- engine` leaves the site out.
import {join} from "node:path";
import {serve} from "../browser/serve.ts";
import {drag} from "./drag.ts";
import {engine} from "./engine.ts";
import {versions} from "./peers.ts";
import {play} from "./play.ts";
import {build, start, weights} from "./site.ts";
import {table} from "./table.ts";

const lines = await engine();
if (process.argv[2] !== "engine") {
  lines.push(...build(), ...weights());
  const site = await serve({root: join(new URL("../..", import.meta.url).pathname, "dist")});
  lines.push(...(await drag(site.origin)));
  lines.push(...(await play(site.origin)));
  await site.close();
  lines.push(...(await start()));
}
process.stdout.write(`\n${table(lines)}\n\n${versions()}\n`);
