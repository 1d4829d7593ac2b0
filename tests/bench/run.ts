// What the quality bars say of time, measured here and now. A line over its bar is marked and nothing more: machines differ.
// `npm run bench -- engine` leaves the site out; with `--chromium` the engine runs in a page and not in Node.
// `npm run bench -- lighthouse` looks at a page of each kind, as built, with Lighthouse; `-- lighthouse /review/` at that one.
import {join} from "node:path";
import {compile} from "../../src/make/scripts/kernels.ts";
import {serve} from "../browser/serve.ts";
import {engineInChromium} from "./chromium.ts";
import {engine} from "./engine.ts";
import {loadPeers, versions} from "./load.ts";
import {drag} from "./pages/drag.ts";
import {inspectPage} from "./pages/inspect.ts";
import {labPage} from "./pages/lab.ts";
import {lighthouse} from "./pages/lighthouse.ts";
import {play} from "./pages/play.ts";
import {build, start} from "./site.ts";
import {table} from "./table.ts";

const asked = process.argv.slice(2);
const dist = join(new URL("../..", import.meta.url).pathname, "dist");
if (asked.includes("lighthouse")) {
  build();
  process.stdout.write(`\n${await lighthouse(dist, asked)}\n`);
  process.exit();
}

const peak = new Uint8Array(await compile([new URL("peak.as.ts", import.meta.url).pathname]));
const {lines, host} = asked.includes("--chromium")
  ? await engineInChromium(peak)
  : {lines: await engine(await loadPeers(), peak), host: `node ${process.version}`};
if (!asked.includes("engine")) {
  lines.push(...build());
  const site = await serve({root: dist});
  lines.push(...(await drag(site.origin)));
  lines.push(...(await play(site.origin)));
  lines.push(...(await labPage(site.origin)), ...(await inspectPage(site.origin)));
  await site.close();
  lines.push(...(await start()));
}
process.stdout.write(`\n${table(lines)}\n\n${versions(host)}\n`);
