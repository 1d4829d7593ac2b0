/** Answers the page's requests in the worker. A request that reports progress can be cancelled. */
import {Comparing} from "./comparing.ts";
import {cutsOf} from "./cutting.ts";
import {exportErrorOf, exportedFiles, fingerprints, planExport, reportFile} from "./exporting.ts";
import {ForgeWriter} from "./forge/forgeWriter.ts";
import type {FromWorker, RequestName, Requests, ToWorker} from "./protocol.ts";
import {sentenceFrom} from "./sentences.ts";
import {Session} from "./session.ts";

/** A request under way: yields progress, or undefined for a pause. */
type Job = AsyncGenerator<unknown, unknown>;

const isJob = (begun: unknown): begun is Job =>
  typeof begun === "object" && begun !== null && Symbol.asyncIterator in begun;

/** A handler for each kind of request, which returns a result or a job. */
function handlersFor(session: Session): {[N in RequestName]: (request: Requests[N]["request"]) => unknown} {
  const comparing = new Comparing(session);
  const forge = new ForgeWriter(session);
  return {
    open: (request) => session.open(request),
    measure: (request) => session.measure(request),
    setScale: (request) => session.setScale(request),
    close: ({slot}) => session.close(slot),
    swap: () => session.swap(),
    cuts: ({slot}) => cutsOf(session.measured(slot), session.at(slot).weights.size),
    against: (request) => session.against(request),
    compare: () => comparing.compare(),
    phi: (request) => comparing.phi(request),
    merge: (request) => comparing.merge(request),
    mergeRanks: (request) => comparing.mergeRanks(request),
    useForge: (request) => forge.useWeights(request),
    writeWords: (request) => forge.writeWords(request),
    useWordLists: (request) => forge.useWordLists(request),
    lettersInDoubt: (request) => forge.lettersInDoubt(request),
    export: (request) => exportedFiles(session, request),
    plan: (request) => planExport(session, request),
    exportError: (request) => exportErrorOf(session, comparing, request),
    fingerprints: (request) => fingerprints(session, request),
    report: (request) => reportFile(session, request),
  };
}

/** Lets waiting messages in, such as a cancellation. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** Posts results through `post`. Pass every message of the page to the function that it returns. */
export function answerRequests(post: (message: FromWorker) => void): (message: ToWorker) => Promise<void> {
  const session = new Session();
  const handlers = handlersFor(session) as Record<RequestName, (request: unknown) => unknown>;
  const cancelled = new Set<number>();
  return async (message) => {
    const {id} = message;
    if ("cancel" in message) {
      cancelled.add(id);
      return;
    }
    try {
      const job = handlers[message.name](message.request);
      if (!isJob(job)) {
        post({id, result: await job});
        return;
      }
      for (let step = await job.next(); ; step = await job.next()) {
        if (step.done) {
          post({id, result: step.value});
          return;
        }
        if (step.value !== undefined) post({id, progress: step.value});
        await pause();
        if (!cancelled.delete(id)) continue;
        await job.return(undefined);
        post({id, cancelled: true});
        return;
      }
    } catch (error) {
      post({id, error: sentenceFrom(error)});
    }
  };
}
