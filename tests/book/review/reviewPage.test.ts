import {parseHTML} from "linkedom";
import {afterEach, expect, test, vi} from "vitest";
import {openStore} from "../../../src/book/kept/store.ts";
import {startReview} from "../../../src/book/review/reviewPage.ts";

afterEach(() => vi.unstubAllGlobals());

const MONDAY = 20_000;
const card = (id: string) =>
  `<div class="review-item" data-item="${id}" data-from="a"><article class="interview" id="${id}"><p class="interview-asked"></p><details></details></article></div>`;

/** A review page with three cards, and a clock that the test moves. */
function opened() {
  const {window, document} = parseHTML(`<!doctype html><body><div class="review">
    <select><option value="all" selected></option></select><p class="review-state"></p>${["c-a", "c-b", "c-c"].map(card).join("")}
    <div class="review-foot"><p class="review-end"></p><p class="review-moves"><button></button><button></button></p>
    <div class="keeping"></div></div></div></body>`);
  vi.stubGlobal("window", window);
  const store = openStore(() => {
    throw new Error("none");
  });
  for (const [id, gap] of [
    ["c-a", 0],
    ["c-b", 1],
    ["c-c", 7],
  ] as const)
    store.set("review", id, {on: MONDAY, gap});
  const clock = {day: MONDAY};
  startReview(document as unknown as Document, store, () => clock.day);
  const item = () => document.querySelector<HTMLElement>("[data-now]");
  return {
    clock,
    store,
    item,
    shown: () => item()?.dataset.item,
    state: () => document.querySelector(".review-state")!.textContent,
    look: () => document.dispatchEvent(new window.Event("visibilitychange")),
    grade: (grade: string) =>
      document
        .querySelector(".review")!
        .dispatchEvent(
          new window.CustomEvent("lora-graded", {cancelable: true, detail: {id: item()!.dataset.item, grade}}),
        ),
  };
}

test("a page left open overnight begins the new day's sitting when the reader looks at it", () => {
  const {clock, shown, state, look} = opened();
  expect([shown(), state()]).toEqual(["c-a", "1 of 1 · due"]);
  look();
  expect(state()).toBe("1 of 1 · due");
  clock.day++;
  look();
  expect(state()).toBe("1 of 2 · due");
  clock.day += 6;
  look();
  expect(state()).toBe("1 of 3 · due");
});

test("an item that the reader has begun stays; it is graded on the new day, and the next item is of that day", () => {
  const {clock, item, shown, state, look, grade, store} = opened();
  const details = item()!.querySelector("details")!;
  details.setAttribute("open", "");
  clock.day++;
  look();
  expect([shown(), state()]).toEqual(["c-a", "1 of 1 · due"]);
  grade("knew");
  expect(store.get("review", "c-a")).toEqual({on: MONDAY + 1, gap: 7});
  expect([shown(), state()]).toEqual(["c-b", "Comes again in 7 days. 1 of 1 · due"]);
  grade("knew");
  expect(shown()).toBeUndefined();
  clock.day += 6;
  look();
  expect(shown(), "a finished sitting begins again").toBe("c-c");
});
