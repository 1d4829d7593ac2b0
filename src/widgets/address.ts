import type {AnyParams} from "./controls.ts";
import {differences} from "./parse.ts";
import type {AnyWidget} from "./widget.ts";

/** A widget in a state, on a site. */
export interface Shown {
  name: string;
  w: AnyWidget;
  params: AnyParams;
  /** Address of the site's root, with its slash. */
  home: string;
}

/** What differs from the defaults as "?r=8", or nothing. */
export const query = ({w, params}: Shown): string => {
  const text = new URLSearchParams(differences(w.controls, params)).toString();
  return text && `?${text}`;
};

/** The widget's page in this state. */
export const address = (shown: Shown): string => `${shown.home}widgets/${shown.name}/${query(shown)}`;
