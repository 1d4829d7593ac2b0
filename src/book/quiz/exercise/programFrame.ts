import type {FrameMessage, FrameStart} from "./frameScript.ts";

/**
 * Starts a worker in a new frame (ProgramFrame.astro). `onMessage` gets the frame's messages, over a port that only
 * this frame was given, so nobody else can answer for it. Returns a function that removes the frame, which ends all that runs in it.
 */
export function startInFrame(start: FrameStart, onMessage: (message: FrameMessage) => void): () => void {
  const {content} = document.querySelector<HTMLTemplateElement>("template.program-frame")!;
  const frame = document.importNode(content, true).querySelector("iframe")!;
  const {port1: ours, port2: theirs} = new MessageChannel();
  ours.onmessage = ({data}: MessageEvent<FrameMessage>) => onMessage(data);
  // A sandboxed frame has no origin that could be named in place of the star.
  frame.onload = () => frame.contentWindow!.postMessage(start, "*", [theirs]);
  document.body.append(frame);
  return () => {
    ours.close();
    frame.remove();
  };
}
