import {
  KEY_PREFIX,
  type KeptEntry,
  type KeptKind,
  type KeptValues,
  mergeEntries,
  readEntry,
  storageKey,
} from "./entries.ts";

/** Everything the site keeps for the reader: on the device with their consent, otherwise until they leave the page. */
export interface Store {
  readonly consent: Consent;
  /** The reader's answer to the question of consent. A yes also stores what this page has so far. */
  answerConsent(isYes: boolean): void;
  get<K extends KeptKind>(kind: K, id: string): KeptValues[K] | undefined;
  /** Keeps a value. One that is too long is refused: `trouble` says so, and the earlier value stays. */
  set<K extends KeptKind>(kind: K, id: string, value: KeptValues[K]): void;
  /** Whether the value that `get` gives is stored on the device, and not only on this page. */
  isKept(kind: KeptKind, id: string): boolean;
  /** Removes one kind from the device and this page. Without a kind it removes everything, and consent is asked for again. */
  forget(kind?: KeptKind): void;
  /** All entries, in the order of their keys. */
  entries(): KeptEntry[];
  /** Adds entries; each replaces the entry of the same kind and id. */
  setAll(entries: readonly KeptEntry[]): void;
  /** What could not be kept or read, each told once; undefined when there is nothing new. */
  trouble(): string | undefined;
}

/** Whether a key on the device belongs to an entry. */
const isEntry = (key: string): boolean => key.startsWith(KEY_PREFIX) && key !== CONSENT_KEY;

/**
 * Opens the store. Where storage is denied, full, corrupt or of a later version, everything works for this page and
 * `trouble` says so. Windows share a device, so no stored value is remembered here: every call reads what is stored now.
 */
export function openStore(openStorage: () => Storage): Store {
  const troubles = newTroubles();
  const device = openDevice(openStorage, troubles);
  const consent = readConsent(device);
  /** Entries not yet saved: no consent, refused, or storage full. Key → JSON. */
  const unsaved = new Map<string, string>();

  /** The stored JSON of a key, if the reader has agreed to keep things. */
  const savedJson = (key: string) => (consent.state === "yes" && device.get(key)) || undefined;
  const savedEntries = () => {
    const keys = consent.state === "yes" ? device.keys().filter(isEntry) : [];
    return new Map(keys.map((key) => [key, device.get(key) ?? ""]));
  };
  /** Saves what is unsaved, if it may: the reader may have agreed in another window. */
  const save = () => {
    if (consent.state !== "yes") return;
    for (const [key, json] of [...unsaved]) if (device.set(key, json)) unsaved.delete(key);
  };

  const brokenEntries = [...savedEntries()].filter(([key, json]) => !readEntry(key, json));
  if (brokenEntries.length)
    troubles.add(unreadText(brokenEntries.map(([key]) => key.slice(KEY_PREFIX.length).replace(":", " "))));

  return {
    get consent() {
      return consent.state;
    },
    answerConsent(isYes) {
      consent.answer(isYes);
      save();
    },
    get(kind, id) {
      const key = storageKey(kind, id);
      return readEntry(key, unsaved.get(key) ?? savedJson(key) ?? "")?.value as KeptValues[typeof kind] | undefined;
    },
    set(kind, id, value) {
      const [key, json] = [storageKey(kind, id), JSON.stringify(value)];
      if (!readEntry(key, json)) return troubles.add(TOO_LONG);
      unsaved.set(key, json);
      save();
    },
    isKept: (kind, id) => !unsaved.has(storageKey(kind, id)) && savedJson(storageKey(kind, id)) !== undefined,
    forget(kind) {
      const prefix = kind === undefined ? KEY_PREFIX : storageKey(kind, "");
      for (const key of [...unsaved.keys()]) if (key.startsWith(prefix)) unsaved.delete(key);
      device.remove(prefix);
      if (kind === undefined) consent.reset();
    },
    entries: () => mergeEntries(savedEntries(), unsaved),
    setAll(entries) {
      for (const {kind, id, value} of entries) unsaved.set(storageKey(kind, id), JSON.stringify(value));
      save();
    },
    trouble: () => troubles.take(),
  };
}

/** Whether this site may keep things on the device; "off" where the browser keeps nothing. */
type Consent = "unasked" | "yes" | "no" | "off";

/** The key of the reader's yes in storage. */
const CONSENT_KEY = `${KEY_PREFIX}keep`;

/** The reader's consent. A yes is stored on the device and counts in every window; a no lasts as long as this page. */
function readConsent(device: DeviceStorage) {
  let isRefused = false;
  return {
    /** As stored now: another window may have answered or erased meanwhile. */
    get state(): Consent {
      const isYes = device.get(CONSENT_KEY) === "yes";
      return !device.isOpen ? "off" : isRefused ? "no" : isYes ? "yes" : "unasked";
    },
    answer(isYes: boolean) {
      isRefused = !isYes;
      // Without room for this one word nothing else can be kept, and asking again would not help.
      if (isYes && device.isOpen) isRefused = !device.set(CONSENT_KEY, "yes");
    },
    /** Lets the question be asked again after a no. */
    reset() {
      isRefused = false;
    },
  };
}

/** The browser's storage, with every access guarded: nothing here throws, and what fails becomes a trouble. */
interface DeviceStorage {
  /** False once storage was denied, or if it belongs to a later version of this site. Then nothing is read or written. */
  readonly isOpen: boolean;
  keys(): string[];
  get(key: string): string | undefined;
  /** Stores a value. Returns whether it is stored now. */
  set(key: string, value: string): boolean;
  /** Removes every key that begins with this. */
  remove(prefix: string): void;
}

/** A key of this site, with the version of its format. */
const VERSION_OF_KEY = /^lora-live:v(\d+):/;

/** Opens the storage. `openStorage` may throw, as reading `localStorage` does in some browsers. */
function openDevice(openStorage: () => Storage, troubles: Troubles): DeviceStorage {
  let storage: Storage | undefined;
  const close = (reason: string) => {
    storage = undefined;
    troubles.add(reason);
  };
  const attempt = <T>(use: (s: Storage) => T, onError: (error: unknown) => void = () => close(DENIED)) => {
    try {
      return storage && use(storage);
    } catch (error) {
      onError(error);
      return undefined;
    }
  };
  const keys = () => attempt((s) => Array.from({length: s.length}, (_, i) => s.key(i) ?? "")) ?? [];

  try {
    storage = openStorage();
    void storage.length;
  } catch {
    close(DENIED);
  }
  if (keys().some((key) => Number(VERSION_OF_KEY.exec(key)?.[1] ?? 0) > 1)) close(LATER_VERSION);
  return {
    get isOpen() {
      return storage !== undefined;
    },
    keys,
    get: (key) => attempt((s) => s.getItem(key)) ?? undefined,
    set: (key, value) =>
      attempt(
        (s) => s.setItem(key, value) === undefined,
        (error) => (error instanceof DOMException && /quota/i.test(error.name) ? troubles.add(NO_ROOM) : close(DENIED)),
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
  };
}

/** The browser does not let the site store anything. */
const DENIED = "This browser keeps nothing for this site: what you answer lasts until you leave the page.";
/** The stored data have the format of a later version. */
const LATER_VERSION =
  "A later version of this site keeps your answers here: what you do on this page is not added to them.";
/** The browser did not let the site remove what it stored. */
const NOT_REMOVED = "What is kept on this device could not be removed; clear this site's data in your browser.";

/** The device is full. */
const NO_ROOM = "This device has no room left: what you do now lasts until you leave this page.";
/** A text has more characters than an entry may have. */
const TOO_LONG = "This is too long to keep: it lasts until you leave this page.";

/** Says which entries are broken, as many as fit into a sentence. */
const unreadText = (names: readonly string[]): string =>
  `What was kept earlier under these names could not be read and was left out: ${names.join(", ").slice(0, 200)}.`;

/** What the reader should know about keeping. Each sentence is told once. */
interface Troubles {
  add(sentence: string): void;
  /** Everything added since the last call; undefined when that is nothing. */
  take(): string | undefined;
}

/** An empty list of troubles. */
function newTroubles(): Troubles {
  const toldSentences = new Set<string>();
  let sentences: string[] = [];
  return {
    add(sentence) {
      if (!toldSentences.has(sentence)) sentences.push(sentence);
      toldSentences.add(sentence);
    },
    take() {
      const text = sentences.join(" ");
      sentences = [];
      return text || undefined;
    },
  };
}
