/** The codes for Markdown, MyST and notebooks. */
import {attributesText, escapeMarkdown, markdownTarget} from "../export/escape.ts";
import {differences} from "../parse.ts";
import {frameAddress, type LinkedState, pageAddress} from "../state/pageAddress.ts";
import {frameTitle} from "./frame.ts";

/** The address of the figure's picture, which shows it as it starts. */
const image = ({home, name}: LinkedState): string => `${home}og/widgets/${name}.png`;

/** A picture that links to the figure, for places where frames don't run. */
export const pictureLink = (shown: LinkedState): string =>
  `[![${escapeMarkdown(frameTitle(shown))}](${markdownTarget(image(shown))})](${markdownTarget(pageAddress(shown))})`;

/** A link with the figure's title as text. */
export const textLink = (shown: LinkedState): string =>
  `[${escapeMarkdown(frameTitle(shown))}](${markdownTarget(pageAddress(shown))})`;

/** MyST's frame; the picture is for books in print. */
export const mystFrame = (shown: LinkedState): string =>
  `\`\`\`{iframe} ${frameAddress(shown)}\n:width: 100%\n:placeholder: ${image(shown)}\n\n${escapeMarkdown(frameTitle(shown))}\n\`\`\``;

/** The parameters that differ from the defaults, numbers as numbers. */
export const stateOf = ({w, params}: LinkedState): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.keys(differences(w.controls, params)).map((key) => [key, params[key]]));

/** MyST's widget: the figure in the page itself, with its state as JSON. */
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

/** A Python string in single quotes. JSON's escapes are Python's too, but double quotes need none here. */
const single = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** A notebook cell that shows the frame. */
export function notebookCell(shown: LinkedState, height: number): string {
  const extras = ['style="border:0"', attributesText({title: frameTitle(shown)}).trim()];
  return `from IPython.display import IFrame\nIFrame(${JSON.stringify(frameAddress(shown))}, width="100%", height=${height}, extras=[${extras.map(single).join(", ")}])`;
}
