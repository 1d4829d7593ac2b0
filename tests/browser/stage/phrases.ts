import type {Page} from "@playwright/test";
import {twoFrames} from "../page.ts";

/** The windows of the stage's tests. Those of 960 px and more have two columns. */
export const windows = [
  [1440, 900],
  [1920, 1080],
  [1024, 768],
  [768, 1024],
  [375, 812],
] as const;

/** What a reader sees after pressing a phrase. */
export interface Seen {
  words: string;
  figure: string;
  /** The phrase is in view, under neither bar nor dock. */
  isPhraseSeen: boolean;
  /** The share of its picture's height that is in view. */
  picture: number;
  /** Pixels by which the text moved in the window. */
  moved: number;
  hasFocus: boolean;
  isMarked: boolean;
  /** Phrases of that figure whose mark is not true of its state. */
  lies: string[];
}

type Place = HTMLElement & {state?: Record<string, unknown>};

/**
 * Opens what is folded and gives every phrase of the page that a reader can press there a number; returns how many there are. One
 * that plays goes on from the state it names.
 */
export const numbered = (page: Page): Promise<number> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>(".prose details:not(.quiz *, lora-widget *)"))
      details.open = true;
    const all = [...document.querySelectorAll<HTMLElement>(".prose a.set:not([data-plays])")].filter((link) => {
      const {figure} = link.dataset;
      return figure && document.querySelector(`lora-widget[figure="${figure}"]`) && !link.closest(".quiz");
    });
    for (const [i, link] of all.entries()) link.dataset.nth = String(i);
    return all.length;
  });

/** Puts the phrase a little below the middle of the window, where it is read, presses it there, and looks. */
export async function press(page: Page, nth: number): Promise<Seen> {
  const link = page.locator(`[data-nth="${nth}"]`);
  await link.evaluate((element) =>
    scrollBy({top: element.getClientRects()[0]!.top - 0.55 * innerHeight, behavior: "instant"}),
  );
  await twoFrames(page);
  const at = await link.evaluate((element) => {
    const {left, top, width, height} = element.getClientRects()[0]!;
    return {x: left + width / 2, y: top + height / 2, top};
  });
  await page.mouse.click(at.x, at.y);
  // A figure that was not started yet loads first; what it shows from the start is marked before that.
  await page
    .waitForFunction(
      (n) => {
        const link = document.querySelector<HTMLElement>(`[data-nth="${n}"][aria-current="true"]`);
        return link && document.querySelector<Place>(`lora-widget[figure="${link.dataset.figure}"]`)?.state;
      },
      nth,
      {timeout: 10_000},
    )
    .catch(() => {});
  await twoFrames(page);
  let seen = await link.evaluate(look, at.top);
  // A figure that has just docked is drawn anew for its room; that may take a moment, but not a second.
  for (const end = Date.now() + 1000; !isHeld(seen) && Date.now() < end; seen = await link.evaluate(look, at.top))
    await twoFrames(page);
  return seen;
}

/** Both are in view: the phrase, and more than half of what it speaks of. */
export const isHeld = ({picture, isPhraseSeen}: Seen): boolean => picture >= 0.6 && isPhraseSeen;

/** Runs on the page. */
function look(link: HTMLElement, stood: number): Seen {
  const figure = link.dataset.figure!;
  const place = document.querySelector<Place>(`lora-widget[figure="${figure}"]`)!;
  const bar = Math.max(0, document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0);
  const box = place.querySelector("figure")!.getBoundingClientRect();
  const isDocked = place.dataset.size === "dock";
  const top = isDocked ? box.bottom : bar;
  const words = link.getClientRects()[0]!;
  const picture = place.querySelector("[data-picture]")!.getBoundingClientRect();
  const [from, to] = isDocked ? [box.top, box.bottom] : [bar, innerHeight];
  const share = (Math.min(picture.bottom, to) - Math.max(picture.top, from)) / picture.height;
  const {state} = place;
  const lies = [...document.querySelectorAll<HTMLElement>(`a.set[data-figure="${figure}"]`)].filter((one) => {
    const named = Object.entries(JSON.parse(one.dataset.params!) as Record<string, unknown>);
    const isTrue = named.every(([name, value]) => state?.[name] === value);
    if (one.getAttribute("aria-current") === "true") return !isTrue;
    const twins = `a.set[data-figure="${figure}"][data-params='${one.dataset.params}'][aria-current]`;
    return isTrue && !document.querySelector(twins);
  });
  return {
    words: link.textContent ?? "",
    figure,
    isPhraseSeen: words.top >= top - 1 && words.bottom <= innerHeight + 1,
    picture: Math.round(100 * share) / 100,
    moved: Math.round(words.top - stood),
    hasFocus: document.activeElement === link,
    isMarked: link.getAttribute("aria-current") === "true",
    lies: lies.map(({textContent}) => textContent ?? ""),
  };
}
