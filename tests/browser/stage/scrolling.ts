import type {Page} from "@playwright/test";

type Watched = Window & {scrollCalls: string[]; moveTo(y: number): void};

/** Notes from now on every call by which a script scrolls the page. A test itself scrolls by `moveTo`. */
export const watchScrolling = (page: Page) =>
  page.addInitScript(() => {
    const noted: string[] = [];
    const scroll = window.scrollTo.bind(window);
    Object.assign(window, {
      scrollCalls: noted,
      moveTo: (top: number) => scroll({top, behavior: "instant"}),
    });
    const watch = (owner: object, names: readonly string[]) => {
      for (const name of names) {
        const own = Reflect.get(owner, name) as (...all: unknown[]) => unknown;
        Reflect.set(owner, name, function (this: unknown, ...all: unknown[]) {
          noted.push(name);
          return own.apply(this, all);
        });
      }
    };
    watch(window, ["scroll", "scrollTo", "scrollBy"]);
    watch(Element.prototype, ["scroll", "scrollTo", "scrollBy", "scrollIntoView"]);
  });

/** What was noted. Runs on the page. */
export const calls = () => (window as unknown as Watched).scrollCalls;

/** What was seen while a list of steps was passed. */
export interface Passed {
  /** The words of each step's phrase, in their order on the page. */
  due: string[];
  /** Each that became “now”. */
  now: string[];
  /** Those of them whose phrase did not become true of the figure. */
  untrue: string[];
  /** The figure's states at each, without those that repeat the one before. */
  states: string[];
}

/**
 * Brings each step of one of the page's lists to where it is read, one after another and back, from above the list and from below
 * it. Of several that are passed at once only the last is drawn, which is right, but then not each is seen. `patience`: the
 * milliseconds that a figure has to follow. Runs on the page.
 */
export async function stepThrough({nth, patience}: {nth: number; patience: number}): Promise<Passed> {
  const {moveTo} = window as unknown as Watched;
  const list = document.querySelectorAll(".stage .steps > ol")[nth]!;
  const place = list.closest(".stage")!.querySelector<HTMLElement & {state: Record<string, unknown>}>("lora-widget")!;
  const steps = [...list.children];
  const wordsOf = (step: Element) => step.querySelector("a")!.textContent!;
  const seen: Passed = {due: steps.map(wordsOf), now: [], untrue: [], states: []};
  const until = async (isThere: () => boolean, most = 2000) => {
    const end = performance.now() + most;
    do await new Promise((done) => requestAnimationFrame(done));
    while (!isThere() && performance.now() < end);
  };
  const nowOf = () => list.querySelector(":scope > .now");
  // Text is read a little below the middle of what the bar leaves free, on a narrow window of what a dock leaves.
  const line = innerHeight * (innerWidth < 960 ? 0.66 : 0.5);
  const away = async (y: number) => {
    moveTo(y);
    await until(() => nowOf() === null);
  };
  const read = async (step: Element) => {
    await until(() => {
      if (nowOf() === step) return true;
      // A figure that docks meanwhile moves the text.
      moveTo(scrollY + step.getBoundingClientRect().top - line);
      return false;
    });
    const now = nowOf();
    const phrase = now?.querySelector("a");
    seen.now.push(phrase?.textContent ?? "none");
    const named = Object.entries(JSON.parse(phrase?.dataset.params ?? "{}") as Record<string, unknown>);
    const isTrue = () => named.every(([name, value]) => place.state[name] === value);
    await until(isTrue, patience);
    if (!isTrue()) seen.untrue.push(wordsOf(step));
    const state = JSON.stringify(place.state);
    if (state !== seen.states.at(-1)) seen.states.push(state);
  };
  const {top, bottom} = list.getBoundingClientRect();
  const [above, below] = [scrollY + top - innerHeight, scrollY + bottom];
  await away(above);
  for (const step of steps) await read(step);
  await away(below);
  for (const step of steps.toReversed()) await read(step);
  await away(above);
  return seen;
}
