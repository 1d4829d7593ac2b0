import {attributes, escapeHtml} from "../../../markup/escape.ts";
import {differing, frameAddress, type LinkedState, pageAddress} from "../../state/pageAddress.ts";

/** What a frame may do: run and open links, save files, and nothing with the host's page. */
export const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";

/** The figure's name where it stands among other things. */
export const titleOf = ({w}: LinkedState): string => `LoRA: ${w.title} (interactive)`;

/**
 * The attributes of a frame. `height` in CSS pixels is right without any script. The style says the width once more, for a
 * host whose sheet says another, and no least width: a theme that keeps its column by `max-width` would lose it.
 */
export const frameAttributes = (shown: LinkedState, height: number) => ({
  src: frameAddress(shown),
  title: titleOf(shown),
  width: "100%",
  height,
  style: "border:0;width:100%",
  loading: "lazy",
  sandbox: SANDBOX,
  allow: "fullscreen; clipboard-write",
  referrerpolicy: "no-referrer",
});

/** The same where a sheet of the page may say `height: auto` of frames, as Starlight's does, and leave 150 pixels: a style goes before it. */
function fixedAttributes(shown: LinkedState, height: number) {
  const {style, ...same} = frameAttributes(shown, height);
  return {...same, style: `${style};height:${height}px`};
}

/** The frame for a page of HTML; `resizing` adds the line that lets it fit its height. */
export const iframe = (shown: LinkedState, height: number, resizing = false): string =>
  `<iframe${attributes(fixedAttributes(shown, height))}></iframe>${resizing ? `\n<script async${attributes({src: `${shown.home}js/v1/lora-embed.js`})}></script>` : ""}`;

/** What the filters of course platforms leave of a frame, so that it is the same after saving. */
export function courseFrame(shown: LinkedState, height: number): string {
  const {loading: _, allow: __, referrerpolicy: ___, ...kept} = frameAttributes(shown, height);
  return `<iframe${attributes(kept)} allowfullscreen></iframe>`;
}

/** The element for a page of one's own, with a link for whoever does not run it. */
export const element = (shown: LinkedState): string =>
  `<script type="module"${attributes({src: `${shown.home}js/v1/lora-widget.js`})}></script>\n<lora-widget${attributes({name: shown.name, ...differing(shown)})}><a${attributes({href: pageAddress(shown)})}>${escapeHtml(titleOf(shown))}</a></lora-widget>`;

/** The frame as JSX: React has other names for some attributes, and takes a style as an object; Astro adds no unit to a number. */
export function jsx(shown: LinkedState, height: number): string {
  const {style: _, referrerpolicy, ...same} = frameAttributes(shown, height);
  return `<iframe${attributes({...same, referrerPolicy: referrerpolicy})} style={{border: 0, width: "100%", height: "${height}px"}} />`;
}
