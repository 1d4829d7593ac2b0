import {expect, type Locator, type Page} from "@playwright/test";

type Lora = HTMLElement & {ready: Promise<unknown>; state: Record<string, number | string>};

/** Opens a page and waits until a widget of it answers, the first unless said otherwise; a run may still be on its way to its end. */
export async function answering(page: Page, path: string, which = "lora-widget"): Promise<Locator> {
  await page.goto(path);
  const widget = page.locator(which).first();
  await widget.scrollIntoViewIfNeeded();
  await widget.evaluate((element) => (element as Lora).ready.then(() => true));
  return widget;
}

/** Waits until a widget shows all it has to: a recorded run is computed to its end before every step can be shown. */
export const settled = (widget: Locator) =>
  expect(widget.locator("[aria-busy=true]")).toHaveCount(0, {timeout: 60_000});

/** Opens a page and waits until a widget of it, the first unless said otherwise, answers and shows all it has to. */
export async function awake(page: Page, path: string, which?: string): Promise<Locator> {
  const widget = await answering(page, path, which);
  await settled(widget);
  return widget;
}

export const stateOf = (widget: Locator) => widget.evaluate((element) => ({...(element as Lora).state}));

/** Every element below one with its attributes in order of their names, and its text. Runs on the page. */
function drawn(root: Element): string {
  const line = (node: Element) => {
    // The browser writes a style with its own spaces once it is set.
    const attributes = Array.from(
      node.attributes,
      ({name, value}) => `${name}=${JSON.stringify(name === "style" ? value.replace(/[\s;]/g, "") : value)}`,
    ).sort();
    return `${node.localName} ${attributes.join(" ")} ${node.children.length ? "" : node.textContent}`;
  };
  // A chart at a width that is not shown may be left from before.
  const isSeen = (node: Element) => node.closest("svg.chart")?.checkVisibility() ?? true;
  return Array.from(root.querySelectorAll("*")).filter(isSeen).map(line).join("\n");
}

/** What a figure says and shows: its sentence, its picture, its table (opened when it was not). */
export async function shown(widget: Locator) {
  await widget.locator("details.data").evaluate((details) => details.setAttribute("open", ""));
  const [sentence, picture, table] = await Promise.all([
    widget.locator(".sentence").textContent(),
    widget.locator(".picture").evaluate(drawn),
    widget.locator(".data table").textContent(),
  ]);
  return {sentence, picture, table};
}

/** Gives the figure another size, as a chapter or its dock does. */
export const sized = (widget: Locator, size: "card" | "dock" | "full") =>
  widget.evaluate((element, to) => {
    element.dataset.size = to;
  }, size);

/** Presses at the middle of an element, or at a place in it, and moves that far; `held` happens before the pointer is let go. */
export async function pull(
  target: Locator,
  [dx, dy]: readonly [number, number],
  {at, held}: {at?: readonly [x: number, y: number]; held?: () => Promise<void>} = {},
) {
  await target.scrollIntoViewIfNeeded();
  const {x, y, width, height} = (await target.boundingBox())!;
  const {mouse} = target.page();
  const [fromX, fromY] = [x + (at?.[0] ?? width / 2), y + (at?.[1] ?? height / 2)];
  await mouse.move(fromX, fromY);
  await mouse.down();
  await mouse.move(fromX + dx, fromY + dy, {steps: 4});
  await held?.();
  await mouse.up();
}
