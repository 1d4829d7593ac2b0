import type {FrameMessage} from "./frameScript.ts";

/**
 * Starts a worker with this source in a new frame (ProgramFrame.astro). `heard` gets the frame's messages, over a port that only
 * this frame was given, so nobody else can answer for it. Returns a function that removes the frame, which ends all that runs in it.
 */
export function startInFrame(source: string, heard: (message: FrameMessage) => void): () => void {
  const {content} = document.querySelector<HTMLTemplateElement>("template.program-frame")!;
  const frame = document.importNode(content, true).querySelector("iframe")!;
  const {port1: ours, port2: theirs} = new MessageChannel();
  ours.onmessage = ({data}: MessageEvent<FrameMessage>) => heard(data);
  // The frame's origin has no name that could replace the star.
  frame.onload = () => frame.contentWindow!.postMessage(source, "*", [theirs]);
  document.body.append(frame);
  return () => {
    ours.close();
    frame.remove();
  };
}
