import type {Controls} from "../../controls.ts";
import {locksOf} from "../../state/locks.ts";

/** The width (CSS px) at which a frame's fixed height is measured: a column of text. */
export const COLUMN = 640;

/** A frame's height for its content, in steps of 20: with system fonts the content may need a line more. */
export const roomFor = (height: number): number => Math.ceil((height + 12) / 20) * 20;

/** A selector for the parts of a figure that these options leave out. */
function absent(controls: Controls, options: Readonly<Record<string, string>>): string {
  const {unseen} = locksOf(controls, {lock: "", controls: options.controls ?? "all"});
  return [
    ".none",
    ...(options.title === "0" ? [".head .title"] : []),
    ...(options.caption === "0" ? [".guide"] : []),
    ...unseen.map((name) => `[data-name="${name}"]`),
  ].join();
}

/** The height of a frame (CSS px) for a figure of this width without the parts left out. Nothing is painted meanwhile. */
export function heightAt(
  figure: HTMLElement,
  width: number,
  controls: Controls,
  options: Readonly<Record<string, string>>,
): number {
  const out = [...figure.querySelectorAll<HTMLElement>(absent(controls, options))];
  const displays = out.map(({style}) => style.display);
  const {width: own} = figure.style;
  figure.style.width = `${width}px`;
  for (const {style} of out) style.display = "none";
  const {offsetHeight} = figure;
  figure.style.width = own;
  for (const [i, {style}] of out.entries()) style.display = displays[i]!;
  return roomFor(offsetHeight);
}
