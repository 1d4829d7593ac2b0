/** Keeps an element's attributes and a figure's state equal, on foreign pages. */
import type {AnyParams, Controls} from "../controls.ts";
import {differences} from "../parse.ts";
import {type Attributes, attributesOf, type RawParams, unpackedParams} from "./rawParams.ts";

/**
 * Follows an element's attributes after they were read as `lastRead`. `onChange` gets the parameters that changed (a removed
 * one at its default) and all changes (null: removed); `onNotes` gets what could not be read. Gives functions that write a state
 * into the attributes, and that end and resume the following.
 */
export function follow(
  host: Element,
  controls: Controls,
  lastRead: Attributes,
  onChange: (raw: RawParams, changes: RawParams) => void,
  onNotes: (notes: readonly string[]) => void,
) {
  function report(changes: RawParams) {
    const {raw, notes} = unpackedParams(changes);
    const changedControls = Object.entries(controls).filter(([name]) => Object.hasOwn(raw, name));
    onChange(Object.fromEntries(changedControls.map(([name, {value}]) => [name, raw[name] ?? value])), changes);
    if (notes.length) onNotes(notes);
  }
  function readChanges() {
    const attributes = attributesOf(host);
    const changed = Object.keys({...lastRead, ...attributes}).filter((name) => lastRead[name] !== attributes[name]);
    lastRead = attributes;
    if (changed.length) report(Object.fromEntries(changed.map((name) => [name, attributes[name] ?? null])));
  }
  const observer = new MutationObserver(readChanges);
  /** The element is in the page, for the first time or again. Reports what was written meanwhile. */
  function connect() {
    observer.observe(host, {attributes: true});
    readChanges();
  }
  connect();
  return {
    /** Writes the state into the attributes, after reporting what others wrote there. */
    write(state: () => AnyParams) {
      readChanges();
      for (const [name, value] of Object.entries(stateAttributes(host, controls, state())))
        if (host.getAttribute(name) !== value) host.setAttribute(name, value);
      lastRead = attributesOf(host);
    },
    end: () => observer.disconnect(),
    connect,
  };
}

/** A state as attributes: what differs from the defaults, and what the element has already. */
function stateAttributes(host: Element, controls: Controls, params: AnyParams): Attributes {
  const present = Object.keys(controls).filter((name) => host.hasAttribute(name));
  return {...Object.fromEntries(present.map((name) => [name, String(params[name])])), ...differences(controls, params)};
}

/** What keeps attributes and state equal. */
export type AttributeSync = ReturnType<typeof follow>;
