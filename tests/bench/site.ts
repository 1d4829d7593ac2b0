import {spawn, spawnSync} from "node:child_process";
import type {Line} from "./table.ts";

const root = new URL("../..", import.meta.url).pathname;
const seconds = (since: number) => (performance.now() - since) / 1000;

export function build(): Line[] {
  const start = performance.now();
  const {status, stderr} = spawnSync("astro", ["build"], {cwd: root, encoding: "utf8"});
  if (status !== 0) throw new Error(`bench: the build broke\n${stderr}`);
  return [{what: "production build", value: seconds(start), unit: "s", bar: 60}];
}

/** From `npm start` to the first byte of the home page; the process and its server end afterwards. */
export async function start(): Promise<Line[]> {
  const begun = performance.now();
  const child = spawn("npm", ["start"], {cwd: root, stdio: "ignore", detached: true});
  const end = () => child.pid && process.kill(-child.pid, "SIGTERM");
  try {
    while (seconds(begun) < 120) {
      const answer = await fetch("http://localhost:4321/").catch(() => undefined);
      if (answer?.ok)
        return [{what: "npm start to the first page, packages there", value: seconds(begun), unit: "s", bar: 90}];
      if (child.exitCode !== null) throw new Error("bench: npm start ended early; is port 4321 free?");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("bench: npm start gave no page in 120 s");
  } finally {
    if (child.exitCode === null) end();
  }
}
