import {attributes, destination, escapeMarkdown} from "../../../markup/escape.ts";
import {differences} from "../../parse.ts";
import {frameAddress, type LinkedState, pageAddress} from "../../state/pageAddress.ts";
import {titleOf} from "./frame.ts";

/** The widget's picture, as it starts. */
const image = ({home, name}: LinkedState): string => `${home}og/widgets/${name}.png`;

/** A picture that leads to the figure: for where no frame may run. */
export const pictureLink = (shown: LinkedState): string =>
  `[![${escapeMarkdown(titleOf(shown))}](${destination(image(shown))})](${destination(pageAddress(shown))})`;

export const textLink = (shown: LinkedState): string =>
  `[${escapeMarkdown(titleOf(shown))}](${destination(pageAddress(shown))})`;

/** MyST's frame; its picture is for books on paper. */
export const mystFrame = (shown: LinkedState): string =>
  `\`\`\`{iframe} ${frameAddress(shown)}\n:width: 100%\n:placeholder: ${image(shown)}\n\n${escapeMarkdown(titleOf(shown))}\n\`\`\``;

/** What differs from the defaults, numbers as numbers. */
export const stateOf = ({w, params}: LinkedState): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.keys(differences(w.controls, params)).map((key) => [key, params[key]]));

/** MyST's widget: the figure in the page itself, told its state as JSON. */
export function mystWidget(shown: LinkedState): string {
  const {home, name, options} = shown;
  const state = stateOf(shown);
  const body = {
    name,
    ...(Object.keys(state).length && {state}),
    ...(options && Object.keys(options).length && {options}),
  };
  return `\`\`\`{anywidget} ${home}js/v1/lora.anywidget.mjs\n${JSON.stringify(body)}\n\`\`\``;
}

/** What JSON writes is a string of Python too; in single quotes the double ones in it need no mark. */
const single = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** A cell of a notebook. */
export function notebookCell(shown: LinkedState, height: number): string {
  const extras = ['style="border:0"', attributes({title: titleOf(shown)}).trim()];
  return `from IPython.display import IFrame\nIFrame(${JSON.stringify(frameAddress(shown))}, width="100%", height=${height}, extras=[${extras.map(single).join(", ")}])`;
}
