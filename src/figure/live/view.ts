import type {FigureSize, Room} from "../plot/room.ts";
import type {FigureState} from "../state/figureState.ts";
import type {Act, AnyWidget, Parts} from "../widget.ts";
import {drawDataTable} from "./dataTable.ts";
import {showValues} from "./form.ts";
import {annotate, drawFigure} from "./skeleton.ts";

/** Draws what a figure shows: its form, its picture, and the words and numbers around it. */
export class View {
  readonly forms: readonly HTMLFormElement[];
  /** The result that is drawn; undefined before the first. Until then the prerendered frame stays. */
  result: unknown;
  readonly #parts: Parts;
  readonly #w: AnyWidget;
  readonly #act: Act;
  readonly #observer: ResizeObserver;
  /** The picture's width in CSS pixels; undefined until it is measured again for the next drawing. */
  #width?: number;

  /** `onResize` is called when the picture has become wider or narrower than it was drawn for. */
  constructor(parts: Parts, w: AnyWidget, act: Act, onResize: () => void) {
    this.forms = parts.clock ? [parts.form, parts.clock] : [parts.form];
    this.#parts = parts;
    this.#w = w;
    this.#act = act;
    this.#observer = new ResizeObserver(([{contentRect}]) => {
      if (this.#width !== undefined && Math.abs(contentRect.width - this.#width) >= 1) onResize();
    });
    this.connect();
  }

  /** The element is in the page, for the first time or again. */
  connect() {
    this.#observer.observe(this.#parts.picture);
  }

  /** The element was removed. */
  end() {
    this.#observer.disconnect();
  }

  /** The picture's width may have changed. */
  forgetWidth() {
    this.#width = undefined;
  }

  get #size(): FigureSize {
    return this.#parts.figure.dataset.size as FigureSize;
  }

  /** The result's sentence for the full size. */
  get sentence(): string {
    return this.#parts.figure.querySelector(".sentence")!.textContent!;
  }

  /** The sentence that is seen at the figure's present size. */
  get visibleSentence(): string {
    const isSmall = this.#size === "card" || this.#size === "dock";
    return isSmall ? this.#parts.figure.querySelector(".says")!.textContent! : this.sentence;
  }

  /** Makes the form show the state. A field that is being typed in keeps its text. */
  fill({params, bounds, readerParams, commonOptions}: FigureState, isTyping = false) {
    const page = this.#parts.figure.getRootNode() as Document | ShadowRoot;
    showValues(this.forms, this.#w.controls, params, bounds, {
      typing: isTyping ? page.activeElement : null,
      locked: [...(this.#w.locked?.(params) ?? []), ...(commonOptions.locked ?? [])],
      unseen: commonOptions.unseen,
      readerParams,
    });
    this.#w.training?.showChoiceParts(this.#parts.form, this.#w.controls, params);
  }

  /** Draws a result of the state. Gives whether it meets the challenge. */
  paint(result: unknown, state: FigureState): boolean {
    this.result = result;
    const {picture} = this.#parts;
    const size = this.#size;
    // What is drawn at one size only must not stay at another.
    if (picture.dataset.picture !== size) picture.replaceChildren();
    picture.dataset.picture = size;
    this.#width ??= picture.clientWidth;
    const room: Room = {size, width: this.#width};
    drawFigure(this.#parts, this.#w, result, state.params, this.#act, room);
    this.annotate(state);
    this.tabulate(state);
    const isMet = this.#w.challenge.met(result, state.params);
    if (isMet) this.#verdict.textContent ||= " You have met it.";
    return isMet;
  }

  /** Writes the words of the result. */
  annotate({readerParams}: FigureState) {
    annotate(this.#parts, this.#w, this.result, readerParams);
  }

  /** Writes the table behind "Data" while it is open. */
  tabulate({readerParams}: FigureState) {
    if (this.#parts.data.open && this.result !== undefined)
      drawDataTable(this.#parts, this.#w.table(this.result, readerParams));
  }

  /** Takes back the words that the challenge is met. */
  clearVerdict() {
    this.#verdict.textContent = "";
  }

  /** Whether the verdict can be seen: answers are not withheld, and the challenge is not left out. */
  get hasVerdict(): boolean {
    return !this.#verdict.closest("[hidden]");
  }

  get #verdict(): Element {
    return this.#parts.figure.querySelector(".verdict")!;
  }
}
