// For its effect: d3 then writes only attributes that change.
import "../plot/changedAttributes.ts";
import type {Room} from "../plot/room.ts";
import type {FigureState} from "../state/figureState.ts";
import type {Act, AnyWidget, Parts} from "../widget.ts";
import {dataTable} from "./dataTable.ts";
import {showValues} from "./form.ts";
import {isSmall} from "./sizes.ts";
import {annotate, drawFigure} from "./skeleton.ts";

/** Draws what a figure shows: its form, its picture, and the words and numbers around it. */
export class View {
  readonly forms: readonly HTMLFormElement[];
  /** The result that is drawn; undefined before the first. Until then the prerendered frame stays. */
  result: unknown;
  readonly #parts: Parts;
  readonly #w: AnyWidget;
  readonly #act: Act;
  readonly #room: Room;

  constructor(parts: Parts, w: AnyWidget, act: Act, room: Room) {
    this.forms = parts.clock ? [parts.form, parts.clock] : [parts.form];
    this.#parts = parts;
    this.#w = w;
    this.#act = act;
    this.#room = room;
  }

  /** The result's sentence for the full size. */
  get sentence(): string {
    return this.#parts.figure.querySelector(".sentence")!.textContent!;
  }

  /** The sentence that is seen at the figure's present size. */
  get seenSentence(): string {
    return isSmall(this.#room.size) ? this.#parts.figure.querySelector(".says")!.textContent! : this.sentence;
  }

  /** Makes the form show the state. A field that is being typed in keeps its text. */
  fill({params, bounds, readerParams, commonOptions}: FigureState, isTyping = false) {
    const page = this.#parts.figure.getRootNode() as Document | ShadowRoot;
    showValues(this.forms, this.#w.controls, params, bounds, {
      typing: isTyping ? page.activeElement : null,
      locked: [...(this.#w.locked?.(params) ?? []), ...(commonOptions.locked ?? [])],
      unseen: commonOptions.unseen,
      seen: readerParams,
    });
    this.#w.training?.sortOptions(this.#parts.form, this.#w.controls, params);
  }

  /** Draws a result of the state. Gives whether it meets the challenge. */
  paint(result: unknown, state: FigureState): boolean {
    this.result = result;
    const {picture} = this.#parts;
    const {size} = this.#room;
    // What is drawn at one size only must not stay at another.
    if (picture.dataset.picture !== size) picture.replaceChildren();
    picture.dataset.picture = size;
    drawFigure(this.#parts, this.#w, result, state.params, this.#act, this.#room);
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
      dataTable(this.#parts, this.#w.table(this.result, readerParams));
  }

  /** Forgets that the challenge was met. */
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
