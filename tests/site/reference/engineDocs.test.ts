import {expect, test} from "vitest";
import {engineDocs, engineSources, type TextRun} from "../../../src/site/reference/engineDocs.ts";

const sample = new Map([
  [
    "src/engine/linalg/matrix.ts",
    "/** Numbers. */\nexport interface Matrix {}\n/** Twice a: `Matrix` in, see `merge`. */\nexport function twice(a: Matrix): Matrix {\n  return a;\n}\n",
  ],
  [
    "src/engine/lora/lora.ts",
    '/** Adapters. */\nimport type {Matrix as M} from "../linalg/matrix.ts";\n\n/**\n * W0 (d × k)\n * → W.\n *\n * Not `same`, not `untold`.\n */\nexport function merge(W0: M): M {\n  return W0;\n}\nexport type same = 1;\n',
  ],
  ["src/engine/lora/variants/vera.ts", "export type same = Matrix;\n"],
  ["src/engine/zebra.ts", "/** See `same`. */\nexport const stripes = 3;\n"],
  ["src/engine/empty.ts", "const hidden = 1;\n"],
]);
const groups = engineDocs(sample);
const entry = (id: string) =>
  groups.flatMap(({files}) => files.flatMap(({entries}) => entries)).find((one) => one.id === id)!;
const links = (runs: readonly TextRun[]) => runs.filter(({to}) => to).map(({text, to}) => `${text} ${to}`);

test("files are grouped by folder, in reading order; others come last, and files without exports are left out", () => {
  expect(groups.map(({id, name, files}) => [id, name, files.map((file) => file.specifier)])).toEqual([
    ["linear-algebra", "Linear algebra", ["lora-live/engine/matrix"]],
    ["lora", "LoRA", ["lora-live/engine/lora"]],
    ["variants", "Variants", ["lora-live/engine/variants/vera"]],
    ["further-files", "Further files", ["lora-live/engine/zebra"]],
  ]);
  expect(groups[1]!.files[0]!.about).toEqual([[{text: "Adapters."}]]);
});

test("a type links to the file it comes from, under any name; an unknown type has no link", () => {
  expect(links(entry("lora.merge").signature)).toEqual(["M #matrix.Matrix", "M #matrix.Matrix"]);
  expect(links(entry("variants/vera.same").signature)).toEqual([]);
});

test("a comment keeps its paragraphs; an unambiguous name in it is a link", () => {
  const {doc} = entry("lora.merge");
  expect(doc[0]).toEqual([{text: "W0 (d × k) → W."}]);
  expect(doc[1]!.filter(({code}) => code)).toEqual([
    {text: "same", code: true, to: "#lora.same"},
    {text: "untold", code: true},
  ]);
  expect(links(entry("matrix.twice").doc.flat())).toEqual(["Matrix #matrix.Matrix", "merge #lora.merge"]);
  expect(links(entry("zebra.stripes").doc.flat())).toEqual([]);
});

test("what opens adapters is on a page of its own, and links lead from one page to the other", () => {
  const both = engineDocs(
    new Map([
      [
        "src/engine/adapters/inspect/open.ts",
        'import type {Matrix} from "../../linalg/matrix.ts";\nexport const opened = (m: Matrix) => m;\n',
      ],
      ["src/engine/linalg/matrix.ts", "/** See `opened`. */\nexport interface Matrix {}\n"],
    ]),
  );
  expect(both.map(({name, page}) => [name, page])).toEqual([
    ["Linear algebra", "engine"],
    ["Opening adapters", "inspect"],
  ]);
  const [matrix, opened] = both.map(({files}) => files[0]!);
  expect(links(opened!.entries[0]!.signature)).toContain("Matrix ../#matrix.Matrix");
  expect(links(matrix!.entries[0]!.doc.flat())).toEqual(["opened inspect/#inspect/open.opened"]);
});

test("the engine's own page has every file once, and no id twice", () => {
  const own = engineDocs();
  const files = own.flatMap((group) => group.files);
  expect(engineSources.size).toBeGreaterThan(50);
  expect(files.map(({path}) => path).sort()).toEqual([...engineSources.keys()].sort());
  const ids = [
    ...own.map(({id}) => id),
    ...files.map(({id}) => id),
    ...files.flatMap(({entries}) => entries.map(({id}) => id)),
  ];
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  const merge = files.find(({path}) => path === "src/engine/lora/lora.ts")!.entries.find(({name}) => name === "merge")!;
  expect(merge.signature).toContainEqual({text: "W0", symbol: "W0"});
});
