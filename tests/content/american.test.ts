import {readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {britishWords} from "./british.ts";

/** Works whose titles are British and are quoted as they are. */
const titles: readonly string[] = ["merge_and_unload docs do not clarify behaviour for quantized base models"];

/** Every file with words below a folder of the source or the content. */
const filesIn = (folder: string) =>
  readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((name) => /\.(mdx|json|astro|ts)$/.test(name))
    .map((name) => `${folder}/${name}`);
const folders = ["content", "src"].flatMap((root) =>
  readdirSync(root, {withFileTypes: true}).flatMap((one) => (one.isDirectory() ? `${root}/${one.name}` : [])),
);

test.each(folders)("%s is spelled the American way", (folder) => {
  const words = filesIn(folder).flatMap((file) =>
    britishWords(readFileSync(file, "utf8"), titles).map((word) => `${file}: ${word}`),
  );
  expect(words).toEqual([]);
});

test("files in no folder are, too, and there are files to read", () => {
  const own = ["content", "src"].flatMap((root) => filesIn(root).filter((file) => file.split("/").length === 2));
  expect(own.flatMap((file) => britishWords(readFileSync(file, "utf8"), titles))).toEqual([]);
  expect(folders.flatMap(filesIn).length).toBeGreaterThan(500);
});
