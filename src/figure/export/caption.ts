import type {AnyParams} from "../controls.ts";
import {stateLine} from "../live/paperLine.ts";
import type {AnyWidget} from "../widget.ts";

/** The words around a picture that is saved. */
export interface Caption {
  title: string;
  /** The state, "Rank r = 4 · Matrix = Blobs". */
  state: string;
  sentence: string;
  source: string;
}

/** The caption of a saved picture: its question, its state, its result, and its sources with the figure's address. */
export function captionOf(w: AnyWidget, params: AnyParams, result: unknown, address: string): Caption {
  const {kind, text} = w.provenance(params, result);
  return {
    title: w.title,
    state: stateLine(w, params),
    sentence: w.summary(result, params),
    source: [w.sources.join("; "), `${kind}, ${text}`, address].join(" · "),
  };
}
