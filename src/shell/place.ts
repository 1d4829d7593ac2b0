import type {RunSource} from "./runs/run.ts";

/** What a widget must know of the page it stands on. */
export interface Place extends RunSource {
  /** Address of the site's root, with its slash: links and embed codes start there. */
  home: string;
  /** What the address of a page ends with, `index.html` where this one's does. */
  index?: string;
  /** The page's own address carries the widget's state (its page and its embed; not a chapter). */
  addressed: boolean;
  /** That address is a host's word: Reset leads back to it, and it stays as it came. */
  framed?: boolean;
  /** The page may hold frames of this site: a page of our own, no embed. */
  previews?: boolean;
  /** What the page itself has to say to the reader at the start, one sentence each. */
  notes?: readonly string[];
  /** On a foreign page: what follows its author's writing in the element's attributes, and keeps them equal to the state. */
  attributes?: () => Promise<typeof import("./state/attributes.ts")>;
}
