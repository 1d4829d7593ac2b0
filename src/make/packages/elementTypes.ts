import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {commonRows, rowsOf} from "../../components/gallery/parameterRows.ts";
import type {Control} from "../../shell/controls.ts";
import {options} from "../../shell/state/commonOptions.ts";
import type {About} from "../embeds/aboutWidgets.ts";
import {type Declaration, declarationOf, type Member} from "./declaration.ts";

/** The types that the package takes from the source, with its comments. */
export interface ElementSource {
  element: Declaration;
  events: Declaration;
  frame: Declaration;
  frameMessages: Declaration;
  /** What those name: each is exported as it is. */
  named: readonly Declaration[];
  frameNamed: readonly Declaration[];
}

/** Reads them in the project at `root`. */
export async function readElement(root: string): Promise<ElementSource> {
  const from = async (path: string, ...names: string[]) => {
    const text = await readFile(join(root, "src", path), "utf8");
    return names.map((name) => declarationOf(text, name));
  };
  const [[element], [events, ...told], kinds, exports, manner, [frame, frameMessages, ...frameNamed]] =
    await Promise.all([
      from("shell/loraWidget.ts", "LoraWidget"),
      from("shell/figure/hostEvents.ts", "EventDetails", "Reason", "Score"),
      from("shell/widget.ts", "Prediction", "Answer"),
      from("shell/take/take.ts", "Exports"),
      from("shell/figure/handle.ts", "Manner"),
      from("frame/client.ts", "Frame", "FrameMessages", "FrameExports"),
    ]);
  return {
    element: element!,
    events: events!,
    frame: frame!,
    frameMessages: frameMessages!,
    named: [...told, ...kinds, ...exports, ...manner],
    frameNamed,
  };
}

const comment = (text: string, indent = "") => (text ? `${indent}/** ${text.replaceAll("*/", "* /")} */\n` : "");
const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(" | ");
const key = (name: string) => (/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name));

/** The type of a control's value. */
export const valueType = (control: Control): string =>
  control.kind === "choice" ? quoted(Object.keys(control.options)) : control.kind === "hidden" ? "string" : "number";

/** The type of what may be given for a common option. */
export function optionType(control: Control): string {
  if (control.kind !== "choice") return "string | readonly string[]";
  const values = Object.keys(control.options);
  return quoted(values) + (values.includes("0") ? " | 0 | 1 | boolean" : "");
}

function widgetEntry({name, title, controls}: About): string {
  const rows = new Map(rowsOf(controls).map((row) => [row.name, row]));
  const lines = Object.entries(controls).map(([parameter, control]) => {
    const {meaning, values, otherwise} = rows.get(parameter)!;
    const note =
      control.kind === "choice"
        ? `${meaning}; ${otherwise} at first.`
        : `${meaning}: ${values}; ${otherwise} at first.`;
    return `${comment(note, "    ")}    ${key(parameter)}: ${valueType(control)};`;
  });
  return `${comment(title, "  ")}  ${key(name)}: {\n${lines.join("\n")}\n  };`;
}

const optionEntries = () =>
  Object.entries(options).map(([name, control]) => {
    const {meaning, otherwise} = commonRows.find((row) => row.name === name)!;
    return `${comment(`${meaning}; ${otherwise} at first.`, "  ")}  ${name}?: ${optionType(control)};`;
  });

/** What the source calls by these names has other names for others, which say whose state it is. */
const ours: readonly (readonly [RegExp, string])[] = [
  [/\boptions\?: (Raw|Options)\b/g, "options?: Options"],
  [/\bPromise<Live>/g, "Promise<unknown>"],
  [/\bEventDetails\b/g, "Events<N>"],
  [/\bPromise<State>/g, "Promise<State<N>>"],
  [/\bstate: State\b/g, "state: Partial<State<N>>"],
  [/\b(raw|from): Raw\b/g, "$1: Partial<State<N>>"],
  [/\b(Raw|AnyParams)\b/g, "State<N>"],
  [/\bFrameMessages\b/g, "FrameMessages<N>"],
];
export const publicType = (text: string): string => ours.reduce((now, [from, to]) => now.replace(from, to), text);

/** A property that takes less than it gives has two halves. */
function memberText({name, text, type}: Member): string {
  if (name === "name") return "name: N;";
  if (type !== "Raw | undefined" || /^readonly|\(/.test(text)) return publicType(text);
  return `get ${name}(): State<N> | undefined;\n  set ${name}(given: Partial<State<N>> | undefined);`;
}

/** An interface that says whose state it is. */
const own = (name: string, {doc, members}: Declaration, heritage = "") =>
  `${comment(doc)}export interface ${name}<N extends WidgetName = WidgetName>${heritage} {\n${members
    .map((member) => `${comment(member.doc, "  ")}  ${memberText(member)}`)
    .join("\n")}\n}\n`;

const asItIs = ({doc, text}: Declaration) => `${comment(doc)}export ${text}\n`;

const FIRST = "// Written by the build from the widgets and their source.\n\n";

/** The text of index.d.ts. */
export const elementTypes = (
  widgets: readonly About[],
  source: ElementSource,
): string => `${FIRST}/** The parameters of each widget, by its name. */
export interface Widgets {
${widgets.map(widgetEntry).join("\n")}
}
export type WidgetName = keyof Widgets;

/** The values of all parameters of a widget; of any widget, where its name is not known. */
export type State<N extends WidgetName = WidgetName> = [WidgetName] extends [N]
  ? Readonly<Record<string, number | string>>
  : Readonly<Widgets[N]>;

/** What can be asked of every widget besides its parameters. */
export interface Options {
${optionEntries().join("\n")}
}

${source.named.map(asItIs).join("\n")}
${own("Events", source.events)}
${own("LoraWidget", source.element, " extends HTMLElement")}
/**
 * What a tag can say: the state as an object, or parameters and options one by one. A parameter that is called like a member of
 * the element (\`step\`) can only be part of a state.
 */
export type TagOf<N extends WidgetName> = {
  name: N;
  state?: Partial<State<N>> | undefined;
  /** \`eager\`: it starts at once, and not when it comes near the reader's view. */
  loading?: "eager" | undefined;
  /** A long state in one word. */
  s?: string | undefined;
} & {
  [K in Exclude<keyof Options, keyof LoraWidget>]?: Exclude<Options[K], boolean | readonly string[]> | undefined;
} & {
  [P in Exclude<Parameter, keyof LoraWidget>]?: P extends keyof Widgets[N] ? Written<Widgets[N][P]> | undefined : undefined;
};

/** The tag of a widget whose name is not known before the page runs. Set its state on the element, and listen to that. */
export type AnyTag = Omit<TagOf<"rank">, "name" | "state" | Parameter> & {name: WidgetName} & {
  [P in Exclude<Parameter, keyof LoraWidget> | "state"]?: undefined;
};

type Parameter = {[N in WidgetName]: keyof Widgets[N]}[WidgetName];
/** The value of a parameter as an attribute. */
type Written<V> = V extends number ? number | \`\${number}\` : V;

/** The events of the element by their names on the page. */
export type TagEvents<N extends WidgetName = WidgetName> = {[T in keyof Events as \`lora-\${T}\`]: CustomEvent<Events<N>[T]>};

declare global {
  interface HTMLElementTagNameMap {
    "lora-widget": LoraWidget;
  }
  interface HTMLElementEventMap extends TagEvents {}
}
`;

/** The text of frame.d.ts. */
export const frameTypes = ({
  frame,
  frameMessages,
  frameNamed,
}: ElementSource): string => `${FIRST}import type {Events, Options, State, WidgetName} from "./index.js";

${frameNamed.map(asItIs).join("\n")}
${comment(frameMessages.doc)}export ${publicType(frameMessages.text).replace("FrameMessages<N>", "FrameMessages<N extends WidgetName = WidgetName>")}

${own("Frame", frame)}
/** The client of the figure in this frame. Name the widget, \`frame<"rank">(iframe)\`, and its states have types. */
export declare function frame<N extends WidgetName = WidgetName>(iframe: HTMLIFrameElement): Frame<N>;
`;
