import {type Check, fail, ok, warn} from "./finding.ts";

/** "a, b and 3 more". */
const some = (paths: readonly string[]): string =>
  paths.length <= 3 ? paths.join(", ") : `${paths.slice(0, 2).join(", ")} and ${paths.length - 2} more`;

/** Pages that are open ask for files of their own version, which the site lists. */
export const generation: Check = ({kept}) => {
  const about = "files with a hash";
  if (!kept)
    return [
      warn(about, "no generation.json", "Upload it too: the next npm run keep reads there what to leave in place."),
    ];
  const {listed, former, missing} = kept;
  if (missing.length > 0)
    return [
      fail(about, `missing: ${some(missing)}`, "Upload all of the built folder, names and letter case as they are."),
    ];
  const before = former
    ? `and ${former} of earlier versions, for pages that still ask for them`
    : "and none of earlier versions, which npm run keep adds to a build";
  return [ok(about, `all ${listed} are there, ${before}`)];
};

/** Pages that pin a version load exactly these bytes, or nothing. */
export const pinned: Check = ({kept}) =>
  (kept?.pinned ?? []).map(({version, needs, missing, changed}) => {
    const about = `version ${version}`;
    if (changed.length > 0)
      return fail(
        about,
        `not the bytes of its integrity: ${some(changed)}`,
        "Pages that pin it show no figure. Serve the files as they were built, and let no proxy change them.",
      );
    return missing.length > 0
      ? fail(about, `missing: ${some(missing)}`, "Pages that pin it need them: run npm run keep before each deploy.")
      : ok(about, `its integrity holds, and the ${needs} files it loads are there`);
  });
