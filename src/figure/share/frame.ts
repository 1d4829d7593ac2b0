/** The codes that embed a figure in a page: as a frame, as an element, as JSX. */
import {attributesText, escapeHtml} from "../export/escape.ts";
import {differingValues, frameAddress, type LinkedState, pageAddress} from "../state/pageAddress.ts";
import {ELEMENT_WIDTHS} from "./height.ts";

/** What a frame may do: run scripts, open links and save files, but nothing to the host's page. */
export const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";

/** The title of a frame or a link, which names the figure among other things on a page. */
export const frameTitle = ({w}: LinkedState): string => `LoRA: ${w.title} (interactive)`;

/**
 * The attributes of a frame. `height` (CSS px) is right without any script. The style repeats the width for hosts whose CSS
 * sets another. It sets no `min-width`, which would break out of themes that bound their column by `max-width`.
 */
export const frameAttributes = (linked: LinkedState, height: number) => ({
  src: frameAddress(linked),
  title: frameTitle(linked),
  width: "100%",
  height,
  style: "border:0;width:100%",
  loading: "lazy",
  sandbox: SANDBOX,
  allow: "fullscreen; clipboard-write",
  referrerpolicy: "no-referrer",
});

/** The attributes of a frame with the height in the style too: some hosts' CSS, such as Starlight's, sets `height: auto` for frames, which makes them 150 px high. */
function fixedAttributes(linked: LinkedState, height: number) {
  const {style, ...same} = frameAttributes(linked, height);
  return {...same, style: `${style};height:${height}px`};
}

/** The attribute `src` for a script of this site. */
const scriptAttributes = ({home}: LinkedState, name: string): string => attributesText({src: `${home}js/v1/${name}`});

/** The frame for an HTML page; `isResizing` adds the script that lets it fit its height. */
export const frameCode = (linked: LinkedState, height: number, isResizing = false): string =>
  `<iframe${attributesText(fixedAttributes(linked, height))}></iframe>${isResizing ? `\n<script async${scriptAttributes(linked, "lora-embed.js")}></script>` : ""}`;

/** The frame with only what course platforms' filters keep, so that it is the same after saving. */
export function courseFrame(linked: LinkedState, height: number): string {
  const {loading: _, allow: __, referrerpolicy: ___, ...courseAttributes} = frameAttributes(linked, height);
  return `<iframe${attributesText(courseAttributes)} allowfullscreen></iframe>`;
}

/**
 * The CSS rules that reserve a figure's height before it has loaded. The style of the box around it has the heights at `ELEMENT_WIDTHS`;
 * between two widths the height is interpolated. The rules are the same for every figure, so a page may have them twice.
 */
function heightRules(): string {
  const rule = (height: string) => `.lora-figure>lora-widget{display:block;min-height:calc(${height})}`;
  const steps = ELEMENT_WIDTHS.slice(1).map((to, i) => {
    const from = ELEMENT_WIDTHS[i]!;
    const slope = `(var(--h${to}) - var(--h${from}))/${to - from}`;
    return `@container(width<${to}px){${rule(`1px*var(--h${from}) + (100cqi - ${from}px)*${slope}`)}}`;
  });
  return [
    ".lora-figure{container-type:inline-size}",
    rule(`1px*var(--h${ELEMENT_WIDTHS.at(-1)})`),
    ...steps.reverse(),
  ].join("");
}

/** The element alone, with a link for readers without scripts. */
const elementTag = (linked: LinkedState): string =>
  `<lora-widget${attributesText({name: linked.name, ...differingValues(linked)})}><a${attributesText({href: pageAddress(linked)})}>${escapeHtml(frameTitle(linked))}</a></lora-widget>`;

/** The element for any page. `heights` (CSS px, at `ELEMENT_WIDTHS`) reserve room for the figure before it has loaded. */
export function elementCode(linked: LinkedState, heights: readonly number[]): string {
  const script = `<script type="module"${scriptAttributes(linked, "lora-widget.js")}></script>`;
  const style = heights.map((height, i) => `--h${ELEMENT_WIDTHS[i]}:${height}`).join(";");
  return `${script}\n<style>${heightRules()}</style>\n<div${attributesText({class: "lora-figure", style})}>${elementTag(linked)}</div>`;
}

/** The frame as JSX: React names some attributes differently and takes styles as an object; Astro adds no unit to numbers. */
export function jsxCode(linked: LinkedState, height: number): string {
  const {style: _, referrerpolicy, ...same} = frameAttributes(linked, height);
  return `<iframe${attributesText({...same, referrerPolicy: referrerpolicy})} style={{border: 0, width: "100%", height: "${height}px"}} />`;
}
