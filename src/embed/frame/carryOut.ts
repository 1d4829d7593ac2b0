import type {FramedElement} from "./framedElement.ts";
import type {Body} from "./messages.ts";
import type {Format, FrameOrder, RefusedOrder} from "./readOrder.ts";

type State = NonNullable<FramedElement["state"]>;

/** Milliseconds of work after which a turn lets the page paint and answer. */
const LONGEST = 16;

const breathe = () => new Promise((resolve) => setTimeout(resolve));

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200);

/** Carries out the orders of a turn one after another and answers each with the state it made. */
export async function carryOut(
  element: FramedElement,
  turn: readonly (FrameOrder | RefusedOrder)[],
  reply: (body: Body) => void,
): Promise<void> {
  const orders = new Turn(element, reply);
  let since = performance.now();
  for (const one of turn) {
    await orders.take(one);
    if (performance.now() - since < LONGEST) continue;
    await breathe();
    since = performance.now();
  }
  await orders.draw();
}

/**
 * Sets that come in a row are drawn once, with the last of their states: dragging a slider on the host's page sets the figure
 * several times a frame. What each of them makes is known before it is drawn.
 */
class Turn {
  readonly #element: FramedElement;
  readonly #reply: (body: Body) => void;
  /** The state that is to be drawn, and the answers that wait for it. */
  #state?: State;
  #answers: Body[] = [];
  /** Files of the present state, each made once. */
  readonly #files = new Map<Format, Promise<unknown>>();

  constructor(element: FramedElement, reply: (body: Body) => void) {
    this.#element = element;
    this.#reply = reply;
  }

  async take(one: FrameOrder | RefusedOrder): Promise<void> {
    const {requestId} = one;
    if ("refused" in one) return this.#reply({ok: false, error: one.refused, requestId});
    const state = this.#foreseen(one);
    if (state) {
      this.#answers.push({ok: true, state, requestId});
      return;
    }
    await this.draw();
    // Not awaited: the element lets later orders that change the figure wait for the file.
    if (one.type === "export") void this.#export(one.format).then((body) => this.#reply({...body, requestId}));
    else this.#reply({...(await this.#act(one)), requestId});
  }

  /** Draws what was set since the last drawing. */
  async draw(): Promise<void> {
    const [state, answers] = [this.#state, this.#answers];
    this.#state = undefined;
    this.#answers = [];
    if (state) this.#files.clear();
    const failure = state && (await this.#attempt(() => this.#element.set(state)));
    for (const {requestId, ...answer} of answers) this.#reply({...(failure ?? answer), requestId});
  }

  /** The state after this order, where nothing but a later drawing is needed for it. */
  #foreseen({type, state: raw, options}: FrameOrder): State | undefined {
    if (type === "get") return this.#state;
    const before = this.#state ?? this.#element.state;
    if (type !== "set" || Object.keys(options).length || !before) return undefined;
    const state = this.#element.foresee(raw, before);
    if (state) this.#state = state;
    return state;
  }

  /** Carries out an order and gives its answer. */
  async #act({type, state, options}: FrameOrder): Promise<Body> {
    const element = this.#element;
    if (type !== "get" && type !== "focus") this.#files.clear();
    const failure = await this.#attempt(() => {
      if (type === "set") return element.set(state, options);
      if (type === "focus") return firstControl(element)?.focus();
      // A figure out of sight has not started yet. A pause starts it and has no other effect on it.
      if (type === "get") return element.state ?? element.pause();
      return type === "export" ? undefined : element[type]();
    });
    return failure ?? {ok: true, state: {...element.state}};
  }

  async #export(format: Format): Promise<Body> {
    const made = this.#files.get(format) ?? this.#element.take(format);
    this.#files.set(format, made);
    try {
      return {ok: true, data: await made};
    } catch (error) {
      return {ok: false, error: reasonOf(error)};
    }
  }

  async #attempt(act: () => unknown): Promise<Body | undefined> {
    try {
      await act();
      return undefined;
    } catch (error) {
      return {ok: false, error: reasonOf(error)};
    }
  }
}

/** What the keyboard can reach in a widget. */
const CONTROLS = "form :is(input, select):enabled, [tabindex='0'], button";

/** Safari before 17.4 has no `checkVisibility`. */
const isSeen = (control: HTMLElement): boolean => control.checkVisibility?.() ?? control.getClientRects().length > 0;

const firstControl = (element: FramedElement) => [...element.querySelectorAll<HTMLElement>(CONTROLS)].find(isSeen);
