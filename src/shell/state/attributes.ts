import type {AnyParams, Controls} from "../controls.ts";
import {differences} from "../parse.ts";
import {type Attributes, attributesOf, type Raw, unpackedParams} from "./rawParams.ts";

/**
 * Follows what others write into an element's attributes, from those `known` already. `hear` gets the parameters that
 * changed (one taken away is at its default again) and all that changed (null: taken away), `tell` what could not be read;
 * `write` is not heard.
 */
export function follow(
  host: Element,
  controls: Controls,
  known: Attributes,
  hear: (raw: Raw, changes: Raw) => Promise<unknown>,
  tell: (notes: readonly string[]) => void,
) {
  async function heed(changes: Raw) {
    const {raw, notes} = await unpackedParams(changes);
    const own = Object.entries(controls).filter(([name]) => Object.hasOwn(raw, name));
    await hear(Object.fromEntries(own.map(([name, {value}]) => [name, raw[name] ?? value])), changes);
    if (notes.length) tell(notes);
  }
  function look() {
    const now = attributesOf(host);
    const changed = Object.keys({...known, ...now}).filter((name) => known[name] !== now[name]);
    known = now;
    if (changed.length) void heed(Object.fromEntries(changed.map((name) => [name, now[name] ?? null])));
  }
  const observer = new MutationObserver(look);
  /** In the page, or again: what was written meanwhile is heard now. */
  function back() {
    observer.observe(host, {attributes: true});
    look();
  }
  back();
  return {
    /** Writes the state once all that others wrote is heard. */
    write(state: () => AnyParams) {
      look();
      for (const [name, value] of Object.entries(reflected(host, controls, state())))
        if (host.getAttribute(name) !== value) host.setAttribute(name, value);
      known = attributesOf(host);
    },
    end: () => observer.disconnect(),
    back,
  };
}

/** A state as attributes: what is not as it starts, and what is there already. */
function reflected(host: Element, controls: Controls, params: AnyParams): Attributes {
  const there = Object.keys(controls).filter((name) => host.hasAttribute(name));
  return {...Object.fromEntries(there.map((name) => [name, String(params[name])])), ...differences(controls, params)};
}

export type Following = ReturnType<typeof follow>;
