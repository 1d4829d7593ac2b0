import {type Check, each, fail, ok, pages, warn} from "./finding.ts";

export const https: Check = (site) => {
  const {protocol, hostname} = new URL(site.home);
  if (protocol !== "https:")
    return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
      ? []
      : [warn("https", "not used", "Serve the site by https: a page of https shows no frame of http.")];
  return each(site, [...pages, "embed"], ({text}, name) => {
    const mixed = /<(?:script|img|iframe|source|link)\b[^>]*\s(?:src|href)=["']?(http:[^"'\s>]+)/.exec(
      text.replace(/<link rel="?canonical[^>]*>/g, ""),
    )?.[1];
    return mixed
      ? fail(`https of ${name}`, `loads ${mixed}`, "Build again with SITE=https://…")
      : ok(`https of ${name}`, "loads nothing by http");
  });
};

export const sitemap: Check = (site) => {
  const {answers, home} = site;
  const places = [...(answers["sitemap’s pages"]?.text ?? "").matchAll(/<loc>([^<]*)<\/loc>/g)].map(
    ([, place]) => place!,
  );
  const foreign = places.find((place) => !place.startsWith(home));
  const {origin, pathname} = new URL(home);
  return [
    ...each(site, ["sitemap’s pages"], () =>
      places.length > 0 && !foreign
        ? ok("sitemap", `${places.length} pages, all of this site`)
        : fail(
            "sitemap",
            foreign ? `names ${foreign}` : "names no page",
            `Build again with SITE=${origin} BASE=${pathname}.`,
          ),
    ),
    ...each(site, ["robots"], ({text}) => {
      if (/^Disallow:\s*\//m.test(text)) return fail("robots.txt", "forbids pages", "Take the Disallow lines out.");
      if (!text.includes(`${home}sitemap-index.xml`))
        return warn(
          "robots.txt",
          "does not name this site’s sitemap",
          `Build again with SITE=${origin} BASE=${pathname}.`,
        );
      return pathname === "/"
        ? ok("robots.txt", "forbids nothing, names the sitemap")
        : ok("robots.txt", "good, but crawlers read it at the root of an origin only");
    }),
  ];
};
