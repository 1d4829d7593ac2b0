import type {KeptKind} from "./entries.ts";

/** The browser does not let the site store anything. */
export const DENIED = "This browser keeps nothing for this site: what you answer lasts until you leave the page.";
/** The stored data have the format of a later version. */
export const LATER_VERSION =
  "A later version of this site keeps your answers here: what you do on this page is not added to them.";
/** The browser did not let the site remove what it stored. */
export const NOT_REMOVED = "What is kept on this device could not be removed; clear this site's data in your browser.";

/** What a sentence calls the entry that could not be kept. */
export const nameOfLast: Readonly<Record<KeptKind, string>> = {
  answer: "your last answer",
  prediction: "your prediction",
  chapter: "a chapter’s mark",
  words: "your text",
  draft: "your draft",
  review: "your last grade",
};

/** Says that a text is too long to keep. */
export const tooLongText = (kind: KeptKind): string =>
  `Too long to keep: ${nameOfLast[kind]} lasts until you leave this page.`;

/** Says which entries are broken, as many as fit into a sentence. */
export const unreadText = (names: readonly string[]): string =>
  `What was kept earlier under these names could not be read and was left out: ${names.join(", ").slice(0, 200)}.`;

/** Says what the device has no room for. */
const noRoom = (what: readonly string[]): string =>
  `This device has no room left for ${what.join(" and ")}, which you have until you leave this page.`;

/** What the reader should know about keeping. Each thing is told once. */
export interface Troubles {
  add(sentence: string): void;
  /** Adds something that there was no room for; several of them make one sentence. */
  addNoRoom(what: string): void;
  /** Everything added since the last call; undefined when that is nothing. */
  take(): string | undefined;
}

/** An empty list of troubles. */
export function newTroubles(): Troubles {
  const toldTexts = new Set<string>();
  let sentences: string[] = [];
  let withoutRoom: string[] = [];
  const addTo = (list: string[], text: string) => {
    if (!toldTexts.has(text)) list.push(text);
    toldTexts.add(text);
  };
  return {
    add: (sentence) => addTo(sentences, sentence),
    addNoRoom: (what) => addTo(withoutRoom, what),
    take() {
      const all = withoutRoom.length ? [...sentences, noRoom(withoutRoom)] : sentences;
      sentences = [];
      withoutRoom = [];
      return all.join(" ") || undefined;
    },
  };
}
