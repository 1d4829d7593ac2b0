import type {Page} from "@playwright/test";

/**
 * Images in Chromium's tree for screen readers that have something below them, by name: such parts are read one by one,
 * as if they were no image.
 */
export async function partedImages(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const {nodes} = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const heard = (id: string): boolean => {
    const node = byId.get(id);
    return !!node && (!node.ignored || !!node.childIds?.some(heard));
  };
  return nodes
    .filter(({ignored, role, childIds}) => !ignored && role?.value === "image" && childIds?.some(heard))
    .map(({name}) => String(name?.value));
}

/**
 * Figures, tables, images, regions and groups of controls without a name, as they begin. A caption is one; so is, for a
 * figure, that of the table in it, and for a table the label or summary of a box that holds nothing else.
 */
export const nameless = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const textOf = (one: Element | null | undefined) => one?.textContent?.trim();
    const label = (one: Element) =>
      one.getAttribute("aria-label")?.trim() ||
      one.getAttribute(one.localName === "img" ? "alt" : "title")?.trim() ||
      textOf(document.getElementById(one.getAttribute("aria-labelledby") ?? ""));
    const boxed = (one: Element) => {
      const {parentElement: box} = one;
      const others = [...(box?.children ?? [])].filter((child) => child !== one && child.localName !== "summary");
      return box && !others.length && (label(box) || textOf(box.querySelector(":scope > summary")));
    };
    const own: Readonly<Record<string, (one: Element) => unknown>> = {
      figure: (one) =>
        textOf(one.querySelector(":scope > figcaption, caption")) || [...one.querySelectorAll("table")].some(label),
      table: (one) => textOf(one.querySelector(":scope > caption")) || boxed(one),
      fieldset: (one) => textOf(one.querySelector(":scope > legend")),
    };
    const roles = ["img", "region", "group", "toolbar", "tablist", "tabpanel", "radiogroup", "figure", "dialog"];
    const kinds = ["figure", "table", "fieldset", "nav", "img", "progress", "dialog", "iframe"];
    const asked = [...kinds, ...roles.map((role) => `[role=${role}]`)].map((kind) => `${kind}:not([aria-hidden] *)`);
    return [...document.querySelectorAll(asked.join(", "))]
      .filter((one) => !one.closest("[hidden]") && one.getAttribute("aria-hidden") !== "true")
      .filter((one) => !label(one) && !own[one.localName]?.(one))
      .map((one) => one.outerHTML.slice(0, 120));
  });
