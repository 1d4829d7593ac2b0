import {carried} from "./carried.ts";
import type {AnyParams} from "./controls.ts";
import type {AnyWidget} from "./widget.ts";

/** What a link or an embed code is made of. */
export interface Shown {
  name: string;
  w: AnyWidget;
  params: AnyParams;
  /** Address of the site's root, with its slash. */
  home: string;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (mark) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})[mark]!);

const query = ({w, params}: Shown): string => {
  const text = new URLSearchParams(carried(w.controls, params)).toString();
  return text && `?${text}`;
};

/** The widget's page in this state: only what differs from the defaults. */
export const address = (shown: Shown): string => `${shown.home}widgets/${shown.name}/${query(shown)}`;

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
  const attributes = Object.entries({name, ...carried(w.controls, params)})
    .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
    .join("");
  return {
    Link: link,
    iframe: `<iframe src="${escapeHtml(`${home}embed/${name}/${query(shown)}`)}" title="${title} (interactive)" width="100%" height="${height}" style="border:0" loading="lazy" sandbox="${SANDBOX}" allow="fullscreen; clipboard-write" referrerpolicy="no-referrer"></iframe>`,
    Element: `<script type="module" src="${escapeHtml(`${home}js/v1/lora-widget.js`)}"></script>\n<lora-widget${attributes}><a href="${escapeHtml(link)}">${title} (interactive)</a></lora-widget>`,
    Markdown: `[${titleOf(shown).replace(/[\\[\]]/g, "\\$&")}](${link})`,
  };
}
