// Asks npm for known faults of the packages in package-lock.json. Part of `npm run test:all`: the answer changes without a commit.
import {spawnSync} from "node:child_process";

/** The part of what `npm audit --json` prints that is read here. */
interface Audit {
  vulnerabilities?: Record<string, {name: string; severity: string; via: readonly (string | {title: string})[]}>;
  message?: string;
}

/** From which severity on a known fault stops a release. Everything here runs on a developer's machine or when building. */
const grave = ["high", "critical"];

/** What an audit found, one sentence each, and whether it stops a release. What npm printed may be no JSON at all. */
export function readAudit(printed: string): {lines: string[]; isWell: boolean} {
  let audit: Audit = {};
  try {
    audit = JSON.parse(printed) as Audit;
  } catch {
    // The next lines say it.
  }
  const {vulnerabilities: found} = audit;
  if (!found) {
    // The reason names the registry's address, which is nobody's business here.
    const reason = audit.message?.replace(/\W*https?:\/\/\S+\W*/, "").trim() ?? "npm said nothing";
    return {
      lines: [`Not checked, because no registry answered (${reason}). Ask again from another network.`],
      isWell: true,
    };
  }
  const faults = Object.values(found).filter(({via}) => via.some((cause) => typeof cause !== "string"));
  const lines = faults.map(({name, severity, via}) => {
    const titles = via.flatMap((cause) => (typeof cause === "string" ? [] : [cause.title]));
    return `${severity}: ${name}: ${[...new Set(titles)].join("; ")}`;
  });
  const isWell = !faults.some(({severity}) => grave.includes(severity));
  return {lines: lines.length ? lines : ["No known faults."], isWell};
}

if (process.argv[1] === import.meta.filename) {
  const {stdout} = spawnSync("npm audit --json", {shell: true, encoding: "utf8", timeout: 120_000});
  const {lines, isWell} = readAudit(stdout ?? "");
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exit(isWell ? 0 : 1);
}
