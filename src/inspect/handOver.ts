/** Files go from one tab of this site to another in memory. The new tab asks until the first one answers, once. */
import type {DroppedFile} from "./protocol.ts";

/** A file as it travels. */
export interface Handed {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const ASK = "files?";
/** Milliseconds between two questions, and until nobody is thought to listen: the first tab has files to write. */
const AGAIN = 200;
export const SILENCE = 10_000;

/** Only tabs of one origin share a channel, and only the two that know its number talk on this one. */
const channelOf = (id: string) => new BroadcastChannel(`lora-live: ${id}`);

/** Waits until the tab that was opened asks, and gives it the files; false if it does not ask or they cannot be made. */
export function handOver(id: string, files: () => Promise<Handed[]>, timeout = 3 * SILENCE): Promise<boolean> {
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
        (made) => {
          channel.postMessage(made);
          end(true);
        },
        () => end(false),
      );
    };
  });
}

const isHanded = (one: unknown): one is Handed =>
  typeof (one as Handed | null)?.name === "string" && (one as Handed).bytes instanceof Uint8Array;

/** Asks the tab that opened this one for its files; undefined if it does not answer. */
export function takeOver(id: string): Promise<DroppedFile[] | undefined> {
  const channel = channelOf(id);
  return new Promise((resolve) => {
    const end = (files?: DroppedFile[]) => {
      clearInterval(asking);
      clearTimeout(timer);
      channel.close();
      resolve(files);
    };
    const asking = setInterval(() => channel.postMessage(ASK), AGAIN);
    const timer = setTimeout(end, SILENCE);
    channel.onmessage = ({data}) => {
      if (Array.isArray(data) && data.every(isHanded))
        end(data.map(({name, bytes}) => ({name, blob: new Blob([bytes])})));
    };
    channel.postMessage(ASK);
  });
}
