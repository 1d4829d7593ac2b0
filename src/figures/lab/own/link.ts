/** Links that carry the reader's own words after the #: writing and reading them, and the button that copies one. */

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

/** The most words that a link can hold, and the most characters that it may have for them. */
const MAX_IN_LINK = 200;
const MAX_LINK_LENGTH = 2000;

/** Bytes, compressed or decompressed. */
const passedThrough = async (bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

/** Words as text for the fragment of a link; undefined if there are more than MAX_IN_LINK. */
export async function wordsToLink(words: readonly string[]): Promise<string | undefined> {
  if (words.length > MAX_IN_LINK) return undefined;
  const text = new TextEncoder().encode(packWords([...words].sort()));
  return toBase64Url(await passedThrough(text, new CompressionStream("deflate-raw")));
}

/** The words in the fragment of a link; undefined if it is not a list that can be learned: anybody can write a link. */
export async function wordsFromLink(text: string): Promise<readonly string[] | undefined> {
  if (text.length > MAX_LINK_LENGTH || !/^[\w-]+$/.test(text)) return undefined;
  try {
    // So short a text unpacks to a megabyte or two at most.
    const unpacked = await passedThrough(fromBase64Url(text), new DecompressionStream("deflate-raw"));
    const words = unpackWords(new TextDecoder("utf-8", {fatal: true}).decode(unpacked));
    if (words.length < MIN_WORDS || words.length > MAX_IN_LINK) return undefined;
    const checkedWords = readWords(words.join(" ")).words;
    return checkedWords.join() === words.join() ? checkedWords : undefined;
  } catch {
    return undefined;
  }
}

/** Draws a button that copies a link with the words, and a note on who can read them. */
export function drawShareButton(box: Element, words: readonly string[], params: LabParams, act: Act) {
  const area = layer<HTMLElement>(box, "div", "share");
  const isLong = words.length > MAX_IN_LINK;
  area.toggleAttribute("hidden", words.length < MIN_WORDS);
  const copy = button(area, "copy", "Copy a link with these words");
  copy.toggleAttribute("hidden", isLong);
  copy.onclick = () => void copyLink(area, words, params, act);
  const note = isLong
    ? `More than ${MAX_IN_LINK} words do not fit in a link; send the list itself.`
    : "Whoever has the link can read the words. They come after the #, a part that browsers never send to a server.";
  layer(area, "p", "why", note);
}

/** Copies the link; if the browser does not allow that, shows it in a field to copy from. */
async function copyLink(area: HTMLElement, words: readonly string[], params: LabParams, act: Act) {
  const {documentElement, defaultView} = area.ownerDocument;
  const link = new URL("lab/", siteRoot(documentElement.dataset.root, defaultView!.location));
  const settings = differences(controls, {...params, own: "", applied: "on", step: 0, kept: ""});
  for (const [name, value] of Object.entries(settings)) link.searchParams.set(name, value);
  link.hash = `words=${await wordsToLink(words)}`;
  if (await copyText(link.href)) return act.say("The link is copied, with the words in it.");
  area.querySelector(".copyable")?.remove();
  area.append(selectableField(area.ownerDocument, link.href, "Link with the words"));
}
