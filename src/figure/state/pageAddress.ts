/** Addresses of a figure's page and of its embed, with a state. */
import type {AnyParams} from "../controls.ts";
import type {AnyWidget} from "../widget.ts";
import {linkParams} from "./linkParams.ts";

/** A figure in a state: all that a link or an embed code needs. */
export interface LinkedState {
  name: string;
  w: AnyWidget;
  params: AnyParams;
  /** Address of the site's root, with a slash at its end. */
  home: string;
  /** Common options (`theme`, `lock`, …) that differ from their defaults. */
  options?: Readonly<Record<string, string>>;
}

/** Parameters and options that differ from the defaults, as text. */
export const differingValues = ({w, params, options}: LinkedState): Record<string, string> => ({
  ...linkParams(w.controls, params),
  ...options,
});

/** The query of an address, with its "?", that carries a state; "" at the defaults. Commas in lists stay readable. */
export function stateQuery(linked: LinkedState): string {
  const text = new URLSearchParams(differingValues(linked)).toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

const addressIn = (linked: LinkedState, folder: "widgets" | "embed"): string =>
  `${linked.home}${folder}/${linked.name}/${stateQuery(linked)}`;

/** The address of the figure's page in this state, which has the whole figure: `hide` is left out. */
export function pageAddress(linked: LinkedState): string {
  const {hide: _, ...options} = linked.options ?? {};
  return addressIn({...linked, options}, "widgets");
}

/** The address of the figure alone in this state, for a frame. */
export const frameAddress = (linked: LinkedState): string => addressIn(linked, "embed");
