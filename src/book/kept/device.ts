import {DENIED, LATER_VERSION, NOT_REMOVED, type Troubles} from "./troubles.ts";

/** The browser's storage, with every access guarded: nothing here throws, and what fails becomes a trouble. */
export interface DeviceStorage {
  /** False once storage was denied, or belongs to a later version of this site. Then nothing is read or written. */
  readonly isOpen: boolean;
  keys(): string[];
  get(key: string): string | undefined;
  /** Whether the value is stored now. `what` names it for the reader, should there be no room. */
  set(key: string, value: string, what: string): boolean;
  /** Removes every key that begins so. */
  remove(prefix: string): void;
  /** Closes if a later version's keys are there; another window may have brought them. */
  yieldToLaterVersion(): void;
}

/** A key of this site, with the version of the site that wrote it. */
const VERSIONED = /^lora-live:v(\d+):/;

/** Opens the storage. `storage` may throw, as reading `localStorage` does in some browsers. */
export function openDevice(storage: () => Storage, troubles: Troubles): DeviceStorage {
  let store: Storage | undefined;
  const close = (reason: string) => {
    store = undefined;
    troubles.add(reason);
  };
  const attempt = <T>(use: (s: Storage) => T, failed: (error: unknown) => void = () => close(DENIED)) => {
    try {
      return store && use(store);
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  const keys = () => attempt((s) => Array.from({length: s.length}, (_, i) => s.key(i) ?? "")) ?? [];

  try {
    store = storage();
    void store.length;
  } catch {
    close(DENIED);
  }
  return {
    get isOpen() {
      return store !== undefined;
    },
    keys,
    get: (key) => attempt((s) => s.getItem(key)) ?? undefined,
    set: (key, value, what) =>
      attempt(
        (s) => s.setItem(key, value) === undefined,
        (error) =>
          error instanceof DOMException && /quota/i.test(error.name) ? troubles.addNoRoom(what) : close(DENIED),
      ) ?? false,
    remove(prefix) {
      const ours = keys().filter((key) => key.startsWith(prefix));
      attempt(
        (s) => {
          for (const key of ours) s.removeItem(key);
        },
        () => troubles.add(NOT_REMOVED),
      );
    },
    yieldToLaterVersion() {
      if (keys().some((key) => Number(VERSIONED.exec(key)?.[1] ?? 0) > 1)) close(LATER_VERSION);
    },
  };
}
