import type {AnyParams} from "../controls.ts";
import type {AnyWidget} from "../widget.ts";
import {linkParams} from "./linkParams.ts";

/** What a link or an embed code is made of. */
export interface LinkedState {
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
export const differing = ({w, params, options}: LinkedState): Record<string, string> => ({
  ...linkParams(w.controls, params),
  ...options,
});

/** Lists keep their commas, to be read. */
function query(shown: LinkedState): string {
  const text = new URLSearchParams(differing(shown)).toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

const page = (shown: LinkedState, folder: "widgets" | "embed"): string =>
  `${shown.home}${folder}/${shown.name}/${shown.index ?? ""}${query(shown)}`;

/** The widget's page in this state. */
export const pageAddress = (shown: LinkedState): string => page(shown, "widgets");

/** The widget alone in this state, for a frame. */
export const frameAddress = (shown: LinkedState): string => page(shown, "embed");
