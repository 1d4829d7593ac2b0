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

/**
 * Scrolls past the list of steps and back, 100 px at a time, or less where a step is lower: of several that are passed at once
 * only the last is drawn, which is right, but then not each is seen. Gives each step that became “now”, and the
 * figure's stage then. Runs on the page.
 */
export async function walkThrough(): Promise<{now: string[]; states: unknown[]}> {
  const {moveTo} = window as unknown as Watched;
  const seen: string[] = [];
  const states: unknown[] = [];
  const place = document.querySelector<HTMLElement & {state: {stage: string}}>(".stage:has(.steps) lora-widget")!;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let last: Element | null = null;
  const look = async (y: number) => {
    moveTo(y);
    // The scroll event comes in the next frame, and what follows it in the one after.
    for (let i = 0; i < 3; i++) await frame();
    const now = document.querySelector(".steps .now");
    if (now && now !== last) {
      seen.push(now.querySelector("a")!.textContent!);
      states.push(place.state.stage);
    }
    last = now;
  };
  const {top, bottom} = document.querySelector(".steps")!.getBoundingClientRect();
  const [from, to] = [scrollY + top - innerHeight, scrollY + bottom];
  const steps = [...document.querySelectorAll(".steps li")];
  const stride = Math.min(100, ...steps.map((step) => Math.floor(step.getBoundingClientRect().height) - 1));
  for (let y = from; y < to; y += stride) await look(y);
  for (let y = to; y > from; y -= stride) await look(y);
  return {now: seen, states};
}
