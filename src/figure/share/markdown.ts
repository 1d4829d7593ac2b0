/** The codes for Markdown, MyST and notebooks. */
import {attributesText, escapeMarkdown, markdownTarget} from "../export/escape.ts";
import {differences} from "../parse.ts";
import {frameAddress, type LinkedState, pageAddress} from "../state/pageAddress.ts";
import {frameTitle} from "./frame.ts";

/** The address of the figure's picture, which shows it as it starts. */
const imageAddress = ({home, name}: LinkedState): string => `${home}og/widgets/${name}.png`;

/** A picture that links to the figure, for places where frames don't run. */
export const pictureLink = (linked: LinkedState): string =>
  `[![${escapeMarkdown(frameTitle(linked))}](${markdownTarget(imageAddress(linked))})](${markdownTarget(pageAddress(linked))})`;

/** A link with the figure's title as text. */
export const textLink = (linked: LinkedState): string =>
  `[${escapeMarkdown(frameTitle(linked))}](${markdownTarget(pageAddress(linked))})`;

/** MyST's frame; the picture is for books in print. */
export const mystFrame = (linked: LinkedState): string =>
  `\`\`\`{iframe} ${frameAddress(linked)}\n:width: 100%\n:placeholder: ${imageAddress(linked)}\n\n${escapeMarkdown(frameTitle(linked))}\n\`\`\``;

/** The parameters that differ from the defaults, numbers as numbers. */
export const stateOf = ({w, params}: LinkedState): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.keys(differences(w.controls, params)).map((key) => [key, params[key]]));

/** MyST's widget: the figure in the page itself, with its state as JSON. */
export function mystWidget(linked: LinkedState): string {
  const {home, name, options} = linked;
  const state = stateOf(linked);
  const body = {
    name,
    ...(Object.keys(state).length && {state}),
    ...(options && Object.keys(options).length && {options}),
  };
  return `\`\`\`{anywidget} ${home}js/v1/lora.anywidget.mjs\n${JSON.stringify(body)}\n\`\`\``;
}

/** A Python string in single quotes. JSON's escapes are Python's too, but double quotes need none here. */
const singleQuoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** A notebook cell that shows the frame. */
export function notebookCell(linked: LinkedState, height: number): string {
  const extras = ['style="border:0"', attributesText({title: frameTitle(linked)}).trim()];
  return `from IPython.display import IFrame\nIFrame(${JSON.stringify(frameAddress(linked))}, width="100%", height=${height}, extras=[${extras.map(singleQuoted).join(", ")}])`;
}
