import {type Check, fail, ok, warn} from "./finding.ts";

/** Which site was found from the address that was given. */
export const root: Check = ({given, home, isFound}) => {
  if (!isFound)
    return [
      fail(
        "root",
        `no page of this site at ${given}, above it, or where its links lead`,
        "Give the doctor the address of the folder that holds the site’s index.html. If this is it, upload all of the built folder.",
      ),
    ];
  return given === home ? [] : [ok("root", `${home}, found from ${given}`)];
};

/** What to do about a file that is not served with status 200. */
function remedy(status: number): string {
  if (status === 0) return "Check the address, and that the host answers.";
  return status >= 300 && status < 400
    ? "Give the doctor that address."
    : "Upload all of the built folder, names and letter case as they are.";
}

export const answering: Check = ({homePage, answers}) => {
  /** Missing in a portable build that does not know its address, and in older versions of the site. */
  const optional = ["oEmbed", "widgets’ list", "notebook module", "sitemap", "sitemap’s pages", "robots", "feed"];
  const special = ["chapter without its slash", "wrong address", "missing script"];
  return Object.entries(answers)
    .filter(([name]) => !special.includes(name))
    .map(([name, {status, address, headers, text}]) => {
      if (status === 200) return ok(name, `answers 200`);
      const why =
        status === 0 ? `no answer (${text})` : `answers ${status}${headers.location ? `, to ${headers.location}` : ""}`;
      const isMissing = optional.includes(name) && homePage.isPortable && !homePage.canonical;
      return isMissing
        ? ok(name, "absent, as in a portable build without SITE")
        : fail(name, `${why}: ${address}`, remedy(status));
    });
};

export const base: Check = ({home, homePage}) => {
  const path = new URL(home).pathname;
  if (!homePage.isOurs)
    return [fail("base", "the home page is none of this site’s", "Upload the built folder’s own index.html.")];
  if (homePage.isPortable) return [ok("base", "links are relative: any folder will do")];
  return homePage.root === path
    ? [ok("base", `built for ${path}`)]
    : [
        fail(
          "base",
          `built for ${homePage.root}, served at ${path}`,
          `Build again with BASE=${path}, or npm run build:portable.`,
        ),
      ];
};

export const address: Check = ({home, homePage}) => {
  if (homePage.canonical === home) return [ok("canonical", home)];
  const {origin, pathname} = new URL(home);
  if (homePage.canonical === undefined && homePage.isPortable)
    return [ok("canonical", "none, as in a portable build without SITE")];
  return [
    fail("canonical", `names ${homePage.canonical ?? "nothing"}`, `Build again with SITE=${origin} BASE=${pathname}.`),
  ];
};

export const wrongAddress: Check = ({homePage, answers}) => {
  const answer = answers["wrong address"];
  if (!answer) return [];
  if (answer.status !== 404)
    return [
      fail(
        "wrong address",
        `answers ${answer.status}, not 404`,
        "Tell the host that 404.html is the page for errors; no rule may send every address to index.html.",
      ),
    ];
  if (/There is no page here/.test(answer.text)) return [ok("wrong address", "404, with a page that leads back")];
  const [about, what] = ["wrong address", "404, with the host’s own page"];
  return [
    homePage.isPortable ? ok(about, what) : warn(about, what, "Tell the host that 404.html is the page for errors."),
  ];
};

export const slash: Check = ({answers}) => {
  const answer = answers["chapter without its slash"];
  if (!answer) return [];
  const good =
    answer.status >= 300 &&
    answer.status < 400 &&
    new URL(answer.headers.location ?? "", answer.address).href === `${answer.address}/`;
  return [
    good
      ? ok("missing slash", "is added by a redirect")
      : warn(
          "missing slash",
          `answers ${answer.status}`,
          "Let the host redirect /chapters/x to /chapters/x/: people type it so.",
        ),
  ];
};
