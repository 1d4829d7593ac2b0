// `npm run release -- 0.2.0 URL` makes a version for the site at URL: checks everything, writes the version and the changelogs,
// builds the site and packs the packages. It publishes nothing and commits nothing.
import {checkRelease, makeVersion, nextSteps, ReleaseRefusal, readRequest} from "./makeVersion.ts";

const root = new URL("../../..", import.meta.url).pathname;

try {
  const request = readRequest(process.argv.slice(2), process.env);
  checkRelease(root, request);
  makeVersion(root, request);
  process.stdout.write(nextSteps(request));
} catch (error) {
  if (!(error instanceof ReleaseRefusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
