import {reasonFor, whenLate} from "../errorNote.ts";
import type {Exports, FigureNow} from "../export/exportAs.ts";
import type {Tool} from "./toolbar.ts";
import type {Voice} from "./voice.ts";

/** Where the figure to export comes from. */
interface Source {
  /** Resolves once all of the figure has loaded, and once there is a result of its present state if that is needed. */
  ready(needsResult: boolean): Promise<unknown>;
  now(): FigureNow;
}

/** The buttons for link, embed code and files. Their code is loaded when one is pressed. */
export class ExportButtons {
  readonly #voice: Voice;
  readonly #source: Source;

  constructor(voice: Voice, source: Source) {
    this.#voice = voice;
    this.#source = source;
  }

  press(tool: Exclude<Tool, "play" | "step" | "restart" | "reset">) {
    if (tool === "save") return this.#offerFormats();
    // Link and embed code need no result.
    return void this.#load(tool !== "embed" && tool !== "link")
      .then(({pressExport}) => pressExport(tool, this.#source.now, (text) => this.#voice.note([text])))
      .catch((error) => this.#voice.note([`This could not be done: ${reasonFor(error)}.`], true));
  }

  /** What a button saves, as a value. */
  async as<T extends keyof Exports>(format: T): Promise<Exports[T]> {
    return (await this.#load(true)).exportAs(format, this.#source.now);
  }

  /** Shows the formats to save in, or hides them again. */
  #offerFormats() {
    const {figure} = this.#source.now().parts;
    const button = figure.querySelector("[data-do=save]")!;
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    figure.querySelector(".formats")!.toggleAttribute("hidden", isOpen);
  }

  async #load(needsResult: boolean) {
    const coming = whenLate(import("../export/exportAs.ts"), (isLate) =>
      this.#voice.note(isLate ? ["What this button needs has not loaded yet."] : [], isLate),
    );
    const [tools] = await Promise.all([coming, this.#source.ready(needsResult)]);
    return tools;
  }
}
