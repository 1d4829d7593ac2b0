import {describe, expect, test} from "vitest";
import {askedBy} from "../../src/frame/hostOptions.ts";
import {foreignHeights, greeted, toResizer} from "../../src/frame/otherHosts.ts";

const at = (search: string, hash = "") => askedBy({search, hash});
const href = "https://example.org/embed/rank/";

describe("the height as other hosts want to hear it", () => {
  test("three forms for everyone, none of them H5P's or edX's, and never null", () => {
    const told = foreignHeights(412, at(""), "rank", href);
    expect(told).toEqual([
      {"datawrapper-height": {rank: 412}},
      {subject: "lti.frameResize", height: 412},
      `{"src":"${href}","context":"iframe.resize","height":412}`,
    ]);
    for (const search of ["", "?childId=a", "?id=b"])
      for (const data of foreignHeights(1, at(search, "#?secret=x"), "rank", href)) {
        expect(data).not.toBeNull();
        expect(JSON.stringify(data)).not.toMatch(/h5p|plugin\.resize|"offset"/);
      }
  });

  test("WordPress's only with its secret, pym's only with its child's name", () => {
    expect(foreignHeights(412, at("", "#?secret=Ab3"), "rank", href).at(-1)).toEqual({
      message: "height",
      value: 412,
      secret: "Ab3",
    });
    expect(foreignHeights(412, at("?childId=pym-0"), "rank", href).at(-1)).toBe("pymxPYMxpym-0xPYMxheightxPYMx412");
    const bad = at("?childId=%3Cb%3E", `#?secret=${"x".repeat(65)}`);
    expect(foreignHeights(412, bad, "rank", href)).toHaveLength(3);
  });

  test("iframe-resizer's by the name it greets with", () => {
    expect(greeted("[iFrameSizer]frame0:8:false:true:32")).toBe("frame0");
    for (const data of [
      null,
      3,
      {},
      "frame0:8",
      "[iFrameSizer]",
      "[iFrameSizer]:8",
      `[iFrameSizer]${"x".repeat(1000)}`,
    ])
      expect(greeted(data)).toBeUndefined();
    expect(toResizer("frame0", 412, 640, "init")).toBe("[iFrameSizer]frame0:412:640:init");
  });
});

describe("what an address says of its host", () => {
  test("a name, an origin, whether statements are wanted", () => {
    expect(at("?id=week-3&origin=https://course.example:8443&xapi=1")).toEqual({
      id: "week-3",
      origin: "https://course.example:8443",
      xapi: true,
      notes: [],
    });
    expect(at("")).toEqual({xapi: false, notes: []});
    expect(at("?origin=https://course.example/").origin).toBe("https://course.example");
  });

  test.each(["*", "null", "", "course.example", "https://course.example/page", "javascript:alert(1)", "file:///x"])(
    "to an origin that is none (%s) nobody is told, and that is said",
    (origin) => {
      const {origin: kept, notes} = at(`?origin=${encodeURIComponent(origin)}`);
      expect(kept).toBeNull();
      expect(notes.join()).toContain(`“${origin}” is not, so no page hears this frame.`);
    },
  );

  test("a name that is none is said, shortened", () => {
    const {id, notes} = at(`?id=${"x".repeat(10_000)}&xapi=yes`);
    expect(id).toBeUndefined();
    expect(notes).toHaveLength(2);
    for (const note of notes) expect(note.length).toBeLessThan(140);
  });
});
