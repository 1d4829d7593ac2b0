import {resolveState, type StateReference} from "../../book/figure/states.ts";
import {presetPath, teach} from "../../book/teach/teach.ts";
import {attributesText} from "../../figure/export/escape.ts";
import {courseFrame, elementCode, frameAttributes, frameCode, jsxCode} from "../../figure/share/frame.ts";
import {SLIDE_SIZE} from "../../figure/share/height.ts";
import {mystFrame, mystWidget, notebookCell, pictureLink, stateOf} from "../../figure/share/markdown.ts";
import {frameAddress, type LinkedState, pageAddress} from "../../figure/state/pageAddress.ts";
import {loadWidget, type WidgetName} from "../../figures/registry.ts";

/**
 * A frame with the figure's layout for slides, loaded when the slide is shown. The class tells reveal.js to give it the height that
 * the slide has left. Without the section's padding, and without the line of an inline frame, that is all of it.
 */
function slide(linkedState: LinkedState): string {
  const {
    src,
    loading: _,
    ...attributes
  } = frameAttributes({...linkedState, options: {layout: "slide"}}, SLIDE_SIZE.height);
  const style = `${attributes.style};display:block`;
  return `<section style="padding:0">\n  <iframe${attributesText({class: "r-stretch", "data-src": src, ...attributes, style})}></iframe>\n</section>`;
}

/** The element in React 19, from its package. */
const react = (linkedState: LinkedState): string =>
  [
    'import "lora-widget";',
    'import {useState} from "react";',
    "",
    "export function Figure() {",
    `  const [state, setState] = useState(${JSON.stringify(stateOf(linkedState))});`,
    `  return <lora-widget name="${linkedState.name}" state={state} onlora-change={({detail}) => setState(detail.state)} />;`,
    "}",
  ].join("\n");

/** A program that sends orders to a frame and listens to it, with the package's client. */
const client = (linkedState: LinkedState): string =>
  [
    'import {frame} from "lora-widget/frame";',
    "",
    `const figure = frame(document.querySelector("iframe")!);`,
    'figure.on("change", ({phase, summary}) => phase === "commit" && console.log(summary));',
    `const state = await figure.set(${JSON.stringify(stateOf(linkedState))});`,
    'const picture = await figure.export("svg");',
    "await figure.reset();",
  ].join("\n");

/** An Observable cell whose value is the figure's state. */
const observable = ({home, name}: LinkedState): string => `viewof picture = {
  await import(${JSON.stringify(`${home}js/v1/lora-widget.js`)});
  return Object.assign(document.createElement("lora-widget"), {name: ${JSON.stringify(name)}});
}`;

/**
 * A class for anywidget and a figure of it. anywidget drops what Python sets if its module takes over two seconds to start, so
 * this one starts at once and loads ours when it is shown. Names and numbers are the same in Python and JSON.
 */
const python = (linkedState: LinkedState): string => `import anywidget, traitlets

class LoraWidget(anywidget.AnyWidget):
    _esm = """export default {async render(view) {
      const {default: figure} = await import(${JSON.stringify(`${linkedState.home}js/v1/lora.anywidget.mjs`)});
      await figure.initialize(view);
      return figure.render(view);
    }}"""
    name = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    summary = traitlets.Unicode().tag(sync=True)

figure = LoraWidget(name=${JSON.stringify(linkedState.name)}, state=${JSON.stringify(stateOf(linkedState))})
figure`;

/**
 * Codes by purpose, the same as in the embed dialog. `height` is a frame's at a width of 640 CSS pixels, and `heights` are a
 * figure's at the widths at which it is measured.
 */
export const codes = {
  iframe: (linkedState: LinkedState, height: number) => frameCode(linkedState, height),
  course: courseFrame,
  resizing: (linkedState: LinkedState, height: number) => frameCode(linkedState, height, true),
  reveal: slide,
  element: (linkedState: LinkedState, _: number, heights: readonly number[]) => elementCode(linkedState, heights),
  quarto: (linkedState: LinkedState, _: number, heights: readonly number[]) =>
    `\`\`\`{=html}\n${elementCode(linkedState, heights)}\n\`\`\``,
  jsx: jsxCode,
  react,
  client,
  mystFrame,
  mystWidget,
  notebook: notebookCell,
  observable,
  python,
  picture: pictureLink,
} satisfies Record<string, (linkedState: LinkedState, height: number, heights: readonly number[]) => string>;
export type CodeName = keyof typeof codes;

/** The page of the first preset that shows this widget. Throws when none does. */
function presetAddress({home, name}: LinkedState): string {
  const preset = teach.presets.find(({state}) => state.widget === name);
  if (!preset) throw new Error(`content/teach.json: no preset shows ${name}`);
  return `${home}${presetPath(preset)}`;
}

/** Addresses by purpose. */
export const addressesByPurpose = {
  page: pageAddress,
  preset: presetAddress,
  frame: frameAddress,
  home: ({home}: LinkedState) => home,
  line: ({home}: LinkedState) => `${home}js/v1/lora-embed.js`,
};

/** A widget in the state that a guide gives. Throws when the guide names an unknown widget, control or value. */
export async function stateForGuide(
  guide: string,
  name: string,
  raw: Readonly<Record<string, unknown>>,
  home: string,
): Promise<LinkedState> {
  const {params} = await resolveState(guide, {widget: name, params: raw as StateReference["params"]});
  return {name, w: await loadWidget(name as WidgetName), params, home};
}
