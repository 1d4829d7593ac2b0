/** Milliseconds in which a new height may still be caused by the host resizing the frame to the height we sent. */
const ECHO_TIME = 250;

/** The document's height and width, and the height of the frame around it, in CSS pixels. */
export interface FrameSize {
  height: number;
  width: number;
  frame: number;
}

/**
 * Sends each new height, but breaks loops: where the content's height follows the frame's, every height we send makes the
 * host enlarge the frame, which gives a new height. The second height within a quarter of a second that follows from our
 * own is held back; the height after that time is sent as the last one until something else changes it. Call `check` when
 * the height may have changed, and `userActed` when the reader did something: the next height follows from that.
 */
export function heightGuard(
  measure: () => FrameSize,
  send: (size: FrameSize) => void,
  now: () => number = () => performance.now(),
) {
  let sentSize: FrameSize = {height: 0, width: 0, frame: 0};
  let sentAt = Number.NEGATIVE_INFINITY;
  /** How many heights in a row followed from our own. */
  let echoes = 0;
  /** Whether the last height of a loop has been sent, or will be. */
  let isLast = false;

  const sendNow = (size: FrameSize) => {
    sentSize = size;
    sentAt = now();
    send(size);
  };
  function check() {
    const size = measure();
    if (size.height === sentSize.height) return;
    const isEcho = size.width === sentSize.width && size.frame !== sentSize.frame && now() - sentAt < ECHO_TIME;
    echoes = isEcho ? echoes + 1 : 0;
    if (echoes < 2) {
      isLast &&= isEcho;
      return sendNow(size);
    }
    if (isLast) return;
    isLast = true;
    setTimeout(() => {
      const last = measure();
      if (last.height !== sentSize.height) sendNow(last);
    }, ECHO_TIME);
  }
  const userActed = () => {
    sentAt = Number.NEGATIVE_INFINITY;
  };
  return {check, userActed};
}
