import {defineHastPlugin} from "satteri";

/** Labels each table of Markdown with the names of its columns. A screen reader's list of tables would otherwise say "table". */
export const tableNames = defineHastPlugin({
  name: "table names",
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
