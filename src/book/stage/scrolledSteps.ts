import {barOf, dock, leaveSteps} from "./dock.ts";
import type {Figure} from "./marks.ts";

/** Windows high enough to show a figure while its steps are read. In lower ones scrolling sets no steps. */
const HIGH = "(min-height: 30.01rem)";
const NARROW = "(max-width: 59.99rem)";
/** About the share of the window that a dock takes. */
const DOCK = 0.4;

/** Sets the figure of a phrase without putting it into the live region. */
type SetQuietly = (place: Figure, phrase: HTMLElement) => Promise<unknown>;

/** A list of steps and its figure. */
interface Walk {
  place: Figure;
  stage: Element;
  list: Element;
  steps: readonly HTMLElement[];
  /** The step that is being read, and the step that is lit: a press lights its step until another is read. */
  now?: HTMLElement | undefined;
  lit?: HTMLElement | undefined;
  /** The reader moved the figure by hand, so scrolling does not set it until a phrase is pressed or the stage is left. */
  isHeld: boolean;
  /** The step to set next: of several passed while one was being set, only the last. */
  due?: HTMLElement | undefined;
  isSetting: boolean;
}

function walksOf(root: Document): Walk[] {
  return [...root.querySelectorAll(".stage .steps > ol")].flatMap((list) => {
    const stage = list.closest(".stage")!;
    const place = stage.querySelector<Figure>("lora-widget");
    const steps = [...list.children] as HTMLElement[];
    return place ? [{place, stage, list, steps, isHeld: false, isSetting: false}] : [];
  });
}

/**
 * The line from which text is in view, and the line where it is read, about halfway below. On a narrow window both allow for
 * a dock, whether or not there is one: lines that moved with it would skip steps, or close the dock and open it again.
 */
function linesOf(root: Document): {top: number; reading: number} {
  const bar = barOf(root);
  if (!matchMedia(NARROW).matches) return {top: bar, reading: bar + (innerHeight - bar) / 2};
  const top = bar + DOCK * innerHeight;
  return {top, reading: top + 0.45 * (innerHeight - top)};
}

/** The step that is read: the last one whose top the line has passed, while some of the list is in view. */
function stepAt({list, steps}: Walk, {top, reading}: {top: number; reading: number}): HTMLElement | undefined {
  if (list.getBoundingClientRect().bottom < top) return undefined;
  return steps.findLast((step) => step.getBoundingClientRect().top < reading);
}

const phraseOf = (step: Element) => step.querySelector<HTMLElement>("a.set");

/** Sets the step that is due, then the last one that became due meanwhile. */
async function setDue(walk: Walk, set: SetQuietly) {
  if (walk.isSetting) return;
  walk.isSetting = true;
  while (walk.due) {
    const phrase = phraseOf(walk.due);
    walk.due = undefined;
    if (phrase) await set(walk.place, phrase).catch(() => {});
  }
  walk.isSetting = false;
}

function light(walk: Walk, step: HTMLElement | undefined) {
  walk.lit?.classList.remove("now");
  step?.classList.add("now");
  walk.lit = step;
}

function follow(walk: Walk, root: Document, set: SetQuietly) {
  const {place, stage} = walk;
  const {top, bottom} = stage.getBoundingClientRect();
  if (top > innerHeight || bottom < 0) walk.isHeld = false;
  const step = matchMedia(HIGH).matches ? stepAt(walk, linesOf(root)) : undefined;
  if (step === walk.now) return;
  walk.now = step;
  light(walk, step);
  if (!step) leaveSteps(place);
  if (!step || walk.isHeld || !place.set) return;
  const phrase = phraseOf(step);
  // A first frame would change its height in the dock, so a figure without a result docks once it has one.
  if (phrase && !place.querySelector('svg[style*="--drawn"]')) dock(place, phrase, true);
  walk.due = step;
  void setDue(walk, set);
}

/** Follows the lists of steps while the page scrolls. Gives what is to be called once a frame. */
export function startSteps(root: Document, set: SetQuietly): () => void {
  const walks = walksOf(root);
  root.addEventListener("phrase", (event) => {
    const {place} = (event as CustomEvent<{place: Element}>).detail;
    for (const walk of walks) {
      if (walk.place !== place) continue;
      Object.assign(walk, {isHeld: false, due: undefined});
      const step = walk.steps.find((one) => one.contains(event.target as Node));
      if (step) light(walk, step);
    }
  });
  const hold = (isTouched: (place: Element) => boolean) => {
    for (const walk of walks) if (isTouched(walk.place)) Object.assign(walk, {isHeld: true, due: undefined});
  };
  // The figure reports a moved field only when the result is drawn; until then the next step must not undo the move.
  root.addEventListener(
    "input",
    ({target}) => hold((place) => place !== target && place.contains(target as Node)),
    true,
  );
  root.addEventListener("lora-ready", ({target}) => {
    const walk = walks.find(({place, now, isHeld}) => place === target && now && !isHeld);
    const phrase = walk && phraseOf(walk.now!);
    if (phrase) dock(walk.place, phrase, true);
  });
  root.addEventListener("lora-change", (event) => {
    // A run that plays was started by hand too.
    if ((event as CustomEvent<{reason: string}>).detail.reason !== "host") hold((place) => place === event.target);
  });
  return () => {
    for (const walk of walks) follow(walk, root, set);
  };
}
