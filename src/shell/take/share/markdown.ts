import {attributes, destination, escapeMarkdown} from "../../../markup/escape.ts";
import {differences} from "../../parse.ts";
import {address, frameAddress, type Shown} from "../../state/address.ts";
import {titleOf} from "./frame.ts";

/** The widget's picture, as it starts. */
const image = ({home, name}: Shown): string => `${home}og/widgets/${name}.png`;

/** A picture that leads to the figure: for where no frame may run. */
export const pictureLink = (shown: Shown): string =>
  `[![${escapeMarkdown(titleOf(shown))}](${destination(image(shown))})](${destination(address(shown))})`;

export const textLink = (shown: Shown): string => `[${escapeMarkdown(titleOf(shown))}](${destination(address(shown))})`;

/** MyST's frame; its picture is for books on paper. */
export const mystFrame = (shown: Shown): string =>
  `\`\`\`{iframe} ${frameAddress(shown)}\n:width: 100%\n:placeholder: ${image(shown)}\n\n${escapeMarkdown(titleOf(shown))}\n\`\`\``;

/** What differs from the defaults, numbers as numbers. */
export const stateOf = ({w, params}: Shown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.keys(differences(w.controls, params)).map((key) => [key, params[key]]));

/** MyST's widget: the figure in the page itself, told its state as JSON. */
export function mystWidget(shown: Shown): string {
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
export function notebookCell(shown: Shown, height: number): string {
  const extras = ['style="border:0"', attributes({title: titleOf(shown)}).trim()];
  return `from IPython.display import IFrame\nIFrame(${JSON.stringify(frameAddress(shown))}, width="100%", height=${height}, extras=[${extras.map(single).join(", ")}])`;
}
