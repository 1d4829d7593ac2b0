import type {RunSource} from "./runs/run.ts";

/** What a figure has to know about the page it is on. */
export interface PageContext extends RunSource {
  /** Address of the site's root, with a slash at its end: links and embed codes start with it. */
  home: string;
  /** The page's own address carries the widget's state: on its page and in its embed, not in a chapter. */
  isAddressed: boolean;
  /** A host set that address: Reset leads back to it, and it is not rewritten. */
  isFramed?: boolean;
  /** The embed dialog can show a preview: a page of our own, which may contain frames of this site. */
  hasPreviews?: boolean;
  /** Loads the code that opens a card over the page; only our own pages have cards. */
  explore?: () => Promise<typeof import("./live/explore.ts")>;
  /** Sentences that the page itself has for the reader at the start. */
  notes?: readonly string[];
  /** Loads the code that keeps attributes and state equal; for foreign pages. */
  attributes?: () => Promise<typeof import("./state/attributes.ts")>;
}
