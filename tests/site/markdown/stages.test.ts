import {mdxToJs} from "satteri";
import {expect, test} from "vitest";
import {stageFaults, stagesPlugin} from "../../../src/site/markdown/stages.ts";

const sound = `
## Before

Words.

<Stage>

## A sky {#sky}

<Widget name="rank" figure="2.1" />

With <Set figure="2.1" r={1}>one</Set>, or **<Set r={2}>two</Set>**, or <Set widget="lab">elsewhere</Set>.

<details>

More of <Set figure="2.1" r={3}>three</Set>. <Set figure="9.9" r={1}>Another page's</Set>.

</details>

<Steps>

1. <Set r={1}>First</Set> words.
2. <Set r={2}>Then</Set> words.

   And a paragraph.

</Steps>

{/* <Stage> */}

<PaperTable id="table-5" />

</Stage>

<Stage>

<PaperTable id="table-6" exhibit />

</Stage>

<Stage>

<Vignette name="tower" exhibit />

</Stage>

<Stage>

<Interview group="mechanism" />

</Stage>

<Interview group="evidence" />

<Widget name="product" figure="2.2" />
`;

test("a text whose stages, steps and phrases are as they should be has no faults", () => {
  expect(stageFaults(sound)).toEqual([]);
});

const widget = '<Widget name="rank" figure="2.1" />';
const stage = (...parts: string[]) => `<Stage>\n\n${parts.join("\n\n")}\n\n</Stage>`;
const steps = (...items: string[]) => `<Steps>\n\n${items.join("\n")}\n\n</Steps>`;
const step = (n: number) => `${n}. <Set r={${n}}>step</Set>`;

const table = '<PaperTable id="table-5" exhibit />';
const one = '<Set figure="2.1" r={1}>one</Set>';

test.each([
  ["no exhibit", stage("Words."), "line 1: a <Stage> is about one exhibit and has 0"],
  ["two exhibits", stage(widget, table), "line 1: a <Stage> is about one exhibit and has 2"],
  [
    "an exhibit inside another element",
    stage(widget, `<details>\n\n<Vignette name="tower" exhibit />\n\n</details>`),
    "line 7: <Vignette> is inside another element of its stage",
  ],
  ["an exhibit outside", table, "line 1: <PaperTable exhibit> is outside a stage"],
  ["a stage inside a stage", stage(widget, stage(table)), "line 5: a <Stage> is inside that of line 1"],
  [
    "more children than rows",
    stage(widget, ...Array.from({length: 120}, () => "Words.")),
    "line 1: a <Stage> has at most 120 paragraphs and other parts, and this one has 121",
  ],
  ["steps outside a stage", steps('1. <Set widget="rank" r={1}>step</Set>'), "line 1: <Steps> is outside a stage"],
  [
    "steps about a table",
    stage(table, steps('1. <Set widget="rank" r={1}>step</Set>')),
    "line 5: <Steps> is outside a stage with a figure",
  ],
  ["steps of bullets", stage(widget, steps("- <Set r={1}>step</Set>")), "line 5: <Steps> holds one numbered list"],
  ["two lists", stage(widget, steps(step(1), "\nWords.\n", step(2))), "line 5: <Steps> holds one numbered list"],
  [
    "six steps",
    stage(widget, steps(...[1, 2, 3, 4, 5, 6].map(step))),
    "line 5: <Steps> has 6 steps, and 5 is the most",
  ],
  [
    "a step that begins with words",
    stage(widget, steps(step(1), "2. Then <Set r={1}>step</Set>")),
    "line 5: step 2 does not begin with a <Set>",
  ],
  ["a phrase without a figure", "<Set r={1}>one</Set>", "line 1: <Set> names no figure"],
  [
    "a phrase without a figure in a table's stage",
    stage(table, "<Set r={1}>one</Set>"),
    "line 5: <Set> names no figure",
  ],
  [
    "a phrase outside the stage of its figure",
    `${stage(widget)}\n\n${one}`,
    "line 7: a phrase sets figure 2.1 and is outside its stage in line 1",
  ],
  [
    "a phrase in another figure's stage",
    `${stage(widget)}\n\n${stage('<Widget name="rank" figure="2.2" />', one)}`,
    "line 11: a phrase sets figure 2.1 and is outside its stage in line 1",
  ],
  [
    "a phrase about a figure in no stage",
    `${widget}\n\n${one}`,
    "line 3: a phrase sets figure 2.1, which has no <Stage>",
  ],
])("refuses %s", (_, text, fault) => {
  const faults = stageFaults(text);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(fault);
});

/** As Astro compiles a chapter. */
const compiled = (mdx: string) =>
  mdxToJs(mdx, {
    mdastPlugins: [stagesPlugin],
    features: {headingAttributes: true},
    fileURL: new URL("file:///x/content/chapters/02-low-rank.mdx"),
  }).code;

test("a phrase that names no figure gets that of its stage, and no other phrase does", () => {
  const figures = [...compiled(sound).matchAll(/_jsxs?\(Set,[\s\S]*?children/g)].map(
    ([set]) => /(figure|widget): "([^"]+)"/.exec(set)?.[2],
  );
  expect(figures).toEqual(["2.1", "2.1", "lab", "2.1", "9.9", "2.1", "2.1"]);
});

test("the build refuses a chapter with faults, and names it", () => {
  expect(() => compiled(stage("Words."))).toThrow(
    "content/chapters/02-low-rank.mdx: line 1: a <Stage> is about one exhibit",
  );
});
