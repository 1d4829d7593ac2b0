import type {LoraWidget} from "../../figure/loraWidget.ts";
import type {Body} from "./messages.ts";
import type {Format, FrameOrder, RefusedOrder} from "./readOrder.ts";

/** The most orders that wait for a turn. When more come, the oldest are refused, because a host wants what it asked for last. */
const MAX_WAITING = 256;

/** Why an order was not carried out when too many came. The first word is for programs. */
const BUSY = `busy: ${MAX_WAITING} later orders were waiting, so this one was skipped. Wait for a reply before you send more.`;

/** Milliseconds to wait for a frame, which a hidden page may never draw. */
const FRAME_TIMEOUT = 100;

/** Waits for the next animation frame. */
const nextFrame = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, FRAME_TIMEOUT);
  });

/**
 * Collects a host's orders and carries them out once a frame, in the sequence in which they arrived. Every order is answered, even
 * one that is refused because too many wait.
 */
export function orderQueue(
  element: FramedElement,
  reply: (body: Body) => void,
): (order: FrameOrder | RefusedOrder) => void {
  let waiting: (FrameOrder | RefusedOrder)[] = [];
  let isBusy = false;

  /** Carries out orders until none wait. */
  async function work() {
    isBusy = true;
    try {
      while (waiting.length) {
        await nextFrame();
        const orders = waiting;
        waiting = [];
        await new Turn(element, reply).carryOut(orders);
      }
    } finally {
      isBusy = false;
    }
  }

  return (order) => {
    const oldest = waiting.length < MAX_WAITING ? undefined : waiting.shift();
    if (oldest) {
      const error = "refused" in oldest ? oldest.refused : BUSY;
      reply({ok: false, error, requestId: oldest.requestId});
    }
    waiting.push(order);
    if (!isBusy) void work();
  };
}

type State = NonNullable<FramedElement["state"]>;

/** Milliseconds of work after which a turn lets the page paint and answer. */
const MAX_WORK_TIME = 16;

/** Lets other tasks of the page run. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** The message of an error, shortened. */
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200);

/** Calls `act` → undefined, or the answer that says why it failed. */
async function failureOf(act: () => unknown): Promise<Body | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return {ok: false, error: reasonOf(error)};
  }
}

/**
 * The orders of one turn. Those that set the figure one after another are drawn once, with the last of their states: dragging a
 * slider on the host's page sets the figure several times a frame. The state that each of them makes is known before it is drawn.
 */
class Turn {
  readonly #element: FramedElement;
  readonly #reply: (body: Body) => void;
  /** The state that is to be drawn, and the answers that wait for it. */
  #state?: State;
  #answers: Body[] = [];

  constructor(element: FramedElement, reply: (body: Body) => void) {
    this.#element = element;
    this.#reply = reply;
  }

  /** Carries out orders one after another, and answers each with the state that it made. */
  async carryOut(orders: readonly (FrameOrder | RefusedOrder)[]): Promise<void> {
    let lastPause = performance.now();
    for (const order of orders) {
      await this.#take(order);
      if (performance.now() - lastPause < MAX_WORK_TIME) continue;
      await nextTask();
      lastPause = performance.now();
    }
    await this.#draw();
  }

  /** Carries out an order, or keeps a set until the next drawing. */
  async #take(order: FrameOrder | RefusedOrder): Promise<void> {
    const {requestId} = order;
    if ("refused" in order) return this.#reply({ok: false, error: order.refused, requestId});
    const state = this.#foreseeState(order);
    if (state) {
      this.#answers.push({ok: true, state, requestId});
      return;
    }
    await this.#draw();
    // Not awaited: the element lets later orders that change the figure wait for the file.
    if (order.type === "export") void this.#export(order.format).then((body) => this.#reply({...body, requestId}));
    else this.#reply({...(await this.#act(order)), requestId});
  }

  /** Draws what was set since the last drawing. */
  async #draw(): Promise<void> {
    const [state, answers] = [this.#state, this.#answers];
    this.#state = undefined;
    this.#answers = [];
    const failure = state && (await failureOf(() => this.#element.set(state)));
    for (const {requestId, ...answer} of answers) this.#reply({...(failure ?? answer), requestId});
  }

  /** The state after this order, if it needs nothing but a later drawing; undefined otherwise. */
  #foreseeState({type, state: raw, options}: FrameOrder): State | undefined {
    if (type === "get") return this.#state;
    const before = this.#state ?? this.#element.state;
    if (type !== "set" || Object.keys(options).length || !before) return undefined;
    const state = this.#element.foresee(raw, before);
    if (state) this.#state = state;
    return state;
  }

  /** Carries out an order at once, and gives its answer. */
  async #act({type, state, options}: FrameOrder): Promise<Body> {
    const element = this.#element;
    const failure = await failureOf(() => {
      if (type === "set") return element.set(state, options);
      if (type === "focus") return firstControl(element)?.focus();
      // A figure out of sight has not started yet. A pause starts it and has no other effect on it.
      if (type === "get") return element.state ?? element.pause();
      return type === "export" ? undefined : element[type]();
    });
    return failure ?? {ok: true, state: {...element.state}};
  }

  /** Makes a file of the present state, and gives it as an answer. */
  async #export(format: Format): Promise<Body> {
    let data: unknown;
    const failure = await failureOf(async () => {
      data = await this.#element.take(format);
    });
    return failure ?? {ok: true, data};
  }
}

/** Selects what the keyboard can reach in a widget. */
const CONTROLS = "form :is(input, select):enabled, [tabindex='0'], button";

/** The first control of a figure that is visible; undefined if it shows none. */
const firstControl = (element: FramedElement): HTMLElement | undefined =>
  [...element.querySelectorAll<HTMLElement>(CONTROLS)].find((control) => control.checkVisibility());

type UsedMember = "state" | "foresee" | "set" | "reset" | "play" | "pause" | "step" | "take";

/** The part of the element that a frame uses. Calling any of its methods starts a widget that has not come near the viewport yet. */
export type FramedElement = HTMLElement & Readonly<Pick<LoraWidget, UsedMember>>;
