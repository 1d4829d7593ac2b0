/** Figures of a page: to wait for them, set them, read them and drag in them. */
import {expect, type Locator, type Page} from "@playwright/test";
import type {LoraWidget} from "../../src/figure/loraWidget.ts";

/** Waits until a widget answers; a run may still be on its way to its end. */
export const ready = (widget: Locator): Promise<void> => widget.evaluate((it: LoraWidget) => it.ready.then(() => {}));

/** Opens a page and waits until a widget of it answers, the first unless said otherwise. */
export async function answering(page: Page, path: string, which = "lora-widget"): Promise<Locator> {
  await page.goto(path);
  const widget = page.locator(which).first();
  await widget.scrollIntoViewIfNeeded();
  await ready(widget);
  return widget;
}

/** Waits until a widget shows all it has to: a recorded run is computed to its end before every step can be shown. */
export const settled = (widget: Locator): Promise<void> =>
  expect(widget.locator("[aria-busy=true]")).toHaveCount(0, {timeout: 60_000});

/** Opens a page and waits until a widget of it, the first unless said otherwise, answers and shows all it has to. */
export async function awake(page: Page, path: string, which?: string): Promise<Locator> {
  const widget = await answering(page, path, which);
  await settled(widget);
  return widget;
}

export type State = Record<string, number | string>;

export const stateOf = (widget: Locator): Promise<State> =>
  widget.evaluate((it: LoraWidget) => ({...(it.state as State)}));

/** Waits until a widget's state has these values. */
export const expectState = (widget: Locator, due: State): Promise<void> =>
  expect.poll(() => stateOf(widget)).toMatchObject(due);

/** Sets a widget as its host does; gives a sentence for each value that it could not take. */
export const set = (widget: Locator, state: object, options: object = {}): Promise<readonly string[]> =>
  widget.evaluate((it: LoraWidget, [state, options]) => it.set({...state}, {...options}), [state, options] as const);

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
export const sized = (widget: Locator, size: "card" | "dock" | "full"): Promise<void> =>
  widget.evaluate((element, to) => {
    element.dataset.size = to;
  }, size);

/** A place in a target or a way across it, in px, or as they follow from its size. */
type Place = readonly [x: number, y: number] | ((size: {width: number; height: number}) => readonly [number, number]);

/** Presses at a place in a target, its middle unless said otherwise, and moves that far; `held` happens before the pointer is let go. */
export async function drag(
  target: Locator,
  way: Place,
  {from = ({width, height}) => [width / 2, height / 2], held}: {from?: Place; held?: () => Promise<void>} = {},
): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = (await target.boundingBox())!;
  const [[x, y], [dx, dy]] = [from, way].map((one) => (typeof one === "function" ? one(box) : one)) as [
    readonly [number, number],
    readonly [number, number],
  ];
  const {mouse} = target.page();
  await mouse.move(box.x + x, box.y + y);
  await mouse.down();
  await mouse.move(box.x + x + dx, box.y + y + dy, {steps: 4});
  await held?.();
  await mouse.up();
}
