/** The inspector's worker: opens, measures, compares and writes adapter files. */

import type {FromWorker, ToWorker} from "./protocol.ts";
import {answerRequests} from "./requests.ts";

const answer = answerRequests((message) => postMessage(message));
addEventListener("message", ({data}: MessageEvent<ToWorker>) => answer(data));
// Tells the page that the program has loaded.
postMessage({id: 0, result: undefined} satisfies FromWorker);
