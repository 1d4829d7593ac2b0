import {describe, expect, test} from "vitest";
import {kinds} from "../../../src/components/kept/entries.ts";
import {calledOf, countedAll, kindsOf} from "../../../src/components/kept/kindNames.ts";
import {compare} from "../../../src/components/kept/readBackup.ts";
import {copyOf} from "../../../src/components/kept/saveBackup.ts";
import {type Keep, openKeep} from "../../../src/components/kept/store.ts";

/** localStorage as far as `keep` uses it; `room` is how many more writes it takes. */
function fakeStorage(first: Record<string, string> = {}, room = Number.POSITIVE_INFINITY): Storage {
  const held = new Map(Object.entries(first));
  let left = room;
  return {
    get length() {
      return held.size;
    },
    key: (i) => [...held.keys()][i] ?? null,
    getItem: (key) => held.get(key) ?? null,
    setItem(key, value) {
      if (left-- <= 0) throw new DOMException("full", "QuotaExceededError");
      held.set(key, value);
    },
    removeItem: (key) => void held.delete(key),
    clear: () => held.clear(),
  };
}

/** Takes what is new of a copy, and what differs if it may; returns what could not be read. */
function takeCopy(keep: Keep, text: string, over = true): readonly string[] {
  const {fresh, differing, problems} = compare(keep, text);
  keep.take(over ? [...fresh, ...differing] : fresh);
  return problems;
}

const stored = (s: Storage) =>
  Object.fromEntries(Array.from({length: s.length}, (_, i) => [s.key(i), s.getItem(s.key(i)!)]));
const answer = {given: "768", right: true};
const consented = {"lora-live:v1:keep": "yes"};

describe("asking first", () => {
  test("nothing is written before a yes, and everything of the page after it", () => {
    const storage = fakeStorage();
    const keep = openKeep(() => storage);
    keep.set("answer", "q-02-saving", answer);
    keep.set("words", "low-rank", "a blend");
    expect([keep.consent, storage.length]).toEqual(["unasked", 0]);
    expect(keep.get("answer", "q-02-saving")).toEqual(answer);
    keep.allow(true);
    expect(stored(storage)).toEqual({
      ...consented,
      "lora-live:v1:answer:q-02-saving": JSON.stringify(answer),
      "lora-live:v1:words:low-rank": '"a blend"',
    });
    keep.set("chapter", "low-rank", "finished");
    const again = openKeep(() => storage);
    expect([again.consent, again.get("chapter", "low-rank"), again.get("answer", "q-02-saving")]).toEqual([
      "yes",
      "finished",
      answer,
    ]);
    expect(again.trouble()).toBeUndefined();
  });

  test("a no holds for the page alone", () => {
    const storage = fakeStorage();
    const keep = openKeep(() => storage);
    keep.set("prediction", "q-02-predict", {given: "Both"});
    keep.allow(false);
    keep.set("answer", "q-02-saving", answer);
    expect([keep.consent, storage.length, keep.get("answer", "q-02-saving")]).toEqual(["no", 0, answer]);
    expect(openKeep(() => storage).consent).toBe("unasked");
  });

  test("forgetting leaves other sites' keys, and asks anew", () => {
    const storage = fakeStorage({
      ...consented,
      "lora-live:v1:words:low-rank": '"w"',
      "lora-live:theme": "dark",
      other: "1",
    });
    const keep = openKeep(() => storage);
    expect(keep.get("words", "low-rank")).toBe("w");
    keep.forget();
    expect(stored(storage)).toEqual({"lora-live:theme": "dark", other: "1"});
    expect([keep.consent, keep.get("words", "low-rank")]).toEqual(["unasked", undefined]);
  });
});

describe("two windows of one device", () => {
  test("after one erased everything the other writes nothing, has nothing, and asks anew", () => {
    const storage = fakeStorage({...consented, "lora-live:v1:answer:q-a": JSON.stringify(answer)});
    const [one, other] = [openKeep(() => storage), openKeep(() => storage)];
    one.forget();
    other.set("answer", "q-b", answer);
    expect(takeCopy(other, '{"loraLive":1,"items":[{"kind":"words","id":"formulas","value":"w"}]}')).toEqual([]);
    expect([stored(storage), other.consent, other.get("answer", "q-a")]).toEqual([{}, "unasked", undefined]);
    other.allow(true);
    expect(Object.keys(stored(storage)).sort()).toEqual([
      "lora-live:v1:answer:q-b",
      "lora-live:v1:keep",
      "lora-live:v1:words:formulas",
    ]);
  });

  test("a yes in one counts in the other, and what one keeps the other has", () => {
    const storage = fakeStorage();
    const [one, other] = [openKeep(() => storage), openKeep(() => storage)];
    other.set("words", "low-rank", "mine");
    one.allow(true);
    one.set("chapter", "formulas", "finished");
    expect([other.consent, other.get("chapter", "formulas"), other.isKept("words", "low-rank")]).toEqual([
      "yes",
      "finished",
      false,
    ]);
    other.set("answer", "q-a", answer);
    expect(one.entries().map(({kind}) => kind)).toEqual(["answer", "chapter", "words"]);
  });

  test("a later version that another window brought is left alone from then on", () => {
    const storage = fakeStorage(consented);
    const keep = openKeep(() => storage);
    storage.setItem("lora-live:v2:answers", "{}");
    const before = stored(storage);
    keep.set("answer", "q-a", answer);
    keep.forget("words");
    expect([stored(storage), keep.consent, keep.get("answer", "q-a")]).toEqual([before, "off", answer]);
    expect(keep.trouble()).toMatch(/^A later version/);
  });
});

describe("storage that fails", () => {
  /** What a page does: commits, is asked, says what went wrong, commits again. */
  function use(storage: () => Storage) {
    const keep = openKeep(storage);
    keep.allow(true);
    keep.set("answer", "q-a", answer);
    const first = keep.trouble();
    keep.set("answer", "q-b", answer);
    return {first, second: keep.trouble(), kept: [keep.get("answer", "q-a"), keep.get("answer", "q-b")], keep};
  }

  test("denied: works in memory and says so once", () => {
    const {first, second, kept, keep} = use(() => {
      throw new DOMException("denied", "SecurityError");
    });
    expect(first).toBe("This browser keeps nothing for this site: what you answer lasts until you leave the page.");
    expect([second, keep.consent, kept]).toEqual([undefined, "off", [answer, answer]]);
    keep.forget();
    expect(keep.get("answer", "q-a")).toBeUndefined();
  });

  test("getters that throw count as denied", () => {
    const storage = fakeStorage();
    Object.defineProperty(storage, "length", {
      get() {
        throw new Error("no");
      },
    });
    expect(use(() => storage).first).toMatch(/^This browser keeps nothing/);
  });

  test("full: says so once and goes on in memory", () => {
    const {first, second, kept} = use(() => fakeStorage({}, 1));
    expect(first).toBe("This device has no room left for your last answer, which you have until you leave this page.");
    expect([second, kept]).toEqual([undefined, [answer, answer]]);
  });

  test("each kind of trouble is said once, and names what was not kept", () => {
    const keep = openKeep(() => fakeStorage({...consented, "lora-live:v1:words:formulas": "{"}, 1));
    expect(keep.trouble()).toBe(
      "What was kept earlier under these names could not be read and was left out: words formulas.",
    );
    keep.set("answer", "q-a", answer);
    expect([keep.trouble(), keep.isKept("answer", "q-a")]).toEqual([undefined, true]);
    keep.set("answer", "q-b", answer);
    keep.set("words", "low-rank", "a blend");
    keep.set("words", "low-rank", "w".repeat(10_001));
    expect(keep.trouble()).toBe(
      "Too long to keep: your text lasts until you leave this page. This device has no room left for your last answer and your text, which you have until you leave this page.",
    );
    keep.set("answer", "q-c", answer);
    expect([keep.trouble(), keep.isKept("answer", "q-c"), keep.get("answer", "q-c")]).toEqual([
      undefined,
      false,
      answer,
    ]);
  });

  test("without room for the reader's yes nothing is kept, and nobody asks again", () => {
    const storage = fakeStorage({}, 0);
    const keep = openKeep(() => storage);
    keep.set("answer", "q-a", answer);
    keep.allow(true);
    expect(keep.trouble()).toMatch(/^This device has no room left for what you do here/);
    expect([keep.consent, storage.length, keep.get("answer", "q-a")]).toEqual(["no", 0, answer]);
  });

  test("what found no room is kept once there is some, but not over what another window kept since", () => {
    const storage = fakeStorage(consented);
    const {setItem} = storage;
    storage.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const keep = openKeep(() => storage);
    keep.set("words", "low-rank", "waits");
    keep.set("words", "formulas", "older");
    storage.setItem = setItem;
    storage.setItem("lora-live:v1:words:formulas", '"newer"');
    keep.set("answer", "q-a", answer);
    const {"lora-live:v1:words:low-rank": low, "lora-live:v1:words:formulas": formulas} = stored(storage);
    expect([low, formulas]).toEqual(['"waits"', '"newer"']);
  });

  test("removal that fails is said", () => {
    const storage = fakeStorage(consented);
    storage.removeItem = () => {
      throw new Error("no");
    };
    const keep = openKeep(() => storage);
    keep.forget();
    expect(keep.trouble()).toMatch(/could not be removed/);
  });

  test("a later version's keys are left alone", () => {
    const before = {...consented, "lora-live:v2:answers": "{}"};
    const storage = fakeStorage(before);
    const {first, kept, keep} = use(() => storage);
    expect(first).toMatch(/^A later version of this site/);
    keep.forget();
    expect([stored(storage), kept]).toEqual([before, [answer, answer]]);
  });

  test.each([
    ["no JSON", "lora-live:v1:answer:q-a", "{"],
    ["another shape", "lora-live:v1:answer:q-a", '{"given":7,"right":true}'],
    ["an unknown state", "lora-live:v1:chapter:low-rank", '"skimmed"'],
    ["an unknown kind", "lora-live:v1:score:q-a", "1"],
    ["a kind of every object", "lora-live:v1:constructor:q-a", "{}"],
    ["an id no content has", "lora-live:v1:answer:__proto__", JSON.stringify(answer)],
    ["a day that is none", "lora-live:v1:review:q-a", '{"on":-1,"gap":7}'],
    ["a gap of years", "lora-live:v1:review:q-a", '{"on":20783,"gap":5000}'],
    ["half a day", "lora-live:v1:review:q-a", '{"on":20783.5,"gap":1}'],
    ["too long a text", "lora-live:v1:words:low-rank", JSON.stringify("w".repeat(10_001))],
    ["parts too many", "lora-live:v1:answer:q-a:b", JSON.stringify(answer)],
  ])("an entry with %s is left out, the rest is read, and it is said once", (_, key, json) => {
    const storage = fakeStorage({...consented, "lora-live:v1:answer:q-good": JSON.stringify(answer), [key]: json});
    const keep = openKeep(() => storage);
    expect(keep.get("answer", "q-a")).toBeUndefined();
    expect(keep.get("words", "low-rank")).toBeUndefined();
    expect(keep.get("review", "q-a")).toBeUndefined();
    expect(keep.get("answer", "q-good")).toEqual(answer);
    const name = key.replace("lora-live:v1:", "").replace(":", " ");
    expect(keep.trouble()).toBe(
      `What was kept earlier under these names could not be read and was left out: ${name.slice(0, 200)}.`,
    );
    expect(keep.trouble()).toBeUndefined();
  });

  test("keys named like parts of every object are plain ids", () => {
    const keep = openKeep(() => fakeStorage());
    for (const id of ["constructor", "tostring", "valueof"]) {
      expect(keep.get("answer", id)).toBeUndefined();
      keep.set("answer", id, answer);
      expect(keep.get("answer", id)).toEqual(answer);
    }
    keep.set("answer", "__proto__", answer);
    expect([keep.get("answer", "__proto__"), ({} as {given?: string}).given]).toEqual([undefined, undefined]);
  });

  test("what is too long to keep is said", () => {
    const keep = openKeep(() => fakeStorage(consented));
    keep.set("words", "low-rank", "w".repeat(10_001));
    expect(keep.trouble()).toMatch(/^Too long to keep: your text/);
  });
});

describe("taking it along", () => {
  test("what is exported is taken back, in a stable order", () => {
    const keep = openKeep(() => fakeStorage());
    keep.set("words", "low-rank", "zwölf “Blöcke”");
    keep.set("answer", "q-b", answer);
    keep.set("answer", "q-a", {given: "2", right: false});
    keep.set("review", "c-alpha", {on: 20_783, gap: 7});
    const text = copyOf(keep);
    expect(JSON.parse(text).items.map(({kind, id}: {kind: string; id: string}) => `${kind} ${id}`)).toEqual([
      "answer q-a",
      "answer q-b",
      "review c-alpha",
      "words low-rank",
    ]);
    const storage = fakeStorage(consented);
    const other = openKeep(() => storage);
    expect(takeCopy(other, text)).toEqual([]);
    expect(copyOf(other)).toBe(text);
    expect(openKeep(() => storage).get("words", "low-rank")).toBe("zwölf “Blöcke”");
    expect(openKeep(() => storage).get("review", "c-alpha")).toEqual({on: 20_783, gap: 7});
  });

  test("without a yes, an import lasts as long as the page", () => {
    const storage = fakeStorage();
    const keep = openKeep(() => storage);
    expect(takeCopy(keep, '{"loraLive":1,"items":[{"kind":"chapter","id":"low-rank","value":"visited"}]}')).toEqual([]);
    expect([keep.get("chapter", "low-rank"), storage.length]).toEqual(["visited", 0]);
  });

  test.each([
    ["not json", /not JSON/],
    ["[]", /no entries/],
    ["null", /no entries/],
    ['{"loraLive":2,"all":{}}', /version 2/],
    ['{"__proto__":{"loraLive":1,"items":[]}}', /no entries/],
    ['{"loraLive":2,"items":[]}', /version 2; this page reads version 1/],
    ["x".repeat(2_000_001), /larger than anything/],
  ])("refuses a text in words", (text, sentence) => {
    const problems = takeCopy(
      openKeep(() => fakeStorage()),
      text,
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });

  test("takes the sound entries and names the others", () => {
    const keep = openKeep(() => fakeStorage());
    const items = [
      {kind: "answer", id: "q-a", value: answer},
      {kind: "answer", id: "q-b", value: {given: "1"}},
      {kind: "answer", id: 7, value: answer},
      {kind: "__proto__", id: "q-c", value: answer},
      {kind: "answer", id: "__proto__", value: answer},
      null,
      {kind: "words", id: "low-rank"},
    ];
    const problems = takeCopy(keep, JSON.stringify({loraLive: 1, items}));
    expect(problems.map((one) => one.slice(0, 8))).toEqual([2, 3, 4, 5, 6, 7].map((n) => `Entry ${n} `));
    expect(keep.get("answer", "q-a")).toEqual(answer);
    expect(JSON.parse(copyOf(keep)).items).toHaveLength(1);
  });

  const copy = (...items: object[]) => JSON.stringify({loraLive: 1, items});
  const words = (id: string, value: string) => ({kind: "words", id, value});

  test("says what a copy would change before anything is", () => {
    const keep = openKeep(() => fakeStorage());
    keep.set("words", "low-rank", "mine");
    keep.set("answer", "q-a", answer);
    const before = copyOf(keep);
    const found = compare(
      keep,
      copy(
        words("low-rank", "another"),
        words("formulas", "new"),
        {kind: "answer", id: "q-a", value: {right: true, given: "768", more: 1}},
        {kind: "score", id: "q-a", value: 1},
      ),
    );
    expect(found.fresh).toEqual([words("formulas", "new")]);
    expect(found.differing).toEqual([words("low-rank", "another")]);
    expect([found.same, found.problems.length, copyOf(keep) === before]).toEqual([1, 1, true]);
  });

  test("adds without replacing, unless it may", () => {
    const keep = openKeep(() => fakeStorage());
    keep.set("words", "low-rank", "mine");
    const text = copy(words("low-rank", "another"), words("formulas", "new"));
    expect(takeCopy(keep, text, false)).toEqual([]);
    expect([keep.get("words", "low-rank"), keep.get("words", "formulas")]).toEqual(["mine", "new"]);
    takeCopy(keep, text, true);
    expect(keep.get("words", "low-rank")).toBe("another");
  });

  test("an entry that stands twice in a file counts as it stands last", () => {
    const keep = openKeep(() => fakeStorage());
    expect(compare(keep, copy(words("formulas", "a"), words("formulas", "b"))).fresh).toEqual([words("formulas", "b")]);
  });

  test("a file that is refused changes nothing", () => {
    const keep = openKeep(() => fakeStorage());
    keep.set("words", "low-rank", "mine");
    for (const text of ["{", "[]", '{"loraLive":2,"items":[]}', copy({kind: "words", id: "low-rank", value: 7})]) {
      expect(takeCopy(keep, text), text).toHaveLength(1);
      expect(keep.get("words", "low-rank"), text).toBe("mine");
    }
  });
});

describe("one kind", () => {
  test("is forgotten alone, here and on the device, and keeping goes on", () => {
    const storage = fakeStorage({
      ...consented,
      "lora-live:v1:words:low-rank": '"w"',
      "lora-live:v1:answer:q-a": JSON.stringify(answer),
      "lora-live:v1:answer:q-broken": "{",
    });
    const keep = openKeep(() => storage);
    keep.forget("answer");
    expect(stored(storage)).toEqual({...consented, "lora-live:v1:words:low-rank": '"w"'});
    expect(keep.entries()).toEqual([{kind: "words", id: "low-rank", value: "w"}]);
    expect(keep.consent).toBe("yes");
  });
});

describe("what is kept, in words", () => {
  const entry = (kind: string, value: unknown = "x") => ({kind, id: "a", value}) as never;

  test("every kind has a name of its own", () => {
    for (const kind of kinds) expect(calledOf(kind).one, kind).not.toBe(`${kind} entry`);
    expect(calledOf("score").many).toBe("score entries");
  });

  test("counted by kind, chapters first, unknown kinds last", () => {
    const all = [entry("score"), entry("answer"), entry("chapter"), entry("answer")];
    expect(kindsOf(all)).toEqual(["chapter", "answer", "score"]);
    expect(countedAll(all)).toBe("1 chapter mark, 2 answers and 1 score entry");
    expect(countedAll([])).toBe("nothing");
  });

  test.each([
    ["answer", answer, "768 (right)"],
    ["answer", {given: "7", right: false}, "7 (not right yet)"],
    ["prediction", {given: "The checkerboard"}, "The checkerboard"],
    ["prediction", {given: "skipped"}, "skipped"],
    ["prediction", {given: "lowrank 3 25"}, "a low-rank change to attention, 1,000 trained numbers, 25% added time"],
    ["words", "a blend", "a blend"],
    ["score", {n: 1}, '{"n":1}'],
  ])("%s %j", (kind, value, text) => expect(calledOf(kind).text(value)).toBe(text));
});
