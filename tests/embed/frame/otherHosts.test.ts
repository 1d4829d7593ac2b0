import {describe, expect, test} from "vitest";
import {readHostOptions} from "../../../src/embed/frame/hostOptions.ts";
import {heightMessages, resizerMessage, resizerName} from "../../../src/embed/frame/otherHosts.ts";

const at = (search: string, hash = "") => readHostOptions({search, hash});
const href = "https://example.org/embed/rank/";

describe("the height for other hosts", () => {
  test("is always sent in three forms, none of them H5P's or edX's, and never as null", () => {
    const sent = heightMessages(412, at(""), "rank", href);
    expect(sent).toEqual([
      {"datawrapper-height": {rank: 412}},
      {subject: "lti.frameResize", height: 412},
      `{"src":"${href}","context":"iframe.resize","height":412}`,
    ]);
    for (const search of ["", "?childId=a", "?id=b"])
      for (const data of heightMessages(1, at(search, "#?secret=x"), "rank", href)) {
        expect(data).not.toBeNull();
        expect(JSON.stringify(data)).not.toMatch(/h5p|plugin\.resize|"offset"/);
      }
  });

  test("is sent to WordPress only with its secret, to pym only with the child's name", () => {
    expect(heightMessages(412, at("", "#?secret=Ab3"), "rank", href).at(-1)).toEqual({
      message: "height",
      value: 412,
      secret: "Ab3",
    });
    expect(heightMessages(412, at("?childId=pym-0"), "rank", href).at(-1)).toBe("pymxPYMxpym-0xPYMxheightxPYMx412");
    const bad = at("?childId=%3Cb%3E", `#?secret=${"x".repeat(65)}`);
    expect(heightMessages(412, bad, "rank", href)).toHaveLength(3);
  });

  test("is sent to iframe-resizer under the name in its greeting", () => {
    expect(resizerName("[iFrameSizer]frame0:8:false:true:32")).toBe("frame0");
    for (const data of [
      null,
      3,
      {},
      "frame0:8",
      "[iFrameSizer]",
      "[iFrameSizer]:8",
      `[iFrameSizer]${"x".repeat(1000)}`,
    ])
      expect(resizerName(data)).toBeUndefined();
    expect(resizerMessage("frame0", 412, 640, "init")).toBe("[iFrameSizer]frame0:412:640:init");
  });
});

describe("the options of a host in the address", () => {
  test("hold a name and an origin; one that went (xapi) is passed over", () => {
    expect(at("?id=week-3&origin=https://course.example:8443&xapi=1")).toEqual({
      id: "week-3",
      origin: "https://course.example:8443",
      notes: [],
    });
    expect(at("")).toEqual({notes: []});
    expect(at("?origin=https://course.example/").origin).toBe("https://course.example");
  });

  test.each(["*", "null", "", "course.example", "https://course.example/page", "javascript:alert(1)", "file:///x"])(
    "with an origin that cannot exist (%s), tell nobody, and a note says so",
    (origin) => {
      const {origin: kept, notes} = at(`?origin=${encodeURIComponent(origin)}`);
      expect(kept).toBeNull();
      expect(notes.join()).toContain(`“${origin}” is not, so no page hears this frame.`);
    },
  );

  test("with an invalid name have a note that shortens it", () => {
    const {id, notes} = at(`?id=${"x".repeat(10_000)}&origin=x`);
    expect(id).toBeUndefined();
    expect(notes).toHaveLength(2);
    for (const note of notes) expect(note.length).toBeLessThan(140);
  });
});
