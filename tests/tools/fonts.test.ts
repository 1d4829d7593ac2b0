import {readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {characters, cutFonts, families} from "../../src/tools/fonts.ts";

const root = new URL("../../", import.meta.url);
const styles = new URL("src/site/styles/", root);

test("the kept letters of symbols are what npm run fonts cuts today", async () => {
  for (const [name, bytes] of await cutFonts(families.find(({file}) => file === "symbols")!))
    expect(readFileSync(new URL(`fonts/${name}`, styles)).equals(bytes), name).toBe(true);
});

test("every kept font is named by a sheet, and every font that a sheet names is kept", () => {
  const sheets = ["fonts.css", "../../embed/styles/embed.css"]
    .map((sheet) => readFileSync(new URL(sheet, styles), "utf8"))
    .join("\n");
  const named = [...sheets.matchAll(/url\("(?:\.|\.\.\/\.\.\/site\/styles)\/fonts\/([^"?]+)/g)].map(([, file]) => file);
  expect(named.sort()).toEqual(readdirSync(new URL("fonts/", styles)).sort());
});

test("every letter of the prose and of the names in it is among those that are kept", () => {
  const files = ["chapters", "embedding", "questions", ""].flatMap((folder) => {
    const place = new URL(`content/${folder}${folder && "/"}`, root);
    return readdirSync(place)
      .filter((file) => /\.(mdx|json)$/.test(file))
      .map((file) => new URL(file, place));
  });
  const letters = new Set(
    files.flatMap((file) => readFileSync(file, "utf8").match(/(?=\p{Script=Latin}|\p{Script=Greek})[\p{Lu}\p{Ll}]/gu)!),
  );
  const kept = Object.values(characters).join("");
  expect([...letters].filter((letter) => !kept.includes(letter))).toEqual([]);
});
