/** The fields of a figure's controls: makes them, reads them and sets them. */
import {
  type AnyParams,
  type Choice,
  type Control,
  type Controls,
  controlGroups,
  type Group,
  isClock,
  isVisible,
  type Range,
  type TypedNumber,
} from "../controls.ts";
import {attributes, each} from "../plot/children.ts";
import {create, layer} from "../plot/layer.ts";
import {put} from "../plot/text/put.ts";
import {write} from "../plot/text/symbol.ts";
import {valueText} from "./valueText.ts";

/**
 * Makes a native field for each control but the clock. Controls with `more` go into a `<details>`, except the card's, which
 * `main` names. Idempotent: hydration finds the same nodes.
 */
export function drawFields(form: HTMLFormElement, controls: Controls, params: AnyParams, main: readonly string[] = []) {
  const entries = Object.entries(controls).filter(([, control]) => !isClock(control));
  const visible = entries.filter(([, control]) => control.kind !== "hidden");
  const isFront = ([name, control]: [string, Control]) => !control.more || main.includes(name);
  const entriesBehind = visible.filter((entry) => !isFront(entry));
  drawRow(layer(form, "div", "front"), visible.filter(isFront), params, main);
  if (entriesBehind.length) {
    const more = layer(form, "details", "more");
    const label = layer(more, "summary", "label");
    // The lab writes its settings there.
    if (!label.textContent) put(label, "More");
    const inGroup = (group?: Group) => entriesBehind.filter(([, control]) => control.group === group);
    if (inGroup().length) drawRow(layer(more, "div", "behind ungrouped"), inGroup(), params);
    for (const [name, title] of Object.entries(controlGroups) as [Group, string][]) {
      if (!inGroup(name).length) continue;
      const box = layer(more, "div", `behind ${name}`);
      attributes(box, {role: "group", "aria-label": title});
      layer(box, "p", "group", title);
      drawRow(box, inGroup(name), params);
    }
  }
  const hidden = entries.filter(([, control]) => control.kind === "hidden");
  each(form, "input", hidden, (field, [name]) => attributes(field, {type: "hidden", name, value: params[name]}));
}

/** Makes the field of a run's clock, which has a separate form. */
export function drawClockField(form: HTMLFormElement, controls: Controls, params: AnyParams) {
  drawRow(
    form,
    Object.entries(controls).filter(([, control]) => isClock(control)),
    params,
  );
}

/** Makes the fields of these controls in one row, and marks those that `main` names. */
function drawRow(parent: Element, entries: [string, Control][], params: AnyParams, main: readonly string[] = []) {
  for (const [name, control] of entries) {
    const present = [...parent.children].find((one) => one.getAttribute("data-name") === name);
    const place = present ?? parent.appendChild(create(parent, control.kind === "choice" ? "fieldset" : "label"));
    // Only when the field is made: later `showValues` decides, and what a chapter hides stays hidden until then.
    if (!present) attributes(place, {hidden: isVisible(control, params) ? null : ""});
    attributes(place, {
      class: `control ${control.kind}`,
      "data-name": name,
      "data-main": main.includes(name) ? "" : null,
    });
    if (control.kind === "choice") drawRadios(place, name, control, String(params[name]));
    else if (control.kind !== "hidden") drawInput(place, name, control, Number(params[name]));
  }
}

function drawRadios(fieldset: Element, name: string, {label, options}: Choice, value: string) {
  write(layer(fieldset, "legend", "name"), label);
  each(layer(fieldset, "div", "options"), "label", Object.entries(options), (option, [key, text]) => {
    const checked = key === value ? "" : null;
    attributes(layer(option, "input", "radio"), {type: "radio", name, value: key, checked});
    layer(option, "span", "text", text);
  });
}

function drawInput(label: Element, name: string, control: Range | TypedNumber, value: number) {
  write(layer(label, "span", "name"), control.label);
  const field = layer(label, "input", "field");
  const {min, max} = control;
  const isRange = control.kind === "range";
  attributes(field, {
    type: isRange ? "range" : "number",
    name,
    min,
    max,
    step: isRange ? control.step : 1,
    value,
    ...(isRange ? {} : {inputmode: "numeric"}),
    ...(control.accessibleName && {"aria-label": control.accessibleName}),
  });
  // Not an `<output>`, which is a live region and would speak at every frame of Play. The slider itself tells its value.
  if (isRange) layer(label, "span", "value", valueText(control, value)).setAttribute("aria-hidden", "true");
}

/** Reads the fields of a figure's forms as text, by name. */
export const readForms = (forms: readonly HTMLFormElement[]): Record<string, string> =>
  Object.fromEntries(
    forms.flatMap((form) => Array.from(new FormData(form), ([name, value]) => [name, String(value)] as const)),
  );

/**
 * Makes the forms show `params`. `bounds` are the ends of their sliders. Fields in `locked` are disabled. Fields in `unseen`
 * are hidden, and so are fields that have nothing to do in the state that readers may know, `readerParams`. The field `typing`
 * keeps its text.
 */
export function showValues(
  forms: readonly HTMLFormElement[],
  controls: Controls,
  params: AnyParams,
  bounds: Readonly<Record<string, readonly [number, number]>>,
  {
    typing,
    locked,
    unseen = [],
    readerParams,
  }: {typing: Element | null; locked: readonly string[]; unseen?: readonly string[]; readerParams: AnyParams},
) {
  for (const [name, control] of Object.entries(controls)) {
    const text = String(params[name]);
    const field = forms.reduce<Element | RadioNodeList | null>(
      (found, form) => found ?? form.elements.namedItem(name),
      null,
    );
    const place = forms.map((form) => form.querySelector<HTMLElement>(`[data-name="${name}"]`)).find(Boolean);
    place?.toggleAttribute(
      "hidden",
      unseen.includes(name) || !isVisible(control, params) || !isVisible(control, readerParams),
    );
    if (field instanceof RadioNodeList) {
      field.value = text;
      (place as HTMLFieldSetElement).disabled = locked.includes(name);
    }
    if (!(field instanceof HTMLInputElement)) continue;
    field.disabled = locked.includes(name);
    if (control.kind === "range" || control.kind === "size") {
      const [min, max] = bounds[name] ?? [control.min, control.max];
      attributes(field, {min, max});
      field.readOnly = min === max;
      if (control.kind === "range") {
        const valueLabel = valueText(control, Number(text));
        field.setAttribute("aria-valuetext", `${valueLabel} of ${valueText(control, max)}`);
        put(field.nextElementSibling!, valueLabel);
      }
    }
    if (field.value !== text && field !== typing) field.value = text;
  }
  for (const form of forms) {
    const more = form.querySelector(".more");
    more?.toggleAttribute("hidden", !more.querySelector(".control:not([hidden])"));
  }
}
