import type {Shown} from "./address.ts";
import {copy, selectable} from "./clipboard.ts";
import type {Parts} from "./skeleton.ts";
import {snippets} from "./snippets.ts";

/** Width in CSS pixels at which an embed's fixed height is measured: a column of text. */
const COLUMN = 640;

/** The figure's height (CSS px) were it a column wide; nothing is painted in between. */
function heightAt(figure: HTMLElement, width: number): number {
  const {width: own} = figure.style;
  figure.style.width = `${width}px`;
  const {offsetHeight} = figure;
  figure.style.width = own;
  // System fonts in the frame may need a line more than the site's own.
  return Math.ceil((offsetHeight + 12) / 20) * 20;
}

/** Opens the dialog with codes of the present state to paste elsewhere. In the figure's own root, so our styles reach it. */
export function embedDialog({figure}: Parts, shown: Shown) {
  const document = figure.ownerDocument;
  const make = <K extends keyof HTMLElementTagNameMap>(parent: Element, tag: K, name: string, text = "") => {
    const element = parent.appendChild(document.createElement(tag));
    element.className = name;
    element.textContent = text;
    return element;
  };
  const codes = snippets(shown, heightAt(figure, COLUMN));
  const dialog = make(figure, "dialog", "share");
  dialog.setAttribute("aria-label", "Embed this figure");
  make(dialog, "h2", "title", "Embed this figure");
  make(dialog, "p", "lead", "Each code carries the state you see. No account, no cookies, no tracking.");
  const status = document.createElement("p");
  for (const [label, code] of Object.entries(codes)) {
    const row = make(dialog, "div", "code");
    make(row, "span", "label", label);
    const field = row.appendChild(selectable(document, code.replaceAll("\n", " "), label));
    const button = make(row, "button", "copy", "Copy");
    button.type = "button";
    button.setAttribute("aria-label", `Copy ${label}`);
    button.onclick = async () => {
      const done = await copy(code);
      if (!done) field.focus();
      status.textContent = done
        ? `${label} copied.`
        : `This page may not copy. The ${label} code is selected: copy it with the keyboard.`;
    };
  }
  status.className = "status";
  status.setAttribute("role", "status");
  dialog.append(status);
  const close = make(dialog, "button", "close", "Close");
  close.type = "button";
  close.onclick = () => dialog.close();
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}
