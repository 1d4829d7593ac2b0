/** A link that has the reader's own words in it. */

import {copyText, selectableField} from "../../../figure/export/clipboard.ts";
import {differences} from "../../../figure/parse.ts";
import {button} from "../../../figure/plot/button.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {siteRoot} from "../../../figure/siteRoot.ts";
import {fromBase64Url, toBase64Url} from "../../../figure/state/base64Url.ts";
import type {Act} from "../../../figure/widget.ts";
import {packWords, unpackWords} from "../../shared/sortedWords.ts";
import {controls, type LabParams} from "../controls.ts";
import {readWords} from "./readWords.ts";
import {MIN_WORDS} from "./words.ts";

/** The most words that a link can hold. */
export const MAX_IN_LINK = 200;
/** The most characters that a link may have for them. */
const MAX_LINK_LENGTH = 2000;
const streamed = async (bytes: Uint8Array<ArrayBuffer>, by: CompressionStream | DecompressionStream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(by)).arrayBuffer());

/** Sorted words → one word for the fragment of a link; undefined where there are more than travel in one. */
export async function wordsToLink(words: readonly string[]): Promise<string | undefined> {
  if (words.length > MAX_IN_LINK) return undefined;
  const text = new TextEncoder().encode(packWords([...words].sort()));
  return toBase64Url(await streamed(text, new CompressionStream("deflate-raw")));
}

/** The reverse, for text from anywhere; undefined where it is no list that can be learned. */
export async function wordsFromLink(text: string): Promise<readonly string[] | undefined> {
  if (text.length > MAX_LINK_LENGTH || !/^[\w-]+$/.test(text)) return undefined;
  try {
    // So short a text unpacks to a megabyte or two at most.
    const unpacked = await streamed(fromBase64Url(text), new DecompressionStream("deflate-raw"));
    const words = unpackWords(new TextDecoder("utf-8", {fatal: true}).decode(unpacked));
    if (words.length < MIN_WORDS || words.length > MAX_IN_LINK) return undefined;
    const checkedWords = readWords(words.join(" ")).words;
    return checkedWords.join() === words.join() ? checkedWords : undefined;
  } catch {
    return undefined;
  }
}

const PRIVACY_NOTE =
  "Whoever has the link can read the words. They come after the #, a part that browsers never send to a server.";

/** Copies a link with the words, after one question. Only pages of our own can open it. */
export function shareWords(box: Element, words: readonly string[], params: LabParams, act: Act) {
  const area = layer<HTMLElement>(box, "div", "share");
  const {root} = box.ownerDocument.documentElement.dataset;
  const isLong = words.length > MAX_IN_LINK;
  area.toggleAttribute("hidden", root === undefined || words.length < MIN_WORDS);
  if (isLong || area.hidden) area.removeAttribute("data-asking");
  const ask = button(area, "ask", "Copy a link with these words");
  ask.toggleAttribute("hidden", isLong);
  const tooLong = `More than ${MAX_IN_LINK} words do not fit in a link; send the list itself.`;
  layer(area, "p", "why", isLong ? tooLong : PRIVACY_NOTE);
  button(area, "yes", "Copy the link").onclick = () => {
    area.removeAttribute("data-asking");
    void copyLink(area, words, params, act);
  };
  button(area, "no", "Cancel").onclick = () => {
    area.removeAttribute("data-asking");
    ask.focus();
  };
  ask.onclick = () => {
    area.setAttribute("data-asking", "");
    area.querySelector<HTMLElement>(".yes")!.focus();
  };
  area.toggleAttribute("data-long", isLong);
}

async function copyLink(area: HTMLElement, words: readonly string[], params: LabParams, act: Act) {
  const {documentElement, defaultView} = area.ownerDocument;
  const link = new URL("lab/", siteRoot(documentElement.dataset.root, defaultView!.location));
  const settings = differences(controls, {...params, own: "", applied: "on", step: 0, kept: "", guess: ""});
  for (const [name, value] of Object.entries(settings)) link.searchParams.set(name, value);
  link.hash = `words=${await wordsToLink(words)}`;
  if (await copyText(link.href)) {
    const ask = area.querySelector<HTMLElement>(".ask")!;
    ask.textContent = "Copied, with the words";
    ask.focus();
    return act.set({}, "The link is copied, with the words in it.");
  }
  area.querySelector(".copyable")?.remove();
  area.append(selectableField(area.ownerDocument, link.href, "Link with the words"));
}
