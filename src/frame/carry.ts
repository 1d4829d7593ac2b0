import type {FramedElement} from "./element.ts";
import type {Ask, Format, Options, Order, Refusal, Values} from "./order.ts";
import {type Body, TOO_MANY} from "./said.ts";

/** Orders that may wait for a turn. When more come, the oldest are refused, for what a host said last is what it wants. */
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

/** What several orders come to: a state set before a reset is gone, options stay, and of play, pause and step the last holds. */
function sumOf(orders: readonly Order[]) {
  const since = orders.slice(orders.map(({type}) => type).lastIndexOf("reset") + 1);
  const sets = since.filter(({type}) => type === "set");
  const options: Options = Object.assign({}, ...orders.map((order) => order.type === "set" && order.options));
  return {
    reset: since.length < orders.length,
    set: sets.length > 0 || Object.keys(options).length > 0,
    state: Object.assign({}, ...sets.map((order) => order.state)) as Values,
    options,
    run: since.findLast((order): order is Order & {type: "play" | "pause" | "step"} =>
      ["play", "pause", "step"].includes(order.type),
    )?.type,
    focus: orders.some(({type}) => type === "focus"),
  };
}

/** What changes the figure. */
const moves: readonly Ask[] = ["set", "reset", "play", "pause", "step"];

/** A turn cut wherever a file was asked for and the figure is to be changed after it. */
function cut(turn: readonly (Order | Refusal)[]): (Order | Refusal)[][] {
  const parts: (Order | Refusal)[][] = [[]];
  const isOf = (one: Order | Refusal, types: readonly Ask[]) => "type" in one && types.includes(one.type);
  for (const one of turn) {
    if (isOf(one, moves) && parts.at(-1)!.some((before) => isOf(before, ["export"]))) parts.push([]);
    parts.at(-1)!.push(one);
  }
  return parts;
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
      await attempt("focus", () => [...element.querySelectorAll<HTMLElement>(FIRST)].find(isSeen)?.focus());

    const made = new Map<Format, Promise<unknown>>();
    return async ({type, format}) => {
      if (type === "export") {
        try {
          if (!made.has(format)) made.set(format, element.take(format));
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
    try {
      while (waiting.length) {
        await nextFrame();
        const turn = cut(waiting);
        waiting = [];
        for (const part of turn) {
          const answer = await carryOut(part.filter((one) => "type" in one));
          for (const one of part) {
            const {requestId} = one;
            // A file may be a long run away. Of the next orders those that change the figure wait for it, inside the element.
            if ("type" in one) void answer(one).then((body) => reply({...body, requestId}));
            else reply({ok: false, error: one.refused, requestId});
          }
        }
      }
    } finally {
      isBusy = false;
    }
  }

  return (order: Order | Refusal) => {
    const oldest = waiting.length < MOST ? undefined : waiting.shift();
    if (oldest) {
      const error = "refused" in oldest ? oldest.refused : TOO_MANY;
      reply({ok: false, error, requestId: oldest.requestId});
    }
    waiting.push(order);
    if (!isBusy) void work();
  };
}

/** The first thing in a widget that takes the keyboard. */
const FIRST = "form :is(input, select):enabled, [tabindex='0'], button";

/** Safari before 17.4 has no `checkVisibility`. */
const isSeen = (control: HTMLElement): boolean => control.checkVisibility?.() ?? control.getClientRects().length > 0;
