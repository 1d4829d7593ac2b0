import site from "../../../content/site.json" with {type: "json"};
import {attributes} from "../../markup/escape.ts";
import {defaults} from "../../shell/controls.ts";
import {parse} from "../../shell/parse.ts";
import {frameAddress, type LinkedState, pageAddress} from "../../shell/state/pageAddress.ts";
import {courseFrame, element, frameAttributes, iframe, jsx} from "../../shell/take/share/frame.ts";
import {SLIDE} from "../../shell/take/share/height.ts";
import {mystFrame, mystWidget, notebookCell, pictureLink, stateOf} from "../../shell/take/share/markdown.ts";
import {isWidgetName, load} from "../../widgets/registry.ts";
import {presetPath, teach} from "../teach/teach.ts";
import {wheelName} from "./wheelName.ts";

/**
 * A frame with the figure's layout for slides, loaded when the slide is shown. With the class reveal.js
 * gives it the height that the slide has left, which is all of it without the section's padding and a line for an inline frame.
 */
function slide(shown: LinkedState): string {
  const {src, loading: _, ...same} = frameAttributes({...shown, options: {layout: "slide"}}, SLIDE.height);
  const style = `${same.style};display:block`;
  return `<section style="padding:0">\n  <iframe${attributes({class: "r-stretch", "data-src": src, ...same, style})}></iframe>\n</section>`;
}

/** The element in React, from its package. */
const react = (shown: LinkedState): string =>
  [
    'import type {State} from "lora-widget";',
    'import "lora-widget/react";',
    'import {useState} from "react";',
    "",
    "export function Figure() {",
    `  const [state, setState] = useState<Partial<State<"${shown.name}">>>(${JSON.stringify(stateOf(shown))});`,
    `  return <lora-widget name="${shown.name}" state={state} onlora-change={({detail}) => setState(detail.state)} />;`,
    "}",
  ].join("\n");

/** What a program says to a frame and hears from it, with the package's client. */
const client = (shown: LinkedState): string =>
  [
    'import {frame} from "lora-widget/frame";',
    "",
    `const figure = frame<"${shown.name}">(document.querySelector("iframe")!);`,
    'figure.on("change", ({phase, summary}) => phase === "commit" && console.log(summary));',
    `const state = await figure.set(${JSON.stringify(stateOf(shown))});`,
    'const picture = await figure.export("svg");',
    "await figure.reset();",
  ].join("\n");

/** An Observable cell whose value is the figure's state. */
const observable = ({home, name}: LinkedState): string => `viewof picture = {
  await import(${JSON.stringify(`${home}js/v1/lora-widget.js`)});
  return Object.assign(document.createElement("lora-widget"), {name: ${JSON.stringify(name)}});
}`;

/** The wheel for notebooks, from this site. */
const pip = ({home}: LinkedState): string => `pip install ${home}download/${wheelName}`;

/** A cell of a notebook. Names and numbers are the same in Python and JSON. */
const python = (shown: LinkedState): string => `from lora_widget import LoraWidget

figure = LoraWidget(${JSON.stringify(shown.name)}, ${JSON.stringify(stateOf(shown))})
figure`;

/** Stands for a hash until the page has read it from the version's list. */
export const unread = "sha384-…";

/** The same state with the scripts of this version. Its hashes are known once the site is built, so the page fills them in. */
const pinnedIn = (shown: LinkedState): LinkedState => ({
  ...shown,
  pin: {version: site.version, integrity: {"lora-widget.js": unread, "lora-embed.js": unread}},
});

/** The line of a code that loads a script. */
const scriptIn = (code: string): string => code.split("\n").find((line) => line.startsWith("<script"))!;

/**
 * Codes by purpose, the same as in the embed dialog. `height` is that of a frame 640 CSS pixels wide, and `heights` are those of a
 * figure at the widths at which it is measured.
 */
export const codes = {
  iframe: (shown: LinkedState, height: number) => iframe(shown, height),
  course: courseFrame,
  resizing: (shown: LinkedState, height: number) => iframe(shown, height, true),
  reveal: slide,
  element: (shown: LinkedState, _: number, heights: readonly number[]) => element(shown, heights),
  pinned: (shown: LinkedState) => scriptIn(element(pinnedIn(shown), [])),
  pinnedLine: (shown: LinkedState) => scriptIn(iframe(pinnedIn(shown), 0, true)),
  quarto: (shown: LinkedState, _: number, heights: readonly number[]) =>
    `\`\`\`{=html}\n${element(shown, heights)}\n\`\`\``,
  jsx,
  react,
  client,
  mystFrame,
  mystWidget,
  notebook: notebookCell,
  observable,
  pip,
  python,
  picture: pictureLink,
} satisfies Record<string, (shown: LinkedState, height: number, heights: readonly number[]) => string>;
export type CodeName = keyof typeof codes;

/** The page of the first preset that shows this widget. Throws when none does. */
function presetAddress({home, name}: LinkedState): string {
  const preset = teach.presets.find(({state}) => state.widget === name);
  if (!preset) throw new Error(`content/teach.json: no preset shows ${name}`);
  return `${home}${presetPath(preset)}`;
}

export const addresses = {
  page: pageAddress,
  preset: presetAddress,
  frame: frameAddress,
  home: ({home}: LinkedState) => home,
  line: ({home}: LinkedState) => `${home}js/v1/lora-embed.js`,
};

/** A widget in the state that a guide gives. Throws when the guide names an unknown widget, control or value. */
export async function shownIn(
  guide: string,
  name: string,
  raw: Readonly<Record<string, unknown>>,
  home: string,
): Promise<LinkedState> {
  if (!isWidgetName(name)) throw new Error(`${guide}: there is no widget ${name}`);
  const w = await load(name);
  const {params, notes} = parse(w.controls, raw, {base: defaults(w.controls), boundsOf: w.bounds});
  const unknown = Object.keys(raw).find((key) => !Object.hasOwn(w.controls, key));
  if (unknown) throw new Error(`${guide}: ${unknown} is no control of ${name}`);
  if (notes.length) throw new Error(`${guide}: ${notes.join(" ")}`);
  return {name, w, params, home};
}
