/** Lets frames of this page be as high as what is in them, as lora-embed.js does on pages elsewhere. */
export function startFrames(root: Document) {
  addEventListener("message", ({source, data}) => {
    if (data?.source !== "lora-widget" || data.type !== "lora:resize" || !Number.isFinite(data.height)) return;
    for (const frame of root.querySelectorAll<HTMLIFrameElement>("iframe[data-resizes]"))
      if (frame.contentWindow === source) frame.height = String(Math.min(Math.max(data.height, 80), 6000));
  });
  // One that was there before this script has said its height already.
  for (const frame of root.querySelectorAll<HTMLIFrameElement>("iframe[data-resizes]"))
    frame.contentWindow!.postMessage({target: "lora-widget", v: 1, type: "resize"}, "*");
}
