// What a frame loads only when a host gives an order. An embed page has it in a script of its own, together
// with shell/take/take.ts (src/make/embeds/embedBundles.ts), so no two exports of the two may have the same name.
import type {FramedElement} from "./framedElement.ts";
import type {Body} from "./messages.ts";
import {orderQueue} from "./orderQueue.ts";
import {readOrder} from "./readOrder.ts";

/** Takes any message of a host. Orders among them are carried out and replied to. */
export async function orderTaker(
  element: FramedElement,
  reply: (body: Body) => void,
): Promise<(data: unknown) => void> {
  const enqueue = orderQueue(element, reply);
  return (data) => {
    const order = readOrder(data);
    if (order) enqueue(order);
  };
}
