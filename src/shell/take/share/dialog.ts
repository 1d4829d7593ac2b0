import css from "../../../styles/dialog.css?inline";
import {adoptSheet} from "../../figure/adoptSheet.ts";
import type {Parts} from "../../figure/skeleton.ts";
import type {Place} from "../../place.ts";
import {frameAddress, type LinkedState} from "../../state/pageAddress.ts";
import {copy} from "../clipboard.ts";
import {choices} from "./choices.ts";
import {titleOf} from "./frame.ts";
import {COLUMN, heightAt, roomFor} from "./height.ts";
import {make, tick} from "./make.ts";
import {type Code, type Pane, panes} from "./panes.ts";
import {previewFrame} from "./previewFrame.ts";
import {keepInSight} from "./sight.ts";
import {tabs} from "./tabs.ts";

/** Opens the dialog with codes to paste elsewhere. In the figure's own root, so that its tokens reach it. */
export async function embedDialog({figure}: Parts, shown: LinkedState, {previews}: Place) {
  // Pressed twice before this was here, it opens once.
  if (figure.querySelector("dialog.share")) return;
  adoptSheet(figure, css);
  const dialog = make(figure, "dialog", "share");
  dialog.setAttribute("aria-labelledby", "share-title");
  const head = make(dialog, "header", "share-head");
  make(head, "h2", "", "Embed this figure").id = "share-title";
  const close = make(head, "button", "share-close", "Close");
  close.type = "button";
  close.onclick = () => dialog.close();
  make(
    dialog,
    "p",
    "share-lead",
    "No account, no cookies, no tracking: what you paste loads from this site and from nowhere else.",
  );
  const list = make(dialog, "div", "share-tabs");
  const columns = make(dialog, "div", "share-columns");
  const main = make(columns, "div", "share-main");
  const panel = make(main, "div", "share-panel");

  let resizing = false;
  /** Of the figure in the preview, by the address it was measured at. */
  const measured = new Map<string, number>();
  let now: readonly Pane[] | undefined;

  const chosen = tabs(
    {list, panel},
    "Kinds of code",
    panes(shown, 0).map(({tab}) => tab),
    fill,
  );
  const status = make(main, "p", "share-status");
  status.setAttribute("role", "status");
  const read = choices(main, shown, update);
  const seen = previews
    ? previewFrame(aside(columns), `Preview: ${titleOf(shown)}`, (height, at) => {
        if (measured.get(at) === height) return;
        measured.set(at, height);
        update();
      })
    : undefined;

  /** The codes as they are now. */
  function update() {
    const {params, options} = read();
    const told = {...shown, params, options};
    const at = frameAddress(told);
    const known = measured.get(at);
    const height = known === undefined ? heightAt(figure, COLUMN, shown.w.controls, options) : roomFor(known);
    now = panes(told, height, resizing);
    seen?.fit(height);
    seen?.show(at);
    // A field that is there keeps its focus and what is selected of it, if its text is the same.
    for (const [i, field] of panel.querySelectorAll("textarea").entries()) {
      const text = now[chosen.chosen]!.codes[i]!.text;
      if (field.value !== text) field.value = text;
    }
  }

  /** The panel of the chosen tab. */
  function fill() {
    const {codes, notes, files = [], resizes} = now![chosen.chosen]!;
    status.textContent = "";
    panel.replaceChildren();
    for (const [i, code] of codes.entries()) field(code.label, () => now![chosen.chosen]!.codes[i]!, codes.length);
    if (resizes) {
      const box = tick(panel, "checkbox", "Let the frame fit its height (a line of script for the page)", resizing);
      box.onchange = () => {
        resizing = box.checked;
        update();
      };
    }
    if (files.length) {
      const list = make(panel, "ul", "share-files");
      for (const {label, href, about} of files) {
        const item = make(list, "li");
        // A frame may not save across origins, but it may open another page.
        Object.assign(make(item, "a", "", label), {href, download: "", target: "_blank", rel: "noopener"});
        item.append(`: ${about}`);
      }
    }
    for (const note of notes) make(panel, "p", "share-note", note);
  }

  function field(label: string, code: () => Code, of: number) {
    const row = make(panel, "div", "share-code");
    if (of > 1) make(row, "span", "share-label", label);
    const area = make(row, "textarea", "copyable");
    area.readOnly = true;
    area.rows = 3;
    area.spellcheck = false;
    area.value = code().text;
    area.setAttribute("aria-label", label);
    area.onfocus = () => area.select();
    const button = make(row, "button", "", "Copy");
    button.type = "button";
    button.setAttribute("aria-label", `Copy ${label}`);
    button.onclick = async () => {
      const isDone = await copy(code().text);
      if (!isDone) area.focus();
      status.textContent = isDone
        ? `Copied: ${label}.`
        : `This page may not copy. The ${label} code is selected: copy it with the keyboard.`;
    };
  }

  dialog.addEventListener("close", () => {
    seen?.end();
    dialog.remove();
  });
  update();
  await keepInSight(dialog);
  dialog.showModal();
  chosen.open();
}

function aside(parent: Element): Element {
  const side = make(parent, "div", "share-side");
  make(side, "h3", "", `Preview, ${COLUMN} px wide`);
  return side;
}
