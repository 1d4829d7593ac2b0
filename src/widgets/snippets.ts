import {address, query, type Shown} from "./address.ts";
import {differences} from "./parse.ts";

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (mark) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})[mark]!);

const titleOf = ({w}: Shown): string => `LoRA: ${w.title}`;

const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";

/** Codes to paste elsewhere, by what a reader calls them. `height` in CSS pixels is right without any script. */
export function snippets(
  shown: Shown,
  height: number,
): Readonly<Record<"Link" | "iframe" | "Element" | "Markdown", string>> {
  const {name, w, params, home} = shown;
  const link = address(shown);
  const title = escapeHtml(titleOf(shown));
  const attributes = Object.entries({name, ...differences(w.controls, params)})
    .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
    .join("");
  return {
    Link: link,
    iframe: `<iframe src="${escapeHtml(`${home}embed/${name}/${query(shown)}`)}" title="${title} (interactive)" width="100%" height="${height}" style="border:0" loading="lazy" sandbox="${SANDBOX}" allow="fullscreen; clipboard-write" referrerpolicy="no-referrer"></iframe>`,
    Element: `<script type="module" src="${escapeHtml(`${home}js/v1/lora-widget.js`)}"></script>\n<lora-widget${attributes}><a href="${escapeHtml(link)}">${title} (interactive)</a></lora-widget>`,
    Markdown: `[${titleOf(shown).replace(/[\\[\]]/g, "\\$&")}](${link})`,
  };
}
