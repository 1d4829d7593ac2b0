import {describe, expect, test} from "vitest";
import {openStore} from "../../../src/book/kept/store.ts";
import {storageOf} from "../../fuzz/storage.ts";

/** A device with these items, and room for so many more writes. */
function deviceOf(items: Record<string, string> = {}, room = Number.POSITIVE_INFINITY): Storage {
  const storage = storageOf(items);
  const {setItem} = storage;
  let left = room;
  storage.setItem = (key, value) => {
    if (left-- <= 0) throw new DOMException("full", "QuotaExceededError");
    setItem(key, value);
  };
  return storage;
}

const stored = (s: Storage) =>
  Object.fromEntries(Array.from({length: s.length}, (_, i) => [s.key(i), s.getItem(s.key(i)!)]));
const throws = (error: Error) => () => {
  throw error;
};
const answer = {given: "768", right: true};
const json = JSON.stringify(answer);
const consented = {"lora-live:v1:keep": "yes"};

describe("consent", () => {
  test("nothing is stored before a yes, and everything of the page after it", () => {
    const storage = deviceOf();
    const store = openStore(() => storage);
    store.set("answer", "q-02-saving", answer);
    store.set("words", "low-rank", "a blend");
    expect([store.consent, storage.length]).toEqual(["unasked", 0]);
    expect(store.get("answer", "q-02-saving")).toEqual(answer);
    store.answerConsent(true);
    const all = {"lora-live:v1:answer:q-02-saving": json, "lora-live:v1:words:low-rank": '"a blend"'};
    expect(stored(storage)).toEqual({...consented, ...all});
    store.set("chapter", "low-rank", "visited");
    store.set("chapter", "low-rank", "finished");
    const again = openStore(() => storage);
    expect([again.consent, again.get("chapter", "low-rank"), again.get("answer", "q-02-saving")]).toEqual([
      "yes",
      "finished",
      answer,
    ]);
    expect(again.trouble()).toBeUndefined();
  });

  test("a no lasts as long as the page, or until everything is erased", () => {
    const storage = deviceOf();
    const store = openStore(() => storage);
    store.set("prediction", "q-02-predict", {given: "Both"});
    store.answerConsent(false);
    store.set("answer", "q-02-saving", answer);
    expect([store.consent, storage.length, store.get("answer", "q-02-saving")]).toEqual(["no", 0, answer]);
    expect(openStore(() => storage).consent).toBe("unasked");
    store.forget();
    expect([store.consent, store.entries()]).toEqual(["unasked", []]);
  });

  test("forgetting everything leaves other keys of the origin, and asks again", () => {
    const others = {"lora-live:theme": "dark", other: "1"};
    const storage = deviceOf({...consented, "lora-live:v1:words:low-rank": '"w"', ...others});
    const store = openStore(() => storage);
    expect(store.get("words", "low-rank")).toBe("w");
    store.forget();
    expect(stored(storage)).toEqual(others);
    expect([store.consent, store.get("words", "low-rank")]).toEqual(["unasked", undefined]);
  });

  test("forgetting one kind leaves the others and the consent", () => {
    const words = {...consented, "lora-live:v1:words:low-rank": '"w"'};
    const storage = deviceOf({...words, "lora-live:v1:answer:q-a": json, "lora-live:v1:answer:q-broken": "{"});
    const store = openStore(() => storage);
    store.forget("answer");
    expect([stored(storage), store.consent]).toEqual([words, "yes"]);
    expect(store.entries()).toEqual([{kind: "words", id: "low-rank", value: "w"}]);
  });
});

describe("two windows of one device", () => {
  test("after one erased everything, the other stores nothing, has nothing and asks again", () => {
    const storage = deviceOf({...consented, "lora-live:v1:answer:q-a": json});
    const [one, other] = [openStore(() => storage), openStore(() => storage)];
    one.forget();
    other.set("answer", "q-b", answer);
    other.setAll([{kind: "words", id: "formulas", value: "w"}]);
    expect([stored(storage), other.consent, other.get("answer", "q-a")]).toEqual([{}, "unasked", undefined]);
    other.answerConsent(true);
    expect(stored(storage)).toEqual({
      ...consented,
      "lora-live:v1:answer:q-b": json,
      "lora-live:v1:words:formulas": '"w"',
    });
  });

  test("a yes in one counts in the other, which also gets what the first one stores", () => {
    const storage = deviceOf();
    const [one, other] = [openStore(() => storage), openStore(() => storage)];
    other.set("words", "low-rank", "mine");
    one.answerConsent(true);
    one.set("chapter", "formulas", "finished");
    expect([other.consent, other.get("chapter", "formulas"), other.isKept("words", "low-rank")]).toEqual([
      "yes",
      "finished",
      false,
    ]);
    other.set("answer", "q-a", answer);
    expect(one.entries().map(({kind}) => kind)).toEqual(["answer", "chapter", "words"]);
  });
});

describe("a device that fails", () => {
  /** What a page does: commits, is asked, says what went wrong, commits again. */
  function use(storage: () => Storage) {
    const store = openStore(storage);
    store.answerConsent(true);
    store.set("answer", "q-a", answer);
    const first = store.trouble();
    store.set("answer", "q-b", answer);
    return {first, second: store.trouble(), kept: [store.get("answer", "q-a"), store.get("answer", "q-b")], store};
  }

  test.each([
    ["denies storage", throws(new DOMException("denied", "SecurityError"))],
    ["denies its length", () => Object.defineProperty(deviceOf(), "length", {get: throws(new Error("no"))})],
  ])("%s: the store works in memory and says so once", (_, storage) => {
    const {first, second, kept, store} = use(storage);
    expect(first).toBe("This browser keeps nothing for this site: what you answer lasts until you leave the page.");
    expect([second, store.consent, kept]).toEqual([undefined, "off", [answer, answer]]);
    store.forget();
    expect(store.get("answer", "q-a")).toBeUndefined();
  });

  test("is full: the store works in memory and says so once", () => {
    const {first, second, kept} = use(() => deviceOf({}, 1));
    expect(first).toBe("This device has no room left: what you do now lasts until you leave this page.");
    expect([second, kept]).toEqual([undefined, [answer, answer]]);
  });

  test("has room for one more: each kind of trouble is told once", () => {
    const store = openStore(() => deviceOf({...consented, "lora-live:v1:words:formulas": "{"}, 1));
    expect(store.trouble()).toBe(
      "What was kept earlier under these names could not be read and was left out: words formulas.",
    );
    store.set("answer", "q-a", answer);
    expect([store.trouble(), store.isKept("answer", "q-a")]).toEqual([undefined, true]);
    store.set("answer", "q-b", answer);
    store.set("words", "low-rank", "a blend");
    store.set("words", "low-rank", "w".repeat(10_001));
    expect(store.trouble()).toBe(
      "This device has no room left: what you do now lasts until you leave this page. This is too long to keep: it lasts until you leave this page.",
    );
    store.set("answer", "q-c", answer);
    expect([store.trouble(), store.isKept("answer", "q-c")]).toEqual([undefined, false]);
    expect(store.get("answer", "q-c")).toEqual(answer);
  });

  test("has no room for the yes: nothing is stored, and nobody asks again", () => {
    const storage = deviceOf({}, 0);
    const store = openStore(() => storage);
    store.set("answer", "q-a", answer);
    store.answerConsent(true);
    expect(store.trouble()).toBe("This device has no room left: what you do now lasts until you leave this page.");
    expect([store.consent, storage.length, store.get("answer", "q-a")]).toEqual(["no", 0, answer]);
  });

  test("refuses removal: the reader is told", () => {
    const store = openStore(() => Object.assign(deviceOf(consented), {removeItem: throws(new Error("no"))}));
    store.forget();
    expect(store.trouble()).toMatch(/could not be removed/);
  });

  test("belongs to a later version: its keys are left alone", () => {
    const before = {...consented, "lora-live:v2:answers": "{}"};
    const storage = deviceOf(before);
    const {first, kept, store} = use(() => storage);
    expect(first).toMatch(/^A later version of this site/);
    store.forget();
    expect([stored(storage), kept]).toEqual([before, [answer, answer]]);
  });
});

describe("entries", () => {
  test.each([
    ["no JSON", "answer:q-a", "{"],
    ["another shape", "answer:q-a", '{"given":7,"right":true}'],
    ["an unknown state", "chapter:low-rank", '"skimmed"'],
    ["an unknown kind", "score:q-a", "1"],
    ["a kind that every object has", "constructor:q-a", "{}"],
    ["an id no content has", "answer:__proto__", json],
    ["a day before the first", "review:q-a", '{"on":-1,"gap":7}'],
    ["a gap of years", "review:q-a", '{"on":20783,"gap":5000}'],
    ["half a day", "review:q-a", '{"on":20783.5,"gap":1}'],
    ["too long a text", "words:low-rank", JSON.stringify("w".repeat(10_001))],
    ["too many parts", "answer:q-a:b", json],
  ])("with %s are left out and told once, and the others are read", (_, key, value) => {
    const storage = deviceOf({...consented, "lora-live:v1:answer:q-good": json, [`lora-live:v1:${key}`]: value});
    const store = openStore(() => storage);
    expect(store.entries()).toEqual([{kind: "answer", id: "q-good", value: answer}]);
    for (const [kind, id] of [
      ["answer", "q-a"],
      ["words", "low-rank"],
      ["review", "q-a"],
    ] as const)
      expect(store.get(kind, id)).toBeUndefined();
    expect(store.trouble()).toBe(
      `What was kept earlier under these names could not be read and was left out: ${key.replace(":", " ")}.`,
    );
    expect(store.trouble()).toBeUndefined();
  });

  test("may have ids that every object has, but none with underscores", () => {
    const store = openStore(() => deviceOf());
    for (const id of ["constructor", "tostring", "valueof"]) {
      expect(store.get("answer", id)).toBeUndefined();
      store.set("answer", id, answer);
      expect(store.get("answer", id)).toEqual(answer);
    }
    store.set("answer", "__proto__", answer);
    expect([store.get("answer", "__proto__"), ({} as {given?: string}).given]).toEqual([undefined, undefined]);
  });
});
