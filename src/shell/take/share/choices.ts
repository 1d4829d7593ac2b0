import {type Control, defaults} from "../../controls.ts";
import {differences} from "../../parse.ts";
import {plain} from "../../signs.ts";
import type {LinkedState} from "../../state/pageAddress.ts";
import {make, tick} from "./make.ts";

/** What the codes say besides the widget's name. */
export interface Chosen {
  params: LinkedState["params"];
  options: Record<string, string>;
}

const themes = {
  auto: "the reader’s own",
  light: "light",
  dark: "dark",
  contrast: "high contrast",
  projector: "for a projector",
};

const guesses = {auto: "as the figure does", 1: "asked for", 0: "left out"};

function menu(parent: Element, label: string, entries: Readonly<Record<string, string>>): HTMLSelectElement {
  const row = make(parent, "label", "share-menu");
  make(row, "span", "share-name", label);
  const select = make(row, "select");
  for (const [value, words] of Object.entries(entries)) make(select, "option", "", words).value = value;
  return select;
}

function group(parent: Element, label: string): HTMLElement {
  const row = make(parent, "div", "share-group");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", label);
  make(row, "span", "share-name", label);
  return row;
}

/** The form of what can be chosen; `read` gives what is chosen now. */
export function choices(parent: Element, {w, params}: LinkedState, onChange: () => void): () => Chosen {
  const all: [string, Control][] = Object.entries(w.controls);
  const form = make(parent, "form", "share-choices");
  form.setAttribute("aria-label", "What the code says");

  // Nothing to choose where the state is the first.
  const hasMoved = Object.keys(differences(w.controls, params)).length > 0;
  const states = hasMoved ? group(form, "State") : undefined;
  const now = states && tick(states, "radio", "as you see it", true);
  const start = states && tick(states, "radio", "as it starts");
  if (now && start) now.name = start.name = "share-state";

  const theme = menu(form, "Theme", themes);
  const hasMore = all.some(([, {more}]) => more);
  const which = menu(form, "Controls", {
    all: "all",
    ...(hasMore && {basic: "all but those under More"}),
    none: "none",
    list: "those ticked below",
  });

  const predict = w.asks ? menu(form, "A guess first", guesses) : undefined;

  const parts = group(form, "Show");
  const title = tick(parts, "checkbox", "the title", true);
  const caption = tick(parts, "checkbox", "the caption", true);

  const each = make(form, "details", "share-each");
  make(each, "summary", "", "Each control");
  const table = make(each, "table");
  const head = make(make(table, "thead"), "tr");
  for (const name of ["Control", "Shown", "Held fast"]) make(head, "th", "", name).scope = "col";
  const body = make(table, "tbody");
  const rows = all.map(([name, control]) => {
    const row = make(body, "tr");
    const words = plain(control.label);
    make(row, "th", "", words).scope = "row";
    const box = (said: string, checked: boolean) => {
      const input = make(make(row, "td"), "input");
      input.type = "checkbox";
      input.checked = checked;
      input.setAttribute("aria-label", `${words}: ${said}`);
      return input;
    };
    // What has no field is only held or not.
    const shown = control.kind === "hidden" ? void make(row, "td", "", "–") : box("shown", true);
    return {name, control, shown, held: box("held fast", false)};
  });

  which.addEventListener("change", () => {
    if (which.value === "list") each.open = true;
    else
      for (const {control, shown} of rows)
        if (shown) shown.checked = which.value === "all" || (which.value === "basic" && !control.more);
  });
  for (const {shown} of rows)
    shown?.addEventListener("change", () => {
      which.value = "list";
    });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", onChange);

  function controls(): string {
    if (which.value !== "list") return which.value;
    const fields = rows.filter(({shown}) => shown);
    const seen = fields.filter(({shown}) => shown!.checked).map(({name}) => name);
    return seen.length === fields.length ? "all" : seen.join(",") || "none";
  }
  return () => {
    const said = {
      theme: theme.value,
      controls: controls(),
      lock: rows
        .filter(({held}) => held.checked)
        .map(({name}) => name)
        .join(","),
      predict: predict?.value ?? "auto",
      title: title.checked ? "1" : "0",
      caption: caption.checked ? "1" : "0",
    };
    const assumed: typeof said = {theme: "auto", controls: "all", lock: "", predict: "auto", title: "1", caption: "1"};
    const options = Object.entries(said).filter(([name, value]) => value !== assumed[name as keyof typeof said]);
    return {params: start?.checked ? defaults(w.controls) : params, options: Object.fromEntries(options)};
  };
}
