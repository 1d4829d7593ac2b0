import {markdownToHtml} from "satteri";
import {expect, test} from "vitest";
import {wordTables} from "../../src/markup/wordTables.ts";

test("a table of Markdown is called by the names of its columns", () => {
  const {html} = markdownToHtml("| phase | `what` is *frozen* |\n|---|---|\n| one | two |\n", {
    hastPlugins: [wordTables],
  });
  expect(html).toContain('<table aria-label="phase, what is frozen">');
});
