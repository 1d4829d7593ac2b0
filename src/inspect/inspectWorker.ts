/** The inspector's worker: opens, measures, compares and writes adapter files. */
import type {PageMessage} from "./protocol.ts";
import {answerRequests} from "./requests.ts";

const answer = answerRequests((message) => postMessage(message));
addEventListener("message", ({data}: MessageEvent<PageMessage>) => answer(data));
