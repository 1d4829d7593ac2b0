/**
 * For a page that holds our frames: gives each the height it asks for. A frame is known by its window, which no other page
 * can pretend to be, and only where it stands below this script's own site. Frames may be added later.
 */
export {};

const {src} = document.currentScript as HTMLScriptElement;
const home = new URL("../../embed/", src);

const ours = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(home.href));

addEventListener("message", ({data, source, origin}) => {
  if (data?.source !== "lora-widget" || data.v !== 1 || data.type !== "lora:resize") return;
  // A frame in a sandbox has no origin of its own, and neither has a page from a disk.
  if (![home.origin, "null"].includes(origin)) return;
  const frame = ours().find(({contentWindow}) => contentWindow === source);
  if (!frame || !Number.isFinite(data.height)) return;
  const edges = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
  frame.style.height = `${Math.min(Math.max(Math.ceil(data.height), 50), 20_000) + edges}px`;
});

// One that was here first has told its height to nobody: asked, it tells it again.
for (const {contentWindow} of ours()) contentWindow?.postMessage({target: "lora-widget", v: 1, type: "resize"}, "*");
