import {type Entry, type Kept, type Kind, last, noRoom, PREFIX, readItem, unread} from "./entries.ts";

export interface Keep {
  /**
   * Whether to keep on this device, as it stands now: what is said or erased in another window counts here at once. Unasked
   * until the reader says, "off" where the browser keeps nothing.
   */
  readonly consent: "unasked" | "yes" | "no" | "off";
  /** The reader's word. A yes also keeps what this page holds; a no holds for this page. */
  allow(yes: boolean): void;
  get<K extends Kind>(kind: K, id: string): Kept[K] | undefined;
  set<K extends Kind>(kind: K, id: string, value: Kept[K]): void;
  /** Whether the device has it just as `get` gives it. */
  isKept(kind: Kind, id: string): boolean;
  /** Removes one kind from the device and from this page; without a kind everything, and the next commit asks anew. */
  forget(kind?: Kind): void;
  /** Everything, in the order of the keys. */
  entries(): Entry[];
  /** Takes entries over whatever is here. */
  take(entries: readonly Entry[]): void;
  /** What could not be kept or read since it was last asked, and was not said before; undefined where there is nothing. */
  trouble(): string | undefined;
}

const VERSIONED = /^lora-live:v(\d+):/;
const CONSENT = `${PREFIX}keep`;

/**
 * Opens what is kept on this device. `storage` is asked for inside a try: reading `localStorage` itself may throw.
 * Where it is denied, full, corrupt or from a later version, everything works for this page and `trouble` says so. Windows
 * share a device: nothing of it is remembered here, each step looks at what is stored now.
 */
export function openKeep(storage: () => Storage): Keep {
  let store: Storage | undefined;
  let isRefused = false;
  /** What the device has not, or not so: before a yes, after a no, for want of room. Key → JSON. */
  const held = new Map<string, string>();
  const said = new Set<string>();
  const unsaid = {sentences: new Set<string>(), forWantOfRoom: new Set<string>()};

  const complain = (what: string, where = unsaid.sentences) => {
    if (!said.has(what)) where.add(what);
    said.add(what);
  };
  const close = (sentence: string) => {
    store = undefined;
    complain(sentence);
  };
  const withStore = <T>(use: (store: Storage) => T, failed: (error: unknown) => void = deny): T | undefined => {
    if (!store) return undefined;
    try {
      return use(store);
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  function deny() {
    close("This browser keeps nothing for this site: what you answer lasts until you leave the page.");
  }
  const keysOf = (s: Storage) => Array.from({length: s.length}, (_, i) => s.key(i) ?? "");
  const keptKeys = (s: Storage) => keysOf(s).filter((key) => key.startsWith(PREFIX) && key !== CONSENT);

  /** Leaves the device alone once a later version is there; another window may have brought it. */
  function makeWay() {
    const isLater = withStore((s) => keysOf(s).some((key) => Number(VERSIONED.exec(key)?.[1] ?? 0) > 1));
    if (isLater)
      close("A later version of this site keeps your answers here: what you do on this page is not added to them.");
  }
  function consent(): Keep["consent"] {
    const word = withStore((s) => s.getItem(CONSENT));
    return !store ? "off" : isRefused ? "no" : word === "yes" ? "yes" : "unasked";
  }
  /** What the device has under a key, with a yes. */
  const onDevice = (key: string) => (consent() === "yes" && withStore((s) => s.getItem(key))) || undefined;

  /** Whether it is on the device now. Where it is not, that is a complaint. */
  function write(key: string, json: string, what: string): boolean {
    const isWritten = withStore(
      (s) => s.setItem(key, json) === undefined,
      (error) =>
        error instanceof DOMException && /quota/i.test(error.name) ? complain(what, unsaid.forWantOfRoom) : deny(),
    );
    if (isWritten) held.delete(key);
    return isWritten === true;
  }
  const writeHeld = (key: string) => {
    const {kind} = readItem(key, held.get(key)!)!;
    write(key, held.get(key)!, last[kind]);
  };
  /** Keeps items as far as the reader allows it, and with them what waits and has nothing newer in its place. */
  function put(items: ReadonlyMap<string, string>) {
    for (const [key, json] of items) held.set(key, json);
    makeWay();
    if (consent() !== "yes") return;
    for (const key of [...held.keys()]) if (items.has(key) || onDevice(key) === undefined) writeHeld(key);
  }

  function entries(): Entry[] {
    const all = new Map(
      consent() === "yes" ? withStore((s) => keptKeys(s).map((key) => [key, s.getItem(key) ?? ""] as const)) : [],
    );
    for (const [key, json] of held) all.set(key, json);
    return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([key, json]) => readItem(key, json) ?? []);
  }

  try {
    store = storage();
    void store.length;
  } catch {
    deny();
  }
  makeWay();
  if (consent() === "yes") {
    const broken = withStore((s) => keptKeys(s).filter((key) => !readItem(key, s.getItem(key) ?? ""))) ?? [];
    if (broken.length) complain(unread(broken.map((key) => key.slice(PREFIX.length).replace(":", " "))));
  }

  return {
    get consent() {
      return consent();
    },
    allow(yes) {
      makeWay();
      isRefused = !yes;
      if (!yes || !store) return;
      // Without room for the word itself nothing can be kept, and asking again would not help.
      isRefused = !write(CONSENT, "yes", "what you do here");
      if (!isRefused) for (const key of [...held.keys()]) writeHeld(key);
    },
    get(kind, id) {
      const key = `${PREFIX}${kind}:${id}`;
      return readItem(key, held.get(key) ?? onDevice(key) ?? "")?.value as Kept[typeof kind] | undefined;
    },
    set(kind, id, value) {
      const key = `${PREFIX}${kind}:${id}`;
      const json = JSON.stringify(value);
      if (readItem(key, json)) put(new Map([[key, json]]));
      else complain(`Too long to keep: ${last[kind]} lasts until you leave this page.`);
    },
    isKept(kind, id) {
      const key = `${PREFIX}${kind}:${id}`;
      return !held.has(key) && onDevice(key) !== undefined;
    },
    forget(kind) {
      const begins = kind === undefined ? PREFIX : `${PREFIX}${kind}:`;
      for (const key of [...held.keys()]) if (key.startsWith(begins)) held.delete(key);
      makeWay();
      withStore(
        (s) => {
          for (const key of keysOf(s)) if (key.startsWith(begins)) s.removeItem(key);
        },
        () => complain("What is kept on this device could not be removed; clear this site's data in your browser."),
      );
      if (kind === undefined) isRefused = false;
    },
    entries,
    take(taken) {
      put(new Map(taken.map(({kind, id, value}) => [`${PREFIX}${kind}:${id}`, JSON.stringify(value)])));
    },
    trouble() {
      const {sentences, forWantOfRoom} = unsaid;
      const all = [...sentences, ...(forWantOfRoom.size ? [noRoom([...forWantOfRoom])] : [])].join(" ");
      sentences.clear();
      forWantOfRoom.clear();
      return all || undefined;
    },
  };
}
