import type {FramedElement} from "./framedElement.ts";
import {isOrder, type MergedOrders, mergeOrders} from "./mergeOrders.ts";
import type {Body} from "./messages.ts";
import type {Format, Order, OrderType, Refusal} from "./readOrder.ts";

/** Why the orders of a type failed, by type. */
type Failures = Partial<Record<OrderType, string>>;

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200);

/** Carries out a batch as one, and replies to each of its orders. A file is replied to when it is ready, which may take long. */
export async function carryOut(
  element: FramedElement,
  batch: readonly (Order | Refusal)[],
  reply: (body: Body) => void,
): Promise<void> {
  const failures = await apply(element, mergeOrders(batch.filter(isOrder)));
  const files = new Map<Format, Promise<unknown>>();
  for (const one of batch) {
    const {requestId} = one;
    if (!isOrder(one)) reply({ok: false, error: one.refused, requestId});
    // Not awaited: later orders that change the figure wait for the file inside the element.
    else if (one.type === "export")
      void exported(element, one.format, files).then((body) => reply({...body, requestId}));
    else void done(element, failures[one.type]).then((body) => reply({...body, requestId}));
  }
}

/** Each part is attempted, whatever became of the part before it. */
async function apply(element: FramedElement, {isReset, set, run, isFocus}: MergedOrders): Promise<Failures> {
  const failures: Failures = {};
  const attempt = async (type: OrderType, act: () => unknown) => {
    try {
      await act();
    } catch (error) {
      failures[type] = reasonOf(error);
    }
  };
  // A figure out of sight has not started yet. A pause starts it and has no other effect on it.
  if (element.state === undefined) await attempt("get", () => element.pause());
  if (isReset) await attempt("reset", () => element.reset());
  if (set) await attempt("set", () => element.set(set.state, set.options));
  if (run) await attempt(run, () => element[run]());
  if (isFocus) await attempt("focus", () => firstControl(element)?.focus());
  return failures;
}

/** What the keyboard can reach in a widget. */
const CONTROLS = "form :is(input, select):enabled, [tabindex='0'], button";

/** Safari before 17.4 has no `checkVisibility`. */
const isSeen = (control: HTMLElement): boolean => control.checkVisibility?.() ?? control.getClientRects().length > 0;

const firstControl = (element: FramedElement) => [...element.querySelectorAll<HTMLElement>(CONTROLS)].find(isSeen);

/** Each kind of file is made once a batch. */
async function exported(element: FramedElement, format: Format, files: Map<Format, Promise<unknown>>): Promise<Body> {
  try {
    if (!files.has(format)) files.set(format, element.take(format));
    return {ok: true, data: await files.get(format)};
  } catch (error) {
    return {ok: false, error: reasonOf(error)};
  }
}

const done = async (element: FramedElement, failure: string | undefined): Promise<Body> =>
  failure === undefined ? {ok: true, state: {...element.state}} : {ok: false, error: failure};
