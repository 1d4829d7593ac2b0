import {put} from "../../figures/text/put.ts";
import {drawHero, STEPS} from "./draw.ts";

/** Milliseconds that each outer product stays before the next is laid down. */
const PACE = 900;

/** Lays the outer products down once, when the hero is seen; the button stops, goes on and plays again. */
export function playHero(picture: HTMLElement, button: HTMLButtonElement) {
  let step = STEPS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (playing: boolean) => {
    put(button, playing ? "Pause" : "Play");
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    say(false);
  };
  const next = () => {
    drawHero(picture, ++step);
    if (step === STEPS) stop();
    else timer = setTimeout(next, PACE);
  };
  const play = () => {
    if (step === STEPS) step = 0;
    drawHero(picture, step);
    say(true);
    timer = setTimeout(next, PACE);
  };

  button.hidden = false;
  button.addEventListener("click", () => (timer === undefined ? play() : stop()));
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) play();
}
