import {commonRows, type ParameterRow, rowsOf} from "../../components/gallery/parameterRows.ts";
import {options} from "../../shell/state/commonOptions.ts";
import type {About} from "../embeds/aboutWidgets.ts";
import type {Member} from "./declaration.ts";
import {type ElementSource, publicType, valueType} from "./elementTypes.ts";

/** For programs no widget is named, so its states are any states. */
const typed = (text: string) => ({text: publicType(text).replaceAll("<N>", "").replace(/\bT\b/g, "keyof Exports")});

const described = (doc: string) => (doc ? {description: doc} : {});

const memberEntry = ({name, kind, doc, type, isReadonly, parameters}: Member) =>
  kind === "property"
    ? {
        kind: "field",
        name,
        ...described(doc),
        type: typed(name === "name" ? "WidgetName" : type),
        ...(isReadonly && {readonly: true}),
      }
    : {
        kind: "method",
        name,
        ...described(doc),
        parameters: parameters.map((one) => ({
          name: one.name,
          type: typed(one.type === "Raw" ? (one.name === "options" ? "Options" : "Partial<State>") : one.type),
          ...(one.isOptional && {optional: true}),
        })),
        return: {type: typed(type)},
      };

interface Attribute {
  type: Set<string>;
  lines: string[];
}

/** Every parameter by its name: its types, and for each widget what it means there. */
function parameters(widgets: readonly About[]): Map<string, Attribute> {
  const found = new Map<string, Attribute>();
  for (const {name, controls} of widgets)
    for (const row of rowsOf(controls)) {
      const one = found.get(row.name) ?? {type: new Set(), lines: []};
      for (const part of valueType(controls[row.name]!).split(" | ")) one.type.add(part);
      one.lines.push(`${name}: ${row.meaning} (${row.values})`);
      found.set(row.name, one);
    }
  return found;
}

const optionEntry = ({name, meaning, otherwise}: ParameterRow) => {
  const control = options[name as keyof typeof options];
  return {
    name,
    description: `${meaning}.`,
    type: {text: control ? valueType(control) : "string"},
    ...(otherwise !== "none" && {default: JSON.stringify(otherwise)}),
  };
};

function attributes(widgets: readonly About[]) {
  return [
    {
      name: "name",
      fieldName: "name",
      description: "The widget's name.",
      type: {text: widgets.map(({name}) => JSON.stringify(name)).join(" | ")},
    },
    {
      name: "loading",
      description: "With eager it starts at once, and not when it comes near the reader's view.",
      type: {text: '"eager"'},
    },
    ...commonRows.map(optionEntry),
    ...[...parameters(widgets)].map(([name, {type, lines}]) => ({
      name,
      description: `A parameter. ${lines.join("; ")}.`,
      type: {text: [...type].join(" | ")},
    })),
  ];
}

const eventEntry = ({name, doc}: Member) => ({
  name: `lora-${name}`,
  ...described(doc),
  type: {text: `CustomEvent<Events["${name}"]>`},
});

/** The properties that a page may set, from the style sheet that takes them over, by what they are for. */
export function customProperties(sheet: string): {name: string; description: string}[] {
  const about: Readonly<Record<string, string>> = {
    "--lora-font": "The font family of its text.",
    "--lora-radius": "The corner radius of its card.",
  };
  const names = [...new Set([...sheet.matchAll(/var\((--lora-[\w-]+)/g)].map(([, name]) => name!))].sort();
  return names.map((name) => ({name, description: about[name] ?? "Of its look."}));
}

/** The element for editors and documentation tools: a custom elements manifest. `sheet` is the style sheet for foreign pages. */
export function elementManifest(widgets: readonly About[], {element, events}: ElementSource, sheet: string): object {
  const path = "js/lora-widget.js";
  const declaration = {name: "LoraWidget", module: path};
  const plainEvents = [
    {name: "input", description: "It moves.", type: {text: "Event"}},
    {name: "change", description: "It has settled.", type: {text: "Event"}},
  ];
  return {
    schemaVersion: "2.1.0",
    readme: "README.md",
    modules: [
      {
        kind: "javascript-module",
        path,
        declarations: [
          {
            kind: "class",
            customElement: true,
            tagName: "lora-widget",
            name: declaration.name,
            description: element.doc,
            superclass: {name: "HTMLElement"},
            attributes: attributes(widgets),
            members: element.members.map(memberEntry),
            events: [...plainEvents, ...events.members.map(eventEntry)],
            slots: [{name: "", description: "What is shown until the figure starts, and where it cannot."}],
            cssProperties: customProperties(sheet),
          },
        ],
        exports: [{kind: "custom-element-definition", name: "lora-widget", declaration}],
      },
    ],
  };
}
