/** A single text in a drawing. */
import {attributes} from "../children.ts";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";

/** Where a text is. */
interface LabelPlace {
  x: number;
  y: number;
  anchor?: "start" | "middle" | "end";
  /** A shift down: "0.32em" centers the text on y. */
  dy?: string;
}

/** Draws one line of text, in the element of this class. */
export function label(parent: Element, name: string, text: string | number, {x, y, anchor, dy}: LabelPlace) {
  const element = layer(parent, "text", name, String(text));
  attributes(element, {x: rounded(x), y: rounded(y), dy, "text-anchor": anchor});
}
