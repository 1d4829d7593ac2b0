import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import list from "../../content/og.json" with {type: "json"};
import {previewSize} from "../../src/site/preview.ts";
import {fingerprint, type Subject, subjectsOf} from "../made/cards/subjects.ts";
import {dist, root} from "./site.ts";

const folder = join(root, "public/og");
const sheet = readFileSync(join(root, "tests/made/cards/card.css"), "utf8");

const printOf = (changes: Partial<Subject>) =>
  fingerprint(
    {file: "a.png", page: "a/", kicker: "Figure", heading: "Why?", frame: '<p x="1.00012">a</p>', ...changes},
    "",
  );

describe("the fingerprint of a card", () => {
  test("changes with its words, its frame and its sheet", () => {
    const prints = [{}, {kicker: "Chapter"}, {heading: "How?"}, {frame: '<p x="1.00012">b</p>'}].map(printOf);
    expect(new Set(prints).size).toBe(4);
    expect(fingerprint({file: "", page: "", kicker: "", heading: ""}, "a {}")).not.toBe(
      fingerprint({file: "", page: "", kicker: "", heading: ""}, "b {}"),
    );
  });

  test("does not hang on where it lies, nor on digits that another processor rounds another way", () => {
    expect(printOf({file: "b.png", page: "b/"})).toBe(printOf({}));
    expect(printOf({frame: '<p x="1.0001200001">a</p>'})).toBe(printOf({}));
    expect(printOf({frame: '<p x="1.0012">a</p>'})).not.toBe(printOf({}));
  });
});

describe("the pictures for links", () => {
  const subjects = subjectsOf(dist);

  test("are drawn from the site as it is", () => {
    expect(subjects.length).toBeGreaterThan(30);
    const due = new Map(subjects.map((subject) => [subject.file, fingerprint(subject, sheet)]));
    const drawn = new Map(Object.entries(list.pictures));
    const stale = [...new Set([...due.keys(), ...drawn.keys()])].filter((file) => due.get(file) !== drawn.get(file));
    expect(stale, "these pictures are out of date: run npm run cards, and look at them").toEqual([]);
  });

  test("are the files there are, small PNGs of the size that pages name", () => {
    const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).filter((file) => file.includes("."));
    expect(files.sort()).toEqual(Object.keys(list.pictures).sort());
    const pictures = files.map((file) => ({file, bytes: readFileSync(join(folder, file))}));
    for (const {file, bytes} of pictures) {
      expect(bytes.toString("latin1", 1, 4), file).toBe("PNG");
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], file).toEqual([previewSize.width, previewSize.height]);
      expect(bytes.length, file).toBeLessThan(50_000);
    }
    const sum = pictures.reduce((sum, {bytes}) => sum + bytes.length, 0);
    expect(sum / pictures.length, "bytes of a picture on average").toBeLessThan(32_000);
  });
});
