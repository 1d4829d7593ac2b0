import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {dock, followDock, leaveSteps, startDock, undock} from "../../../src/book/stage/dock.ts";
import {type LaidOut, layOut} from "./laidOut.ts";

const html = `
  <section class="stage">
    <p><a class="set">phrase</a></p>
    <lora-widget data-size="card"><figure><div data-picture></div><button class="undock">×</button></figure></lora-widget>
    <p><a class="set late">phrase</a></p>
  </section>`;
/** The figure is 700 px high, its picture 400. */
const boxes = {
  ".stage": [1000, 4000],
  "lora-widget": [1200, 1900],
  "[data-picture]": [1260, 1660],
  "a.set": [1100, 1120],
  "a.late": [3000, 3020],
} as const;

let it: LaidOut;
const open = (isNarrow = true) => {
  it = layOut(html, boxes, isNarrow);
  startDock(it.document);
};
const size = () => it.one("lora-widget").dataset.size;
/** Scrolls until the late phrase stands at `y` in the window, and presses it. */
const press = (y = 600) => {
  it.page.scrolled = 3000 - y;
  return dock(it.one("lora-widget"), it.one("a.late"));
};
/** Scrolls so that the page's `y` is at the top of the window. */
const scrollTo = (y: number) => {
  it.page.scrolled = y;
  followDock();
};

beforeEach(() => open());
afterEach(() => {
  undock();
  vi.unstubAllGlobals();
});

test("a figure whose picture is out of view docks; its place keeps its height, and the page knows the dock's", () => {
  expect(press()).toBe(true);
  expect(size()).toBe("dock");
  expect(it.one("lora-widget").style.minBlockSize).toBe("700px");
  expect(it.document.documentElement.style.getPropertyValue("--dock")).toBe("250px");
  expect(it.page.moves).toEqual([]);
  undock();
  expect(size()).toBe("card");
  expect(it.one("lora-widget").style.minBlockSize).toBe("");
  expect(it.document.documentElement.style.getPropertyValue("--dock")).toBe("");
});

test("the picture decides, not the card: with 60 % of it in view the figure stays where it is", () => {
  // The window shows 1060 to 1872: all of the picture.
  it.page.scrolled = 1060;
  expect(dock(it.one("lora-widget"), it.one("a.set"))).toBe(true);
  expect(size()).toBe("card");
  // Half of the picture is below the foot, although the card begins in view.
  it.page.scrolled = 660;
  dock(it.one("lora-widget"), it.one("a.set"));
  expect(size()).toBe("dock");
});

test("a phrase under the dock comes out from under it, by just as much", () => {
  press(200);
  expect(it.page.moves).toEqual([-(44 + 250 + 8 - 200)]);
  expect(it.one("a.late").getBoundingClientRect().top).toBe(302);
});

test("a dock that grows pushes its phrase down, but not one that the reader has scrolled under it meanwhile", () => {
  press(310);
  it.page.dockHeight = 300;
  it.page.resized();
  expect(it.page.moves).toEqual([-(44 + 300 + 8 - 310)]);
  scrollTo(2900);
  it.page.dockHeight = 350;
  it.page.resized();
  expect(it.page.moves).toHaveLength(1);
});

test("wide and low windows dock nothing, and say so", () => {
  open(false);
  expect(press()).toBe(false);
  expect(size()).toBe("card");
});

describe("it leaves", () => {
  test("when its place in the text is in view again", () => {
    press();
    scrollTo(1900 - 44 - 300);
    expect(size()).toBe("dock");
    scrollTo(1150);
    expect(size()).toBe("card");
  });

  test("when the stage is left, downward or upward", () => {
    press();
    scrollTo(4000 - 300);
    expect(size()).toBe("dock");
    scrollTo(4000 - 290);
    expect(size()).toBe("card");
    press();
    scrollTo(100);
    expect(size()).toBe("card");
  });

  test("when the window becomes wide", () => {
    press();
    vi.stubGlobal("matchMedia", () => ({matches: false}));
    followDock();
    expect(size()).toBe("card");
  });

  test.each([
    ["its button", () => it.send(it.one(".undock"), "click")],
    ["Escape", () => it.send(it.document, "keydown", {key: "Escape"})],
  ])("on %s, and then only a phrase brings it back", (_, close) => {
    press();
    close();
    expect(size()).toBe("card");
    dock(it.one("lora-widget"), it.one("a.late"), true);
    expect(size()).toBe("card");
    press();
    expect(size()).toBe("dock");
    leaveSteps(it.one("lora-widget"));
    expect(size()).toBe("dock");
  });

  test("not on other keys, nor on Escape for a dialog", () => {
    press();
    it.send(it.document, "keydown", {key: "Enter"});
    it.one("body").append(Object.assign(it.document.createElement("dialog")));
    it.one("dialog").setAttribute("open", "");
    it.send(it.document, "keydown", {key: "Escape"});
    expect(size()).toBe("dock");
  });

  test("with its list of steps, if a step docked it and no phrase was pressed", () => {
    it.page.scrolled = 2400;
    dock(it.one("lora-widget"), it.one("a.late"), true);
    expect(size()).toBe("dock");
    leaveSteps(it.one("lora-widget"));
    expect(size()).toBe("card");
  });

  test("when Explore has opened it and given it back as a card", () => {
    press();
    it.one("lora-widget").dataset.size = "full";
    it.send(it.document, "keydown", {key: "Escape"});
    it.one("lora-widget").dataset.size = "card";
    followDock();
    expect(it.document.documentElement.style.getPropertyValue("--dock")).toBe("");
    press();
    expect(size()).toBe("dock");
  });
});
