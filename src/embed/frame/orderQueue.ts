import {carryOut} from "./carryOut.ts";
import type {FramedElement} from "./framedElement.ts";
import {type Body, BUSY} from "./messages.ts";
import type {FrameOrder, RefusedOrder} from "./readOrder.ts";

/** The most orders that wait for a turn. When more come, the oldest are refused, because a host wants what it asked for last. */
const MAX_WAITING = 256;

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
        const turn = waiting;
        waiting = [];
        await carryOut(element, turn, reply);
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
