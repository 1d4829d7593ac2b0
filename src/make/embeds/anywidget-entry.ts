import type {LoraWidget} from "../../shell/element.ts";
import {MOST, pack} from "../../shell/state/packed.ts";
import {isCommonOption, type Raw} from "../../shell/state/rawParams.ts";

/**
 * The element is the file beside this one. A host that keeps a copy of this file (MyST does, in the folder of its book) has
 * nothing beside it: there the element comes from where the copy was made, which the build writes in.
 */
const copiedFrom = new URL(import.meta.url).pathname.endsWith("/js/v1/lora.anywidget.mjs")
  ? ""
  : import.meta.env.PUBLIC_HOME;
if (copiedFrom) await import(`${copiedFrom}js/v1/lora-widget.js`);
else await import("./element-entry.ts");

/** What anywidget's hosts (Jupyter, marimo, MyST …) give: the values that the page and the kernel share, by key. */
export interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  /** Where there is no kernel it is missing, or throws: MyST's does, and so does its `off`. */
  save_changes?(): void;
  on(event: string, heard: () => void): void;
  off(event: string, heard: () => void): void;
}

/** Does what a host may not have. */
function attempt(ask: () => void) {
  try {
    ask();
  } catch {
    // Nothing to share with, and nothing that is heard any more.
  }
}

/** Why a figure could not start it says itself, in words and as an event. */
const heardBefore = () => {};

const record = (value: unknown): Raw => (typeof value === "object" && value !== null ? (value as Raw) : {});

/** Whether a figure shows a state already, or the part of it that is given. */
const isShown = (state: Raw, {state: now}: LoraWidget): boolean =>
  !!now && Object.entries(state).every(([name, value]) => String(now[name]) === String(value));

/** A `<lora-widget>` as the model describes it. Its state goes in as one word, so that Reset comes back to it. */
function made(model: Model): LoraWidget {
  const element = document.createElement("lora-widget");
  element.name = String(model.get("name") ?? "");
  element.setAttribute("loading", "eager");
  const [state, word] = [record(model.get("state")), pack(record(model.get("state")))];
  if (word.length <= MOST) element.setAttribute("s", word);
  else element.set(state).catch(heardBefore);
  for (const [name, value] of Object.entries(record(model.get("options"))))
    if (isCommonOption(name))
      element.setAttribute(name, typeof value === "boolean" ? String(Number(value)) : String(value));
  return element;
}

/**
 * The view of a model: `name` and `options` go to the figure, `state` both ways, `summary` to the model. What the model says
 * of the state and the figure shows already is not said again, so nothing goes round. Gives what takes the view away.
 */
function render({model, el}: {model: Model; el: HTMLElement}): () => void {
  let element = made(model);
  let options = record(model.get("options"));
  const share = () => {
    model.set("state", element.state);
    model.set("summary", element.summary);
    attempt(() => model.save_changes?.());
  };
  const changed = ({detail}: HTMLElementEventMap["lora-change"]) => detail.phase === "commit" && share();
  function put() {
    element.addEventListener("lora-ready", share);
    element.addEventListener("lora-change", changed);
    el.append(element);
  }
  /** Of a figure that is gone nothing is shared, though its start may be under way. */
  function take() {
    element.removeEventListener("lora-ready", share);
    element.removeEventListener("lora-change", changed);
    element.remove();
  }
  const heard: Readonly<Record<string, () => void>> = {
    "change:name"() {
      take();
      element = made(model);
      put();
    },
    "change:state"() {
      const state = record(model.get("state"));
      if (!isShown(state, element)) element.set(state).catch(heardBefore);
    },
    "change:options"() {
      // What is no longer asked for does not stay in force.
      const gone = Object.fromEntries(Object.keys(options).map((name) => [name, null]));
      options = record(model.get("options"));
      element.set({}, {...gone, ...options}).catch(heardBefore);
    },
  };
  put();
  for (const [event, hear] of Object.entries(heard)) model.on(event, hear);
  return () => {
    for (const [event, hear] of Object.entries(heard)) attempt(() => model.off(event, hear));
    take();
  };
}

/** The element is defined once for all models; a page that has defined one keeps it. */
const initialize = async () => void (await customElements.whenDefined("lora-widget"));

export default {initialize, render};
