import {defineHastPlugin} from "satteri";

/** Calls a table of Markdown by the names of its columns: in a list of a page's tables, one without a name is "table". */
export const tableNames = defineHastPlugin({
  name: "word tables",
  element: {
    filter: ["thead"],
    visit(node, ctx) {
      const table = ctx.parent(node);
      const names = ctx
        .textContent(node)
        .trim()
        .split(/\s*\n\s*/);
      if (table?.type === "element") ctx.setProperty(table, "ariaLabel", names.join(", "));
    },
  },
});
