// npm run doctor -- https://example.org/lora/: visits a deployed site and says what to fix. The address may be that of a
// page, or of a host whose site lies below: the doctor looks for the root, and says which one it found.
import {examine} from "./examine.ts";
import {fetchSite} from "./fetchSite.ts";
import type {Finding} from "./finding.ts";

const address = process.argv[2];
if (address === undefined || !/^https?:\/\//.test(address) || !URL.canParse(address)) {
  process.stderr.write("npm run doctor -- https://example.org/lora/ (the address of the site’s root)\n");
  process.exit(2);
}

const findings = examine(await fetchSite(address));
const width = Math.max(...findings.map(({about}) => about.length));
const line = ({verdict, about, what, mend}: Finding) =>
  [`${verdict.padEnd(5)} ${about.padEnd(width)}  ${what}`, ...(mend ? [`${" ".repeat(width + 8)}→ ${mend}`] : [])].join(
    "\n",
  );
const count = (verdict: Finding["verdict"]) => findings.filter((one) => one.verdict === verdict).length;

process.stdout.write(
  `${findings.map(line).join("\n")}\n\n${count("ok")} ok, ${count("warn")} to consider, ${count("fail")} to mend\n`,
);
process.exit(count("fail") > 0 ? 1 : 0);
