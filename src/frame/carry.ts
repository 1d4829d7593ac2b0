import type {FramedElement} from "./element.ts";
import type {Ask, Format, Options, Order, Refusal, Values} from "./order.ts";
import type {Body} from "./said.ts";

/** Orders heard in one turn; what a flood brings beyond them is not. */
const MOST = 256;

/** Milliseconds to wait for a frame that a hidden page may never draw. */
const LONGEST_FRAME = 100;

/** The next frame, or a moment later where none is drawn. */
const nextFrame = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, LONGEST_FRAME);
  });

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200);

/** What several orders come to: whatever was set before a reset is gone, and of play, pause and step the last holds. */
function sumOf(orders: readonly Order[]) {
  const since = orders.slice(orders.map(({type}) => type).lastIndexOf("reset") + 1);
  const sets = since.filter(({type}) => type === "set");
  return {
    reset: since.length < orders.length,
    set: sets.length > 0,
    state: Object.assign({}, ...sets.map((order) => order.state)) as Values,
    options: Object.assign({}, ...sets.map((order) => order.options)) as Options,
    run: since.findLast((order): order is Order & {type: "play" | "pause" | "step"} =>
      ["play", "pause", "step"].includes(order.type),
    )?.type,
    focus: orders.some(({type}) => type === "focus"),
  };
}

/**
 * Takes a host's orders and carries them out once a frame, as one: a slider dragged on the host's page sets this widget
 * as often as it can be drawn, and each order is answered when its turn is over.
 */
export function carrier(element: FramedElement, reply: (body: Body) => void) {
  let waiting: (Order | Refusal)[] = [];
  let isBusy = false;

  async function carryOut(orders: readonly Order[]): Promise<(order: Order) => Promise<Body>> {
    const sum = sumOf(orders);
    const failed: Partial<Record<Ask, string>> = {};
    const attempt = async (type: Ask, act: () => unknown) => {
      try {
        await act();
      } catch (error) {
        failed[type] = reasonOf(error);
      }
    };
    // Out of sight it has not started. To one that never ran, a pause does nothing else.
    if (element.state === undefined) await attempt("get", () => element.pause());
    if (sum.reset) await attempt("reset", () => element.reset());
    if (sum.set) await attempt("set", () => element.set(sum.state, sum.options));
    if (sum.run) await attempt(sum.run, () => element[sum.run!]());
    if (sum.focus)
      [...element.querySelectorAll<HTMLElement>(FIRST)].find((control) => control.checkVisibility())?.focus();

    const made = new Map<Format, Promise<unknown>>();
    return async ({type, format}) => {
      if (type === "export") {
        try {
          if (!made.has(format)) made.set(format, exported(element, format));
          return {ok: true, data: await made.get(format)};
        } catch (error) {
          return {ok: false, error: reasonOf(error)};
        }
      }
      return failed[type] === undefined ? {ok: true, state: {...element.state}} : {ok: false, error: failed[type]};
    };
  }

  async function work() {
    isBusy = true;
    while (waiting.length) {
      await nextFrame();
      const turn = waiting;
      waiting = [];
      const answer = await carryOut(turn.filter((one) => "type" in one));
      for (const one of turn) {
        const body = "type" in one ? await answer(one) : {ok: false, error: one.refused};
        reply({...body, requestId: one.requestId});
      }
    }
    isBusy = false;
  }

  return (order: Order | Refusal) => {
    if (waiting.length >= MOST) return;
    waiting.push(order);
    if (!isBusy) void work();
  };
}

/** The first thing in a widget that takes the keyboard. */
const FIRST = "form :is(input, select):enabled, [tabindex='0'], button";

async function exported(element: FramedElement, format: Format): Promise<unknown> {
  if (format === "svg") return element.exportSVG();
  if (format === "png") return element.exportPNG();
  if (format === "csv") return element.exportCSV();
  return JSON.stringify({widget: element.getAttribute("name"), state: element.state, summary: element.summary});
}
