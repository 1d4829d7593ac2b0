import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {Page} from "@playwright/test";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules whose verdict a theme can change. */
const ofColor = ["color-contrast", "link-in-text-block"];

interface Violation {
  id: string;
  help: string;
  nodes: {target: string[]; failureSummary?: string}[];
}

declare const axe: {run(context: object, options: object): Promise<{violations: Violation[]}>};

/**
 * What axe finds on the page as it stands, a line for each node that breaks a rule: in all of it or below `include`, by
 * all rules or by these alone. Axe is put into the page once and run there: its own driver for Playwright puts it in at every
 * call and sums up in a second page, which takes three times as long. It does not look into frames: `framed` says that those
 * here, of embed pages, are looked at where they stand alone.
 */
export async function findings(
  page: Page,
  {include = "html", rules, framed = false}: {include?: string; rules?: string[]; framed?: boolean} = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const violations = await page.evaluate(
    async ({include, rules, framed}) => {
      if (!framed && document.querySelector("iframe"))
        throw new Error("axe: this page has a frame, and nobody looks into it");
      const only = rules && {runOnly: {type: "rule", values: rules}};
      return (await axe.run({include: [include]}, {resultTypes: ["violations"], iframes: false, ...only})).violations;
    },
    {include, rules, framed},
  );
  return violations.flatMap(({id, help, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id} (${help}): ${target.join(" ")} ${failureSummary}`),
  );
}

/** The same in both themes, by all rules in the light one and by those of color in the dark one, in which the page is left. */
export async function findingsInBothThemes(
  page: Page,
  where: {include?: string; framed?: boolean} = {},
): Promise<string[]> {
  await page.emulateMedia({colorScheme: "light"});
  const light = await findings(page, where);
  await page.emulateMedia({colorScheme: "dark"});
  const dark = await findings(page, {...where, rules: ofColor});
  return [...light, ...dark.map((one) => `dark: ${one}`)];
}
