/** What the reader did, by kind. Everything is kept as text and read through a check. */
export interface Kept {
  /** What was answered last, and whether it was right. */
  answer: {given: string; right: boolean};
  /** What was predicted; it is never scored. */
  prediction: {given: string};
  chapter: "visited" | "finished";
  /** A chapter in the reader's own words. */
  words: string;
  /** What was written so far in an exercise: sentences, or a program. */
  draft: string;
  /** The day an item of the review was graded last (schedule.ts counts them), and the days until it comes again. */
  review: {on: number; gap: number};
}
export type Kind = keyof Kept;

/** One thing that is kept: of a kind, under the id of its question, chapter or card. */
export interface Entry {
  kind: Kind;
  id: string;
  value: Kept[Kind];
}

/** What a copy would change here. */
export interface Comparison {
  /** What this device does not have. */
  fresh: readonly Entry[];
  /** What it has otherwise. */
  differing: readonly Entry[];
  /** How many stand here just so. */
  same: number;
  /** What could not be read, one sentence each. */
  problems: readonly string[];
}

export interface Keep {
  /** Whether to keep on this device: unasked until the reader says, "off" where the browser keeps nothing. */
  readonly consent: "unasked" | "yes" | "no" | "off";
  /** The reader's word. A yes also keeps what this page holds; a no holds for this page. */
  allow(yes: boolean): void;
  get<K extends Kind>(kind: K, id: string): Kept[K] | undefined;
  set<K extends Kind>(kind: K, id: string, value: Kept[K]): void;
  /** Removes one kind from the device and from this page; without a kind everything, and the next commit asks anew. */
  forget(kind?: Kind): void;
  /** Everything, in the order of the keys. */
  entries(): Entry[];
  /** The same as JSON text. */
  exportAll(): string;
  /** What taking a text that `exportAll` wrote would change. Nothing is taken yet. */
  compare(text: string): Comparison;
  /** Takes it, what differs only if it may go `over` what is here. Returns what could not be read, one sentence each. */
  importAll(text: string, over?: boolean): readonly string[];
  /** What could not be kept or read, in one sentence; once, then undefined. */
  trouble(): string | undefined;
}

/** All keys begin so: the pages of one account share an origin. */
const PREFIX = "lora-live:v1:";
const VERSIONED = /^lora-live:v(\d+):/;
const CONSENT = `${PREFIX}keep`;
const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;
const WORDS = 10_000;
const IMPORT = 2_000_000;

const isText = (x: unknown, most: number): x is string => typeof x === "string" && x.length <= most;
const isCount = (x: unknown, most: number): x is number =>
  Number.isInteger(x) && (x as number) >= 0 && (x as number) <= most;
const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null;

const checks: {[K in Kind]: (x: unknown) => Kept[K] | undefined} = {
  answer: (x) =>
    isRecord(x) && isText(x.given, 500) && typeof x.right === "boolean" ? {given: x.given, right: x.right} : undefined,
  prediction: (x) => (isRecord(x) && isText(x.given, 500) ? {given: x.given} : undefined),
  chapter: (x) => (x === "visited" || x === "finished" ? x : undefined),
  words: (x) => (isText(x, WORDS) ? x : undefined),
  draft: (x) => (isText(x, WORDS) ? x : undefined),
  review: (x) => (isRecord(x) && isCount(x.on, 1e6) && isCount(x.gap, 365) ? {on: x.on, gap: x.gap} : undefined),
};

/** Every kind there is. */
export const kinds = Object.keys(checks) as Kind[];

const isKind = (kind: unknown): kind is Kind => typeof kind === "string" && Object.hasOwn(checks, kind);

/** The kind, id and value of one stored item, or undefined where it is none. */
function readItem(key: string, json: string): Entry | undefined {
  const [kind, id, more] = key.slice(PREFIX.length).split(":");
  if (!isKind(kind) || id === undefined || more !== undefined || !ID.test(id)) return undefined;
  try {
    const value = checks[kind](JSON.parse(json));
    return value === undefined ? undefined : {kind, id, value};
  } catch {
    return undefined;
  }
}

/**
 * Opens what is kept on this device. `storage` is asked for inside a try: reading `localStorage` itself may throw.
 * Where it is denied, full, corrupt or from a later version, everything works for this page and `trouble` says so.
 */
export function openKeep(storage: () => Storage): Keep {
  let consent: Keep["consent"] = "unasked";
  let store: Storage | undefined;
  let unsaid: string | undefined;
  let isSaid = false;
  /** Key → JSON. With a yes it is what the device holds too. */
  const items = new Map<string, string>();

  const complain = (sentence: string) => {
    if (!isSaid) unsaid ??= sentence;
  };
  const withStore = <T>(use: (store: Storage) => T, sentence: string): T | undefined => {
    if (!store) return undefined;
    try {
      return use(store);
    } catch {
      complain(sentence);
      return undefined;
    }
  };
  const keysOf = (s: Storage) => Array.from({length: s.length}, (_, i) => s.key(i) ?? "");
  const write = (key: string, json: string) =>
    withStore(
      (s) => s.setItem(key, json),
      "This device has no room left for your last entry: it lasts until you leave this page.",
    );

  function open() {
    store = storage();
    const keys = keysOf(store);
    if (keys.some((key) => Number(VERSIONED.exec(key)?.[1] ?? 0) > 1)) {
      store = undefined;
      consent = "off";
      return complain(
        "A later version of this site keeps your answers here: what you do on this page is not added to them.",
      );
    }
    if (store.getItem(CONSENT) !== "yes") return;
    consent = "yes";
    for (const key of keys.filter((one) => one.startsWith(PREFIX) && one !== CONSENT)) {
      const json = store.getItem(key) ?? "";
      if (readItem(key, json)) items.set(key, json);
      else complain("An entry kept earlier could not be read and was left out.");
    }
  }

  const entries = () =>
    [...items].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([key, json]) => readItem(key, json) ?? []);

  function compare(text: string): Comparison {
    const {read, problems} = readExport(text);
    const here = new Map(entries().map(({kind, id, value}) => [`${kind}:${id}`, JSON.stringify(value)]));
    const fresh = read.filter(({kind, id}) => !here.has(`${kind}:${id}`));
    const differing = read.filter(({kind, id, value}) => {
      const json = here.get(`${kind}:${id}`);
      return json !== undefined && json !== JSON.stringify(value);
    });
    return {fresh, differing, same: read.length - fresh.length - differing.length, problems};
  }

  try {
    open();
  } catch {
    store = undefined;
    consent = "off";
    complain("This browser keeps nothing for this site: what you answer lasts until you leave the page.");
  }

  return {
    get consent() {
      return consent;
    },
    allow(yes) {
      if (consent === "off") return;
      consent = yes ? "yes" : "no";
      if (!yes) return;
      write(CONSENT, "yes");
      for (const [key, json] of items) write(key, json);
    },
    get(kind, id) {
      const key = `${PREFIX}${kind}:${id}`;
      return readItem(key, items.get(key) ?? "")?.value as Kept[typeof kind] | undefined;
    },
    set(kind, id, value) {
      const key = `${PREFIX}${kind}:${id}`;
      const json = JSON.stringify(value);
      if (!readItem(key, json))
        return complain("Your last entry is too long to keep: it lasts until you leave this page.");
      items.set(key, json);
      if (consent === "yes") write(key, json);
    },
    forget(kind) {
      const begins = kind === undefined ? PREFIX : `${PREFIX}${kind}:`;
      for (const key of [...items.keys()]) if (key.startsWith(begins)) items.delete(key);
      withStore((s) => {
        for (const key of keysOf(s)) if (key.startsWith(begins)) s.removeItem(key);
      }, "What is kept on this device could not be removed; clear this site's data in your browser.");
      if (consent !== "off" && kind === undefined) consent = "unasked";
    },
    entries,
    exportAll: () => JSON.stringify({loraLive: 1, items: entries()}, null, 2),
    compare,
    importAll(text, over = true) {
      const {fresh, differing, problems} = compare(text);
      for (const {kind, id, value} of over ? [...fresh, ...differing] : fresh) {
        const key = `${PREFIX}${kind}:${id}`;
        const json = JSON.stringify(value);
        items.set(key, json);
        if (consent === "yes") write(key, json);
      }
      return problems;
    },
    trouble() {
      if (unsaid === undefined) return undefined;
      const sentence = unsaid;
      unsaid = undefined;
      isSaid = true;
      return sentence;
    },
  };
}

/** What stands where a name should, for a sentence; anything may stand there. */
const named = (x: unknown): string => (typeof x === "string" || typeof x === "number" ? String(x) : typeof x);

/** The entries of an export, and why the others, or the whole text, are none. */
function readExport(text: string): {read: readonly Entry[]; problems: readonly string[]} {
  const refuse = (problem: string) => ({read: [], problems: [problem]});
  if (text.length > IMPORT)
    return refuse("The file is larger than anything this site writes; nothing was taken from it.");
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return refuse("The file is not JSON; choose one that this site saved.");
  }
  if (!isRecord(data) || !Array.isArray(data.items))
    return refuse("The file holds no entries; choose one that this site saved.");
  if (data.loraLive !== 1)
    return refuse(`The file is of version ${named(data.loraLive).slice(0, 10)}; this page reads version 1.`);
  // An entry that stands twice counts as it stands last.
  const read = new Map<string, Entry>();
  const problems: string[] = [];
  for (const [i, item] of (data.items as unknown[]).entries()) {
    const {kind, id, value} = isRecord(item) ? item : {};
    const key = `${PREFIX}${named(kind)}:${named(id)}`;
    const entry =
      typeof kind === "string" && typeof id === "string" ? readItem(key, JSON.stringify(value) ?? "") : undefined;
    if (entry) read.set(key, entry);
    else
      problems.push(
        `Entry ${i + 1} (${named(kind).slice(0, 20)}, ${named(id).slice(0, 40)}) is none this site keeps; it was left out.`,
      );
  }
  return {read: [...read.values()], problems};
}
