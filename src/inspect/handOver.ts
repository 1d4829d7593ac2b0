/** Hands files from one tab of this site to another in memory. The new tab asks until the first one answers, which it does once. */
import type {DroppedFile} from "./protocol.ts";

/** A file that is handed over. */
export interface HandedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The message with which the new tab asks. */
const ASK = "files?";
/** Milliseconds between two questions. */
const ASK_INTERVAL = 200;
/** Milliseconds until the new tab gives up; the first tab has to write its files meanwhile. */
export const ANSWER_TIMEOUT = 10_000;

/** A channel for tabs of this origin that know the id. */
const channelOf = (id: string) => new BroadcastChannel(`lora-live: ${id}`);

/** Waits until the opened tab asks, and posts it the files. Resolves to whether that was done: the tab may not ask, or `files` fail. */
export function handOver(
  id: string,
  files: () => Promise<HandedFile[]>,
  timeout = 3 * ANSWER_TIMEOUT,
): Promise<boolean> {
  const channel = channelOf(id);
  return new Promise((resolve) => {
    const end = (wasHanded: boolean) => {
      clearTimeout(timer);
      channel.close();
      resolve(wasHanded);
    };
    const timer = setTimeout(() => end(false), timeout);
    channel.onmessage = ({data}) => {
      if (data !== ASK) return;
      channel.onmessage = null;
      files().then(
        (handed) => {
          channel.postMessage(handed);
          end(true);
        },
        () => end(false),
      );
    };
  });
}

const isHandedFile = (one: unknown): one is HandedFile =>
  typeof (one as HandedFile | null)?.name === "string" && (one as HandedFile).bytes instanceof Uint8Array;

/** Asks the tab that opened this one for its files. Resolves to undefined if it does not answer. */
export function receiveFiles(id: string): Promise<DroppedFile[] | undefined> {
  const channel = channelOf(id);
  return new Promise((resolve) => {
    const end = (files?: DroppedFile[]) => {
      clearInterval(askTimer);
      clearTimeout(timer);
      channel.close();
      resolve(files);
    };
    const askTimer = setInterval(() => channel.postMessage(ASK), ASK_INTERVAL);
    const timer = setTimeout(end, ANSWER_TIMEOUT);
    channel.onmessage = ({data}) => {
      if (Array.isArray(data) && data.every(isHandedFile))
        end(data.map(({name, bytes}) => ({name, blob: new Blob([bytes])})));
    };
    channel.postMessage(ASK);
  });
}
