/**
 * The script of a page that embeds our frames: gives each frame the height that it asks for. The window of a message tells which
 * frame sent it, and no other page can fake that; only frames from this script's own site count. Frames may be added later.
 */
export {};

const {src} = document.currentScript as HTMLScriptElement;
const home = new URL("../../embed/", src);

/** The heights that a frame may ask for, in CSS pixels. */
const [MIN_HEIGHT, MAX_HEIGHT] = [50, 20_000];

const ourFrames = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(home.href));

addEventListener("message", ({data, source, origin}) => {
  if (data?.source !== "lora-widget" || data.v !== 1 || data.type !== "lora:resize") return;
  // A frame in a sandbox has no origin of its own, and neither has a page from a disk.
  if (![home.origin, "null"].includes(origin)) return;
  const frame = ourFrames().find(({contentWindow}) => contentWindow === source);
  if (!frame || !Number.isFinite(data.height)) return;
  const edges = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
  frame.style.height = `${Math.min(Math.max(Math.ceil(data.height), MIN_HEIGHT), MAX_HEIGHT) + edges}px`;
});

// A frame that loaded before this script has reported its height to nobody, so ask for it again.
for (const {contentWindow} of ourFrames())
  contentWindow?.postMessage({target: "lora-widget", v: 1, type: "resize"}, "*");
