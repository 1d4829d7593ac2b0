/** Several texts in a drawing, from data. */
import {attributes, join} from "../children.ts";
import {type Look, paint} from "../marks.ts";
import {rounded} from "../rounded.ts";
import {put} from "./put.ts";

/** One line of text in a drawing. */
export interface Text {
  at: readonly [x: number, y: number];
  text: string;
  /** Its class. */
  kind?: string;
  tone?: Look["tone"];
  anchor?: "start" | "middle" | "end";
  /** It reads from below upwards. */
  isUpright?: boolean;
}

/** Draws texts at their places, as many as there are. */
export const texts = (g: Element, all: readonly Text[]): void =>
  join(g, "text", all, {name: ({kind}) => kind ?? ""}, (one, {at, text, tone, anchor, isUpright}) => {
    const [x, y] = at.map((place) => rounded(place));
    attributes(one, {x, y, "text-anchor": anchor, transform: isUpright ? "rotate(-90)" : null});
    paint(one, {tone});
    put(one, text);
  });
