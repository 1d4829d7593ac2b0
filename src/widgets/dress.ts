import type {Options} from "./options.ts";
import type {Parts} from "./skeleton.ts";

/** What was asked for of every widget, on the figure of one: its colors, and the parts that are not to be seen. */
export function dress({figure, data}: Parts, {theme, answers, links, title, caption, table}: Options) {
  const mark = (name: string, value: string) =>
    value ? figure.setAttribute(name, value) : figure.removeAttribute(name);
  const show = (parts: string, value: string) => {
    for (const part of figure.querySelectorAll(parts)) part.toggleAttribute("hidden", value === "0");
  };
  mark("data-theme", theme === "auto" ? "" : theme);
  mark("data-answers", answers === "0" ? answers : "");
  // The figure is named by its question, seen or not.
  show(".head > .title", title);
  show(".guide", caption);
  show(".verdict", answers);
  show("[data-do=link], [data-do=embed]", links);
  show("details.data", table);
  if (table !== "auto") data.open = table === "1";
}
