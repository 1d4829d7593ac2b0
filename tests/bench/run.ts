// What the quality bars say of time, measured here and now. A line over its bar is marked and nothing more: machines differ.
// `npm run bench -- engine` leaves the site out.
// `npm run bench -- lighthouse` looks at a page of each kind, as built, with Lighthouse; `-- lighthouse /review/` at that one.
import {join} from "node:path";
import {serve} from "../browser/serve.ts";
import {denseSvd, lowRankRoute} from "./decompose.ts";
import {drag} from "./drag.ts";
import {inspect} from "./inspect.ts";
import {lighthouse} from "./lighthouse.ts";
import {loadPeers, versions} from "./load.ts";
import {multiply} from "./multiply.ts";
import {build, start} from "./site.ts";
import {table} from "./table.ts";
import {training} from "./training.ts";

const asked = process.argv.slice(2);
const dist = join(new URL("../..", import.meta.url).pathname, "dist");
if (asked.includes("lighthouse")) {
  build();
  process.stdout.write(`\n${await lighthouse(dist, asked)}\n`);
  process.exit();
}

// The engine's speed, measured against the peers in this one process.
const peers = await loadPeers();
const lines = [
  ...(await multiply(peers)),
  ...(await training(peers)),
  ...denseSvd(peers),
  ...lowRankRoute(),
  ...(await inspect()),
];
if (!asked.includes("engine")) {
  lines.push(...build());
  const site = await serve({root: dist});
  lines.push(...(await drag(site.origin)));
  await site.close();
  lines.push(...(await start()));
}
process.stdout.write(`\n${table(lines)}\n\n${versions(`node ${process.version}`)}\n`);
