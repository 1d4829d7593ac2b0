/** The module for notebooks: a view of anywidget that shows the element. */
import type {LoraWidget} from "../../figure/loraWidget.ts";
import {isCommonOption} from "../../figure/state/commonOptions.ts";
import {MAX_PACKED_LENGTH, pack} from "../../figure/state/packed.ts";
import type {RawParams} from "../../figure/state/rawParams.ts";

/**
 * The site that this file was copied from; empty where it was not copied. The element is the file next to this one. A host that
 * keeps a copy of this file only (MyST does, in the folder of its book) loads the element from the site instead.
 */
const copiedFrom = new URL(import.meta.url).pathname.endsWith("/js/v1/lora.anywidget.mjs")
  ? ""
  : import.meta.env.PUBLIC_HOME;
if (copiedFrom) await import(`${copiedFrom}js/v1/lora-widget.js`);
else await import("./element-entry.ts");

/** The model that anywidget's hosts (Jupyter, marimo, MyST …) pass: values by key, shared by the page and the kernel. */
interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  /** Missing or throwing where there is no kernel; in MyST, `off` throws as well. */
  save_changes?(): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}

/** Calls something that the host may not support, and ignores its error. */
function attempt(call: () => void) {
  try {
    call();
  } catch {
    // The host has nothing to save to, or no listener to remove.
  }
}

/** For a rejected `set`: the figure itself shows why it could not start, and sends an event. */
const ignoreReportedError = () => {};

/** A value of the model as an object; empty if it is none. */
const asRecord = (value: unknown): RawParams =>
  typeof value === "object" && value !== null ? (value as RawParams) : {};

/** Whether the figure already shows these values. */
const isShown = (values: RawParams, {state}: LoraWidget): boolean =>
  !!state && Object.entries(values).every(([name, value]) => String(state[name]) === String(value));

/** A `<lora-widget>` as the model describes it. Its state is set as the `s` attribute, so that Reset returns to it. */
function createElement(model: Model): LoraWidget {
  const element = document.createElement("lora-widget");
  element.name = String(model.get("name") ?? "");
  element.setAttribute("loading", "eager");
  const state = asRecord(model.get("state"));
  const packedState = pack(state);
  if (packedState.length <= MAX_PACKED_LENGTH) element.setAttribute("s", packedState);
  else element.set(state).catch(ignoreReportedError);
  for (const [name, value] of Object.entries(asRecord(model.get("options"))))
    if (isCommonOption(name))
      element.setAttribute(name, typeof value === "boolean" ? String(Number(value)) : String(value));
  return element;
}

/**
 * The view of a model: `name` and `options` go to the figure, `state` goes both ways, `summary` goes to the model. A state that
 * the figure already shows is not set again, so no update loops. Returns the function that removes the view.
 */
function render({model, el}: {model: Model; el: HTMLElement}): () => void {
  let element = createElement(model);
  let options = asRecord(model.get("options"));
  /** Gives the figure's state and sentence to the model. */
  const share = () => {
    model.set("state", element.state);
    model.set("summary", element.summary);
    attempt(() => model.save_changes?.());
  };
  const onChange = ({detail}: HTMLElementEventMap["lora-change"]) => detail.phase === "commit" && share();
  function show() {
    element.addEventListener("lora-ready", share);
    element.addEventListener("lora-change", onChange);
    el.append(element);
  }
  /** Removes the figure, which then shares nothing, even if it is still starting. */
  function remove() {
    element.removeEventListener("lora-ready", share);
    element.removeEventListener("lora-change", onChange);
    element.remove();
  }
  const listeners: Readonly<Record<string, () => void>> = {
    "change:name"() {
      remove();
      element = createElement(model);
      show();
    },
    "change:state"() {
      const state = asRecord(model.get("state"));
      if (!isShown(state, element)) element.set(state).catch(ignoreReportedError);
    },
    "change:options"() {
      // Options that were taken away are unset.
      const unset = Object.fromEntries(Object.keys(options).map((name) => [name, null]));
      options = asRecord(model.get("options"));
      element.set({}, {...unset, ...options}).catch(ignoreReportedError);
    },
  };
  show();
  for (const [event, listener] of Object.entries(listeners)) model.on(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(listeners)) attempt(() => model.off(event, listener));
    remove();
  };
}

/** Waits until the element is defined, once for all models. */
const initialize = async () => void (await customElements.whenDefined("lora-widget"));

export default {initialize, render};
