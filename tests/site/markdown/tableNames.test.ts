import {markdownToHtml} from "satteri";
import {expect, test} from "vitest";
import {tableNames} from "../../../src/site/markdown/tableNames.ts";

test("a table of Markdown is labeled with the names of its columns", () => {
  const {html} = markdownToHtml("| phase | `what` is *frozen* |\n|---|---|\n| one | two |\n", {
    hastPlugins: [tableNames],
  });
  expect(html).toContain('<table aria-label="phase, what is frozen">');
});
