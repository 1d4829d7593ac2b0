import type {Means} from "./run.ts";

/** What a widget must know of the page it stands on. */
export interface Place extends Means {
  /** Address of the site's root, with its slash: links and embed codes start there. */
  home: string;
  /** What the address of a page ends with, `index.html` where this one's does. */
  index?: string;
  /** The page's own address carries the widget's state (its page and its embed; not a chapter). */
  addressed: boolean;
}
