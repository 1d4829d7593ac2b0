import {fromBase64Url, toBase64Url} from "../../../figure/state/base64Url.ts";
import {packWords, unpackWords} from "../../shared/sortedWords.ts";
import {FEWEST, MOST_IN_LINK, MOST_WORDS} from "./counts.ts";
import {readWords} from "./readWords.ts";

/** The most characters that a link may have for them. */
const LONGEST_LINK = 2000;
/** The most letters that the words of a list can have, with a capital before each. */
const LONGEST_TEXT = 12 * MOST_WORDS;

/** All that a stream gives; undefined beyond `most` bytes, so that a short link cannot fill the memory. */
async function collected(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array | undefined> {
  const bytes: number[] = [];
  const reader = stream.getReader();
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return Uint8Array.from(bytes);
    if (bytes.length + value.length > most) {
      await reader.cancel();
      return undefined;
    }
    bytes.push(...value);
  }
}

const through = (bytes: Uint8Array<ArrayBuffer>, by: CompressionStream | DecompressionStream, most: number) =>
  collected(new Blob([bytes]).stream().pipeThrough(by), most);

/** Sorted words → one word for the fragment of a link; undefined where there are more than travel in one. */
export async function wordsToLink(words: readonly string[]): Promise<string | undefined> {
  if (words.length > MOST_IN_LINK) return undefined;
  const text = new TextEncoder().encode(packWords([...words].sort()));
  return toBase64Url((await through(text, new CompressionStream("deflate-raw"), LONGEST_TEXT))!);
}

/** The reverse, for text from anywhere; undefined where it is no list that can be learned. */
export async function wordsFromLink(text: string): Promise<readonly string[] | undefined> {
  if (text.length > LONGEST_LINK || !/^[\w-]+$/.test(text)) return undefined;
  try {
    const unpacked = await through(fromBase64Url(text), new DecompressionStream("deflate-raw"), LONGEST_TEXT);
    const words = unpacked && unpackWords(new TextDecoder("utf-8", {fatal: true}).decode(unpacked));
    if (!words || words.length < FEWEST || words.length > MOST_IN_LINK) return undefined;
    const read = readWords(words.join(" ")).words;
    return read.join() === words.join() ? read : undefined;
  } catch {
    return undefined;
  }
}
