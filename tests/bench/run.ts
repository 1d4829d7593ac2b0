// What the budgets say of time, measured here and now. A line over its bar is marked and nothing more: machines differ.
import {join} from "node:path";
import {serve} from "../browser/serve.ts";
import {drag} from "./drag.ts";
import {engine} from "./engine.ts";
import {build, start, weights} from "./site.ts";
import {table} from "./table.ts";

const lines = [...build(), ...weights(), ...engine()];
const site = await serve({root: join(new URL("../..", import.meta.url).pathname, "dist")});
lines.push(...(await drag(site.origin)));
await site.close();
lines.push(...(await start()));
process.stdout.write(`\n${table(lines)}\n`);
