import type {AnyParams} from "../controls.ts";
import type {AnyWidget} from "../widget.ts";
import {carried} from "./carried.ts";

/** What a link or an embed code is made of. */
export interface Shown {
  name: string;
  w: AnyWidget;
  params: AnyParams;
  /** Address of the site's root, with its slash. */
  home: string;
  /** What the address of a page ends with, where a host looks for no index. */
  index?: string;
  /** Parameters that all widgets have (`theme`, `lock`, …), where they differ from their defaults. */
  options?: Readonly<Record<string, string>>;
}

/** All that differs from the defaults, as text: what an address, an element or a message says. */
export const told = ({w, params, options}: Shown): Record<string, string> => ({
  ...carried(w.controls, params),
  ...options,
});

/** Lists keep their commas, to be read. */
function query(shown: Shown): string {
  const text = new URLSearchParams(told(shown)).toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

const page = (shown: Shown, folder: "widgets" | "embed"): string =>
  `${shown.home}${folder}/${shown.name}/${shown.index ?? ""}${query(shown)}`;

/** The widget's page in this state. */
export const address = (shown: Shown): string => page(shown, "widgets");

/** The widget alone in this state, for a frame. */
export const frameAddress = (shown: Shown): string => page(shown, "embed");
