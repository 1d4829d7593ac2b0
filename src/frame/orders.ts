import {carrier} from "./orderQueue.ts";
import type {FramedElement} from "./framedElement.ts";
import {orderOf} from "./readOrder.ts";
import type {Body, Said} from "./messages.ts";
import {type Activity, deedOf, statement} from "./xapi.ts";

/** Takes whatever a host says; what is an order is carried out and replied to. */
export async function desk(element: FramedElement, reply: (body: Body) => void): Promise<(data: unknown) => void> {
  const carry = carrier(element, reply);
  return (data) => {
    const order = orderOf(data);
    if (order) carry(order);
  };
}

/** The statement that one of our messages is worth, if it is. */
export async function stated(type: Said, body: Body, activity: Activity): Promise<Body | undefined> {
  const deed = deedOf(type, body);
  return deed && statement(deed.verb, activity, deed.result, new Date());
}
