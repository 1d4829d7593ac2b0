import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {withText} from "../../../figure/plot/text/put.ts";
import {type ForgeLayout, WORD_COLUMNS} from "./frame.ts";

/** A word without and with what was trained, and which letters of the second differ from the first. */
interface Slot {
  off: string;
  now: string;
  changed: readonly boolean[];
}

export interface SlotOptions {
  /** Which word is looked at, from 1 on. */
  chosen: number;
  /** Whether the adapter is off, so that the words are the base's. */
  isOff: boolean;
  /** Marks the chosen slot where something below tells of it. */
  isMarked: boolean;
  onPick(word: number): void;
}

const SPARE = 4;

/** Letters of a word, one a place. */
function spelled(
  g: Element,
  name: string,
  word: string,
  y: number,
  {slot: {letter}}: ForgeLayout,
  bold: readonly boolean[] = [],
) {
  select(layer(g, "g", name))
    .selectChildren<SVGTextElement, string>("text")
    .data(Array.from(word))
    .join("text")
    .attr("class", (_, i) => (bold[i] ? "letter changed" : "letter"))
    .attr("x", (_, i) => rounded(SPARE + (i + 0.5) * letter))
    .attr("y", rounded(y))
    .attr("text-anchor", "middle")
    .each(withText((one) => one));
}

/**
 * A word: what the base writes, small; below it what is written now, large, the letters that changed on tiles. Off, the base's word
 * is alone, and the places below it are empty.
 */
function slotOf(g: Element, {off, now, changed}: Slot, frame: ForgeLayout, isOff: boolean) {
  const {height, letter} = frame.slot;
  const base = height - {huge: 26, large: 17, middling: 13, small: 9}[frame.letters];
  const tall = {huge: 44, large: 29, middling: 25, small: 19}[frame.letters];
  select(layer(g, "g", "tiles"))
    .selectChildren<SVGPathElement, number>("path")
    .data(changed.flatMap((is, i) => (isOff || is ? [i] : [])))
    .join("path")
    .attr("class", isOff ? "tile empty" : "tile")
    .attr("d", (i) => {
      const [x, y] = [rounded(SPARE + i * letter + 1), rounded(base - tall * (isOff ? 0.5 : 0.76))];
      return `M${x} ${y}h${rounded(letter - 2)}v${isOff ? rounded(tall * 0.8) : tall}h${rounded(2 - letter)}z`;
    });
  select(layer(g, "path", "underline")).attr(
    "d",
    (isOff ? [] : changed)
      .map((is, i) =>
        is ? `M${rounded(SPARE + i * letter + 1)} ${rounded(base + tall * 0.24)}h${rounded(letter - 2)}` : "",
      )
      .join(""),
  );
  spelled(g, "before", isOff ? "" : off, base - tall * 0.76 - 3, frame);
  spelled(g, "written", now, isOff ? base - tall * 0.72 : base, frame, isOff ? [] : changed);
}

export function slots(
  g: Element,
  list: readonly Slot[],
  frame: ForgeLayout,
  {chosen, isOff, isMarked, onPick}: SlotOptions,
) {
  const {slot, top} = frame;
  const rows = list.length / WORD_COLUMNS;
  const box = group(g, "slots");
  box.setAttribute("data-letters", frame.letters);
  select(box)
    .selectChildren<SVGGElement, Slot>("g")
    .data(list)
    .join("g")
    .attr("class", (_, i) => (isMarked && i + 1 === chosen ? "slot chosen" : "slot"))
    .attr("transform", (_, i) => {
      const [x, y] = [Math.floor(i / rows) * (slot.width + slot.gap), top + (i % rows) * slot.height];
      return `translate(${rounded(x)} ${rounded(y)})`;
    })
    .each(function (one, i) {
      select(layer(this, "rect", "ground"))
        .attr("x", 0.5)
        .attr("y", 1)
        .attr("width", rounded(slot.width - 1))
        .attr("height", slot.height - 3)
        .attr("rx", 6);
      slotOf(this, one, frame, isOff);
      label(this, "none", one.now === "" && one.off === "" ? "·" : "", {x: SPARE + 4, y: slot.height / 2});
      select(layer(this, "rect", "cells"))
        .attr("width", rounded(slot.width))
        .attr("height", slot.height)
        .on("click", () => onPick(i + 1));
    });
}
