// `npm run release -- 0.2.0 URL` makes a version for the site at URL: checks everything, writes the version and the changelogs,
// builds the site and packs the packages. It publishes nothing and commits nothing.
import {askedFor, check, makeVersion, ReleaseRefusal, whatIsLeft} from "./makeVersion.ts";

const root = new URL("../../..", import.meta.url).pathname;

try {
  const asked = askedFor(process.argv.slice(2), process.env);
  check(root, asked);
  makeVersion(root, asked);
  process.stdout.write(whatIsLeft(asked));
} catch (error) {
  if (!(error instanceof ReleaseRefusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
