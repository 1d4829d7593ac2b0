import {put} from "../../figures/text/put.ts";
import {drawHero, STEPS} from "./draw.ts";

/** Milliseconds between two outer products. */
const PACE = 900;

/** Adds the outer products one by one, once; the button pauses, continues, and plays again. */
export function playHero(picture: HTMLElement, button: HTMLButtonElement) {
  let step = STEPS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    put(button, "Play");
  };
  const next = () => {
    drawHero(picture, ++step);
    if (step === STEPS) stop();
    else timer = setTimeout(next, PACE);
  };
  const play = () => {
    if (step === STEPS) step = 0;
    drawHero(picture, step);
    put(button, "Pause");
    timer = setTimeout(next, PACE);
  };

  button.hidden = false;
  button.addEventListener("click", () => (timer === undefined ? play() : stop()));
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) play();
}
