import {readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {elementsOf} from "../../../src/site/markdown/mdxElements.ts";

test("attributes may hold any sign: >, quotes, braces, entities, or nothing at all", () => {
  const text = `<Widget name="rank" note="r > 1 / 2" question='He said "}"' r={ 1 } when={a > b ? "}" : '{'}
  predict said={\`r\`} amp="&amp;&quot;" {...rest} />`;
  expect(elementsOf(text)).toEqual([
    {
      name: "Widget",
      line: 1,
      attributes: {
        name: "rank",
        note: "r > 1 / 2",
        question: 'He said "}"',
        r: "1",
        when: `a > b ? "}" : '{'`,
        predict: "true",
        said: "`r`",
        amp: '&"',
      },
    },
  ]);
});

test("elements are found over several lines, in a line of text, in lists and inside each other", () => {
  const text = `---
title: A <Widget> in front matter is none
---
A <Set
  figure="1.1">phrase with *a <Term id="rank">word</Term>*</Set>.

<Details>

- <Quiz id="q" />

</Details>`;
  expect(elementsOf(text).map(({name, line}) => `${line} ${name}`)).toEqual(["4 Set", "5 Term", "7 Details", "9 Quiz"]);
});

test.each([
  "```mdx\n<Widget />\n```",
  "~~~~\n```\n<Widget />\n~~~~",
  "`<Widget />`",
  "{/* <Widget /> */}",
  "{/*\n\n<Widget />\n\n*/}",
  "$a <Widget /> b$",
  "$$\n<Widget />\n$$",
  "\\<Widget />",
])("code, comments and formulas hold no element: %j", (text) => expect(elementsOf(text)).toEqual([]));

test("a name is read whole", () => {
  expect(elementsOf("<Paper /> <PaperTable /> <Widgets />").map(({name}) => name)).toEqual([
    "Paper",
    "PaperTable",
    "Widgets",
  ]);
});

test("in every chapter it finds as many components as a search for their tags", () => {
  for (const file of readdirSync("content/chapters")) {
    const text = readFileSync(`content/chapters/${file}`, "utf8");
    const shown = text.replace(/^```[\s\S]*?^```|\{\/\*[\s\S]*?\*\/\}/gm, "").match(/<[A-Z]\w*/g) ?? [];
    const found = elementsOf(text).filter(({name}) => /^[A-Z]/.test(name));
    expect(
      found.map(({name}) => `<${name}`),
      file,
    ).toEqual(shown);
  }
});
