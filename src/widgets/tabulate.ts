import type {Parts} from "./skeleton.ts";
import type {Table} from "./widget.ts";

/**
 * The table behind "Data", which the widget loads for those who open it. Without d3: in a script that is one file, what is
 * imported later keeps all of what it imports.
 */
export function tabulate({data}: Parts, {caption, columns, rows}: Table) {
  // After the summary.
  const box = child(data, 1, "div", "scroll");
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", caption);
  const table = child(box, 0, "table", "rows");
  child(table, 0, "caption", "caption").textContent = caption;
  const names = child(child(table, 1, "thead", "top"), 0, "tr", "names");
  for (const [i, name] of children(names, "th", columns.length).entries()) {
    name.setAttribute("scope", "col");
    name.textContent = columns[i]!;
  }
  const body = child(table, 2, "tbody", "body");
  for (const [i, row] of children(body, "tr", rows.length).entries())
    for (const [j, cell] of children(row, "td", rows[i]!.length).entries()) cell.textContent = String(rows[i]![j]);
  data.removeAttribute("aria-busy");
}

/** The child at this place, made if missing. */
function child(parent: Element, at: number, tag: string, name: string): Element {
  const made = parent.children[at] ?? parent.appendChild(parent.ownerDocument.createElement(tag));
  made.setAttribute("class", name);
  return made;
}

/** As many children as this, those that are there first. */
function children(parent: Element, tag: string, count: number): Element[] {
  while (parent.children.length > count) parent.lastElementChild!.remove();
  while (parent.children.length < count) parent.append(parent.ownerDocument.createElement(tag));
  return Array.from(parent.children);
}
