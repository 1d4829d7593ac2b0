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

/** What a walk past a list of steps saw. */
export interface Walked {
  /** The words of each step's phrase, in their order on the page. */
  due: string[];
  /** Each that became “now”. */
  now: string[];
  /** Those of them whose phrase was not true of the figure within two seconds. */
  untrue: string[];
  /** The figure's states at each, without those that repeat the one before. */
  states: string[];
}

/**
 * Scrolls past one of the page's lists of steps and back, 100 px at a time, or less where a step is lower: of several that are
 * passed at once only the last is drawn, which is right, but then not each is seen. Runs on the page.
 */
export async function walkThrough(nth: number): Promise<Walked> {
  const {moveTo} = window as unknown as Watched;
  const list = document.querySelectorAll(".stage .steps > ol")[nth]!;
  const place = list.closest(".stage")!.querySelector<HTMLElement & {state: Record<string, unknown>}>("lora-widget")!;
  const steps = [...list.children];
  const seen: Walked = {
    due: steps.map((step) => step.querySelector("a")!.textContent!),
    now: [],
    untrue: [],
    states: [],
  };
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let last: Element | null = null;
  const look = async (y: number) => {
    moveTo(y);
    // The scroll event comes in the next frame, and what follows it in the one after.
    for (let i = 0; i < 3; i++) await frame();
    const now = list.querySelector(":scope > .now");
    if (now && now !== last) {
      const phrase = now.querySelector("a")!;
      const named = Object.entries(JSON.parse(phrase.dataset.params!) as Record<string, unknown>);
      const isTrue = () => named.every(([name, value]) => place.state[name] === value);
      seen.now.push(phrase.textContent!);
      for (const end = performance.now() + 2000; !isTrue() && performance.now() < end; ) await frame();
      if (!isTrue()) seen.untrue.push(phrase.textContent!);
      const state = JSON.stringify(place.state);
      if (state !== seen.states.at(-1)) seen.states.push(state);
    }
    last = now;
  };
  const {top, bottom} = list.getBoundingClientRect();
  const [from, to] = [scrollY + top - innerHeight, scrollY + bottom];
  const stride = Math.min(100, ...steps.map((step) => Math.floor(step.getBoundingClientRect().height) - 1));
  for (let y = from; y < to; y += stride) await look(y);
  for (let y = to; y > from; y -= stride) await look(y);
  return seen;
}
