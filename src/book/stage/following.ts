/** Steps that set their figure while the page scrolls. */
import {barBottom, dock, followDock, leaveSteps, startDock} from "./dock.ts";
import type {Figure} from "./phrases.ts";

/** Windows high enough to show a figure while its steps are read. In lower ones scrolling sets no steps. */
const HIGH_WINDOW = "(min-height: 30.01rem)";
/** Windows with one column, where a dock may cover the top. */
const NARROW_WINDOW = "(max-width: 59.99rem)";
/** About the share of the window's height that a dock takes. */
const DOCK_SHARE = 0.4;

/** Sets the figure of a phrase without putting it into the live region. */
type SetQuietly = (figure: Figure, phrase: HTMLElement) => Promise<unknown>;

/** A list of steps and its figure. */
interface StepList {
  figure: Figure;
  stage: Element;
  list: Element;
  steps: readonly HTMLElement[];
  /** The step that is being read. */
  currentStep?: HTMLElement | undefined;
  /** The highlighted step: the one being read, or one whose phrase was pressed since. */
  highlightedStep?: HTMLElement | undefined;
  /** The reader moved the figure by hand, so scrolling does not set it until a phrase is pressed or the stage is left. */
  isHeld: boolean;
  /** The step to set next: of several passed while one was being set, only the last. */
  nextStep?: HTMLElement | undefined;
  isSetting: boolean;
}

/** The lists of steps on a page that have a figure. */
function stepListsOf(root: Document): StepList[] {
  return [...root.querySelectorAll(".stage .steps > ol")].flatMap((list) => {
    const stage = list.closest(".stage")!;
    const figure = stage.querySelector<Figure>("lora-widget");
    const steps = [...list.children] as HTMLElement[];
    return figure ? [{figure, stage, list, steps, isHeld: false, isSetting: false}] : [];
  });
}

/**
 * The line from which text is in view, and the line where it is read, about halfway below. On a narrow window both allow for
 * a dock, whether or not there is one: lines that moved with it would skip steps, or close the dock and open it again.
 */
function linesOf(root: Document): {top: number; reading: number} {
  const bar = barBottom(root);
  if (!matchMedia(NARROW_WINDOW).matches) return {top: bar, reading: bar + (innerHeight - bar) / 2};
  const top = bar + DOCK_SHARE * innerHeight;
  return {top, reading: top + 0.45 * (innerHeight - top)};
}

/** The step that is read: the last one whose top the line has passed, while some of the list is in view. */
function stepAt({list, steps}: StepList, {top, reading}: {top: number; reading: number}): HTMLElement | undefined {
  if (list.getBoundingClientRect().bottom < top) return undefined;
  return steps.findLast((step) => step.getBoundingClientRect().top < reading);
}

/** The phrase that a step begins with. */
const phraseOf = (step: Element) => step.querySelector<HTMLElement>("a.set");

/** Sets the next step, and then the last of those that were reached meanwhile. */
async function setNextStep(stepList: StepList, set: SetQuietly) {
  if (stepList.isSetting) return;
  stepList.isSetting = true;
  while (stepList.nextStep) {
    const phrase = phraseOf(stepList.nextStep);
    stepList.nextStep = undefined;
    if (phrase) await set(stepList.figure, phrase).catch(() => {});
  }
  stepList.isSetting = false;
}

/** Highlights a step, and no other of its list. */
function highlight(stepList: StepList, step: HTMLElement | undefined) {
  stepList.highlightedStep?.classList.remove("now");
  step?.classList.add("now");
  stepList.highlightedStep = step;
}

/** Finds the step that is being read, and sets the figure when it is another one. */
function follow(stepList: StepList, root: Document, set: SetQuietly) {
  const {figure, stage} = stepList;
  const {top, bottom} = stage.getBoundingClientRect();
  if (top > innerHeight || bottom < 0) stepList.isHeld = false;
  const step = matchMedia(HIGH_WINDOW).matches ? stepAt(stepList, linesOf(root)) : undefined;
  if (step === stepList.currentStep) return;
  stepList.currentStep = step;
  highlight(stepList, step);
  if (!step) leaveSteps(figure);
  if (!step || stepList.isHeld || !figure.set) return;
  const phrase = phraseOf(step);
  if (phrase) dock(figure, phrase, true);
  stepList.nextStep = step;
  void setNextStep(stepList, set);
}

/** Starts what a page with stages does while it scrolls: a docked figure goes back, and steps set their figure. */
export function startFollowing(root: Document, set: SetQuietly): void {
  startDock(root);
  const stepLists = stepListsOf(root);
  root.addEventListener("phrase", (event) => {
    const {figure} = (event as CustomEvent<{figure: Element}>).detail;
    for (const stepList of stepLists) {
      if (stepList.figure !== figure) continue;
      Object.assign(stepList, {isHeld: false, nextStep: undefined});
      const step = stepList.steps.find((item) => item.contains(event.target as Node));
      if (step) highlight(stepList, step);
    }
  });
  /** Stops setting the figures that the reader moves by hand. */
  const hold = (isTouched: (figure: Element) => boolean) => {
    for (const stepList of stepLists)
      if (isTouched(stepList.figure)) Object.assign(stepList, {isHeld: true, nextStep: undefined});
  };
  // The figure reports a moved field only when the result is drawn; until then the next step must not undo the move.
  root.addEventListener(
    "input",
    ({target}) => hold((figure) => figure !== target && figure.contains(target as Node)),
    true,
  );
  // A step may have been reached before its figure could answer.
  root.addEventListener("lora-ready", ({target}) => {
    const stepList = stepLists.find(({figure, currentStep, isHeld}) => figure === target && currentStep && !isHeld);
    const phrase = stepList && phraseOf(stepList.currentStep!);
    if (phrase) dock(stepList.figure, phrase, true);
  });
  root.addEventListener("lora-change", (event) => {
    // A run that plays was started by hand too.
    if ((event as CustomEvent<{reason: string}>).detail.reason !== "host") hold((figure) => figure === event.target);
  });
  let isDue = false;
  /** Follows the page once in the next frame. */
  const followPage = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      followDock();
      for (const stepList of stepLists) follow(stepList, root, set);
    });
  };
  root.addEventListener("scroll", followPage, {passive: true});
  addEventListener("resize", followPage);
  followPage();
}
