/** Builds the site and serves it on this machine: `npm start`. */
import {spawn, spawnSync} from "node:child_process";
import {isPortFree} from "./port.ts";

const port = 4321;
const options = {stdio: "inherit", shell: process.platform === "win32"} as const;

if (!(await isPortFree(port))) {
  process.stderr.write(`Port ${port} is taken: stop what listens there, then run npm start again.\n`);
  process.exit(1);
}
const build = spawnSync("astro", ["build"], options);
if (build.status !== 0) process.exit(build.status ?? 1);

const base = process.env.BASE ?? "/";
process.stdout.write(`\nThe whole site: http://localhost:${port}${base} (Ctrl+C stops it)\n`);
const server = spawn("astro", ["preview", "--port", String(port)], options);
server.on("exit", (code) => process.exit(code ?? 0));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));
