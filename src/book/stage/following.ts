import {followDock, startDock} from "./dock.ts";
import type {Figure} from "./phrases.ts";
import {startSteps} from "./scrolledSteps.ts";

/** Starts what a page with stages does while it scrolls: a docked figure goes back, and steps set their figure. `set` sets a figure without announcing it. */
export function startFollowing(root: Document, set: (figure: Figure, phrase: HTMLElement) => Promise<unknown>): void {
  startDock(root);
  const followSteps = startSteps(root, set);
  let isDue = false;
  const follow = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      followDock();
      followSteps();
    });
  };
  root.addEventListener("scroll", follow, {passive: true});
  addEventListener("resize", follow);
  follow();
}
