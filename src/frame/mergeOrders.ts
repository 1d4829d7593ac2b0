import type {Options, Order, OrderType, Refusal, Values} from "./readOrder.ts";

/** What several orders amount to, each part carried out once, in this sequence. */
export interface MergedOrders {
  isReset: boolean;
  /** Undefined when nothing is set. */
  set?: {state: Values; options: Options};
  run?: "play" | "pause" | "step";
  isFocus: boolean;
}

/** A reset cancels the states set before it but not the options; of play, pause and step only the last counts. */
export function mergeOrders(orders: readonly Order[]): MergedOrders {
  const sinceReset = orders.slice(orders.map(({type}) => type).lastIndexOf("reset") + 1);
  const sets = sinceReset.filter(({type}) => type === "set");
  const options: Options = Object.assign({}, ...orders.map((order) => order.type === "set" && order.options));
  const isSet = sets.length > 0 || Object.keys(options).length > 0;
  return {
    isReset: sinceReset.length < orders.length,
    set: isSet ? {state: Object.assign({}, ...sets.map(({state}) => state)), options} : undefined,
    run: sinceReset.map(({type}) => type).findLast((type) => type === "play" || type === "pause" || type === "step"),
    isFocus: orders.some(({type}) => type === "focus"),
  };
}

/** The orders that change the figure. */
const changing: readonly OrderType[] = ["set", "reset", "play", "pause", "step"];

export const isOrder = (one: Order | Refusal): one is Order => "type" in one;

/** Splits a turn into batches, so that no batch changes the figure after a file was asked for: a file shows the state at its request. */
export function splitAtExports(turn: readonly (Order | Refusal)[]): (Order | Refusal)[][] {
  const batches: (Order | Refusal)[][] = [[]];
  for (const one of turn) {
    const batch = batches.at(-1)!;
    const exports = batch.some((before) => isOrder(before) && before.type === "export");
    if (exports && isOrder(one) && changing.includes(one.type)) batches.push([one]);
    else batch.push(one);
  }
  return batches;
}
