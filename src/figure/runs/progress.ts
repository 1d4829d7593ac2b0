import type {PlayerStage} from "../widget.ts";

/** The progress bar of a run that is computed on Play. */
export class Progress {
  /** How much is done, "3 of 70 runs"; empty before the run has begun. */
  text = "";
  readonly #stage: PlayerStage;
  readonly #bar: HTMLProgressElement;
  /** More than half of the work is still to be done. */
  #isBeforeHalf = false;

  constructor(stage: PlayerStage) {
    this.#stage = stage;
    this.#bar = stage.parts.figure.querySelector<HTMLProgressElement>(".done")!;
  }

  /** Shows how far the run is, and while it is computed says when it is half done. */
  show(result: unknown, isComputing: boolean) {
    const [done = 0, total = 1, unit = ""] = this.#stage.w.runs!.progress!(result) ?? [];
    this.text = unit && `${done} of ${total} ${unit}`;
    this.#bar.value = done / total;
    this.#bar.setAttribute("aria-valuetext", this.text);
    if (isComputing && this.#isBeforeHalf && done < total && 2 * done >= total)
      this.#stage.say(`${this.text} are done.`);
    this.#isBeforeHalf = 2 * done < total;
  }
}
