/** Milliseconds in which a change of height may still be the host's answer to what we told it. */
const SPELL = 250;

/** CSS px: the document's height, its width, and the height of the frame it stands in. */
export interface Size {
  height: number;
  width: number;
  frame: number;
}

/**
 * Tells heights that are new, but for those of a loop: where a height follows from the frame's, each told one makes the
 * host give more, and so the next. A height that answers our own for the second time within a quarter of a second is kept
 * back; once that time has passed, the height of then is the last word until something else changes it. `act`: someone did
 * something, so what comes next is no answer.
 */
export function guard(measure: () => Size, tell: (size: Size) => void, now: () => number = () => performance.now()) {
  let told: Size = {height: 0, width: 0, frame: 0};
  let at = Number.NEGATIVE_INFINITY;
  let answers = 0;
  let isLast = false;

  const say = (size: Size) => {
    told = size;
    at = now();
    tell(size);
  };
  function look() {
    const size = measure();
    if (size.height === told.height) return;
    const isAnswer = size.width === told.width && size.frame !== told.frame && now() - at < SPELL;
    answers = isAnswer ? answers + 1 : 0;
    if (answers < 2) {
      isLast &&= isAnswer;
      return say(size);
    }
    if (isLast) return;
    isLast = true;
    setTimeout(() => {
      const last = measure();
      if (last.height !== told.height) say(last);
    }, SPELL);
  }
  const act = () => {
    at = Number.NEGATIVE_INFINITY;
  };
  return {look, act};
}
