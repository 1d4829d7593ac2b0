import type {AnyParams} from "./controls.ts";
import {differences} from "./parse.ts";
import type {AnyWidget} from "./widget.ts";

/** What a link or an embed code is made of. */
export interface Shown {
  name: string;
  w: AnyWidget;
  params: AnyParams;
  /** Address of the site's root, with its slash. */
  home: string;
  /** What the address of a page ends with, where a host looks for no index. */
  index?: string;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (mark) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})[mark]!);

const query = ({w, params}: Shown): string => {
  const text = new URLSearchParams(differences(w.controls, params)).toString();
  return text && `?${text}`;
};

const page = (shown: Shown, folder: "widgets" | "embed"): string =>
  `${shown.home}${folder}/${shown.name}/${shown.index ?? ""}${query(shown)}`;

/** The widget's page in this state: only what differs from the defaults. */
export const address = (shown: Shown): string => page(shown, "widgets");

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
    iframe: `<iframe src="${escapeHtml(page(shown, "embed"))}" title="${title} (interactive)" width="100%" height="${height}" style="border:0" loading="lazy" sandbox="${SANDBOX}" allow="fullscreen; clipboard-write" referrerpolicy="no-referrer"></iframe>`,
    Element: `<script type="module" src="${escapeHtml(`${home}js/v1/lora-widget.js`)}"></script>\n<lora-widget${attributes}><a href="${escapeHtml(link)}">${title} (interactive)</a></lora-widget>`,
    Markdown: `[${titleOf(shown).replace(/[\\[\]]/g, "\\$&")}](${link})`,
  };
}
