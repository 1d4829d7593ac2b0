import {expect, test} from "vitest";
import {engineDocs, engineSources} from "../../../src/site/reference/engineDocs.ts";

test("files are grouped by folder, in reading order; others come last, and files without exports are left out", () => {
  const groups = engineDocs(
    new Map([
      ["src/engine/adapters/inspect/open.ts", "export const opened = 1;\n"],
      ["src/engine/empty.ts", "const hidden = 1;\n"],
      ["src/engine/linalg/matrix.ts", "/** Numbers. */\nexport interface Matrix {}\n"],
      ["src/engine/lora/variants/vera.ts", "export type same = Matrix;\n"],
      ["src/engine/zebra.ts", "export const stripes = 3;\n"],
    ]),
  );
  expect(groups.map(({id, name, page, files}) => [id, name, page, files.map((file) => file.specifier)])).toEqual([
    ["linear-algebra", "Linear algebra", "engine", ["lora-live/engine/matrix"]],
    ["variants", "Variants", "engine", ["lora-live/engine/variants/vera"]],
    ["opening-adapters", "Opening adapters", "inspect", ["lora-live/engine/inspect/open"]],
    ["further-files", "Further files", "engine", ["lora-live/engine/zebra"]],
  ]);
});

test("the engine's own pages have every file once, and no id twice", () => {
  const groups = engineDocs();
  const files = groups.flatMap((group) => group.files);
  expect(engineSources.size).toBeGreaterThan(50);
  expect(files.map(({path}) => path).sort()).toEqual([...engineSources.keys()].sort());
  const ids = [...groups, ...files, ...files.flatMap(({entries}) => entries)].map(({id}) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});
