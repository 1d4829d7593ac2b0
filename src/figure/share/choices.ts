/** The form of the embed dialog: what the reader can choose for the codes. */
import {type Control, defaults} from "../controls.ts";
import {make} from "../makeElement.ts";
import {differences} from "../parse.ts";
import type {LinkedState} from "../state/pageAddress.ts";
import {plainText} from "../symbols.ts";

/** What the codes carry besides the figure's name. */
interface EmbedChoices {
  params: LinkedState["params"];
  options: Record<string, string>;
}

const themes = {
  auto: "the reader’s own",
  light: "light",
  dark: "dark",
  contrast: "high contrast",
  projector: "projector",
};

/** The values of the option `predict`, and what the reader sees. A list, because an object would have its numeric keys first, and a menu starts with its first entry. */
const guesses = [
  ["auto", "as the figure does"],
  ["1", "asked for"],
  ["0", "left out"],
] as const;

/** Makes a checkbox or a radio button with its label. */
export function makeLabelledBox(
  parent: Element,
  type: "checkbox" | "radio",
  words: string,
  checked = false,
): HTMLInputElement {
  const label = make(parent, "label", "share-tick");
  const box = make(label, "input");
  box.type = type;
  box.checked = checked;
  make(label, "span", "", words);
  return box;
}

/** Makes a menu with its label. */
function makeMenu(parent: Element, label: string, entries: readonly (readonly [string, string])[]): HTMLSelectElement {
  const row = make(parent, "label", "share-menu");
  make(row, "span", "share-name", label);
  const select = make(row, "select");
  for (const [value, words] of entries) make(select, "option", "", words).value = value;
  return select;
}

/** Makes a row with a label for boxes. */
function makeGroup(parent: Element, label: string): HTMLElement {
  const row = make(parent, "div", "share-group");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", label);
  make(row, "span", "share-name", label);
  return row;
}

/** Offers the choice of "as you see it" or "as it starts", if the two differ. Gives a function that says whether the start is chosen. */
function makeStateChoice(form: Element, {w, params}: LinkedState): () => boolean {
  const hasMoved = Object.keys(differences(w.controls, params)).length > 0;
  if (!hasMoved) return () => false;
  const row = makeGroup(form, "State");
  const present = makeLabelledBox(row, "radio", "as you see it", true);
  const start = makeLabelledBox(row, "radio", "as it starts");
  present.name = start.name = "share-state";
  return () => start.checked;
}

/** A control in the table. */
interface Row {
  name: string;
  control: Control;
  /** The box for "shown"; undefined if the control has no field. */
  shownBox?: HTMLInputElement;
  lockedBox: HTMLInputElement;
}

/** Makes a table with two boxes for each control: shown, and locked. Gives its rows. */
function makeControlTable(parent: Element, entries: readonly [string, Control][]): Row[] {
  const table = make(parent, "table", "rows");
  const head = make(make(table, "thead"), "tr");
  for (const name of ["Control", "Shown", "Locked"]) make(head, "th", "", name).scope = "col";
  const body = make(table, "tbody");
  return entries.map(([name, control]) => {
    const row = make(body, "tr");
    const words = plainText(control.label);
    make(row, "th", "", words).scope = "row";
    const box = (columnName: string, checked: boolean) => {
      const input = make(make(row, "td"), "input");
      input.type = "checkbox";
      input.checked = checked;
      input.setAttribute("aria-label", `${words}: ${columnName}`);
      return input;
    };
    const shownBox = control.kind === "hidden" ? void make(row, "td", "", "–") : box("shown", true);
    return {name, control, shownBox, lockedBox: box("locked", false)};
  });
}

/** Makes the table that opens below the menu of shown controls. Gives functions that read the options `controls` and `lock`. */
function makeControlChoice(form: Element, controlsMenu: HTMLSelectElement, entries: readonly [string, Control][]) {
  const details = make(form, "details", "share-each");
  make(details, "summary", "", "Each control");
  const rows = makeControlTable(details, entries);
  controlsMenu.addEventListener("change", () => {
    if (controlsMenu.value === "list") details.open = true;
    else
      for (const {control, shownBox} of rows)
        if (shownBox)
          shownBox.checked = controlsMenu.value === "all" || (controlsMenu.value === "basic" && !control.more);
  });
  for (const {shownBox} of rows)
    shownBox?.addEventListener("change", () => {
      controlsMenu.value = "list";
    });
  const namesOf = (listed: readonly Row[]) => listed.map(({name}) => name).join(",");
  return {
    controls() {
      if (controlsMenu.value !== "list") return controlsMenu.value;
      const fields = rows.filter(({shownBox}) => shownBox);
      const shownRows = fields.filter(({shownBox}) => shownBox!.checked);
      return shownRows.length === fields.length ? "all" : namesOf(shownRows) || "none";
    },
    lock: () => namesOf(rows.filter(({lockedBox}) => lockedBox.checked)),
  };
}

/** Makes the form. Gives a function that reads what is chosen now. */
export function makeChoicesForm(parent: Element, linked: LinkedState, onChange: () => void): () => EmbedChoices {
  const {w, params} = linked;
  const entries: [string, Control][] = Object.entries(w.controls);
  const form = make(parent, "form", "share-choices");
  form.setAttribute("aria-label", "What the code sets");
  const isStart = makeStateChoice(form, linked);
  const extent = makeMenu(form, "How much", [
    ["explore", "picture, sentence, one control"],
    ["", "the whole figure"],
  ]);
  const theme = makeMenu(form, "Theme", Object.entries(themes));
  const controlsMenu = makeMenu(form, "Controls", [
    ["all", "all"],
    ...(entries.some(([, {more}]) => more) ? [["basic", "all but those under More"] as const] : []),
    ["none", "none"],
    ["list", "those ticked below"],
  ]);
  const predict = w.asks ? makeMenu(form, "A guess first", guesses) : undefined;
  const parts = makeGroup(form, "Show");
  const title = makeLabelledBox(parts, "checkbox", "the title", true);
  const caption = makeLabelledBox(parts, "checkbox", "the caption", true);
  const {controls, lock} = makeControlChoice(form, controlsMenu, entries);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({target}) => {
    // Controls that were picked one by one may not be the card's.
    if (target !== extent && ["basic", "list"].includes(controlsMenu.value)) extent.value = "";
    onChange();
  });

  const asFlag = (box: HTMLInputElement) => (box.checked ? "1" : "0");
  return () => {
    const optionValues = [
      ["theme", theme.value, "auto"],
      ["hide", extent.value, ""],
      ["controls", controls(), "all"],
      ["lock", lock(), ""],
      ["predict", predict?.value ?? "auto", "auto"],
      ["title", asFlag(title), "1"],
      ["caption", asFlag(caption), "1"],
    ] as const;
    const options = optionValues.filter(([, value, defaultValue]) => value !== defaultValue);
    return {params: isStart() ? defaults(w.controls) : params, options: Object.fromEntries(options)};
  };
}
