/**
 * For a page that holds our frames: gives each the height it asks for. A frame is known by its window, which no other page
 * can pretend to be, and only where it stands below this script's own site. Frames may be added later.
 */
const {src} = document.currentScript as HTMLScriptElement;
const ours = new URL("../../embed/", src);

const isOurs = (frame: HTMLIFrameElement) => frame.src.startsWith(ours.href);
const frames = () => [...document.querySelectorAll("iframe")].filter(isOurs);

addEventListener("message", ({data, source, origin}) => {
  // A frame in a sandbox has no origin of its own, and neither has a page from a disk.
  if (data?.source !== "lora-widget" || data.type !== "lora:resize" || ![ours.origin, "null"].includes(origin)) return;
  const {height} = data;
  const frame = frames().find(({contentWindow}) => contentWindow === source);
  if (frame && Number.isFinite(height)) frame.style.height = `${Math.min(Math.max(Math.ceil(height), 50), 20_000)}px`;
});

// One that was here first has told its height to nobody: asked, it tells it again.
for (const {contentWindow} of frames())
  contentWindow?.postMessage({target: "lora-widget", v: 1, type: "get"}, "*");
