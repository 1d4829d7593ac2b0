/** Answers the page's requests in the worker. A request that is carried out as a job can be cancelled. */
import {AdapterComparison} from "./comparing.ts";
import {cutsOf} from "./cutting.ts";
import {exportErrorOf, exportedFiles, fingerprintsOf, planExport, reportFile} from "./exporting.ts";
import {ForgeWriter} from "./forge/forgeWriter.ts";
import type {Job, PageMessage, Request, RequestName, Result, WorkerMessage} from "./protocol.ts";
import {sentenceFrom} from "./sentences.ts";
import {Session} from "./session.ts";

type Handlers = {[N in RequestName]: (request: Request<N>) => Result<N> | Promise<Result<N>> | Job<N>};

/** A handler for each kind of request, which returns the result, a promise of it or a job that ends in it. */
function handlersFor(session: Session): Handlers {
  const comparison = new AdapterComparison(session);
  const forge = new ForgeWriter(session);
  return {
    open: (request) => session.open(request),
    measure: ({slot}) => session.measure(slot),
    setScale: (request) => session.setScale(request),
    close: ({slot}) => session.close(slot),
    cuts: ({slot}) => cutsOf(session.measured(slot), session.at(slot).weights.size),
    checkAgainstBase: (request) => session.checkAgainstBase(request),
    compare: () => comparison.compare(),
    phi: ({name}) => comparison.phi(name),
    merge: (request) => comparison.merge(request),
    mergeDirections: ({weights}) => comparison.mergeDirections(weights),
    useForge: ({base64}) => forge.useWeights(base64),
    writeWords: (request) => forge.writeWords(request),
    lettersInDoubt: (request) => forge.lettersInDoubt(request),
    export: (request) => exportedFiles(session, request),
    plan: (request) => planExport(session, request),
    exportError: (request) => exportErrorOf(session, comparison, request),
    fingerprints: ({slot}) => fingerprintsOf(session, slot),
    report: (request) => reportFile(session, request),
  };
}

const isJob = (answer: unknown): answer is AsyncGenerator<unknown, unknown> =>
  typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;

/** Lets waiting messages in, such as a cancellation. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** Returns a function for the page's messages, which posts what they ask for through `post`. */
export function answerRequests(post: (message: WorkerMessage) => void): (message: PageMessage) => Promise<void> {
  const handlers = handlersFor(new Session()) as Record<RequestName, (request: unknown) => unknown>;
  const cancelled = new Set<number>();

  /** Posts the progress and the result of a job, or that it was cancelled. */
  async function carryOut(id: number, job: AsyncGenerator<unknown, unknown>): Promise<void> {
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
  }

  return async (message) => {
    const {id} = message;
    if ("cancel" in message) {
      cancelled.add(id);
      return;
    }
    try {
      const answer = handlers[message.name](message.request);
      if (isJob(answer)) await carryOut(id, answer);
      else post({id, result: await answer});
    } catch (error) {
      post({id, error: sentenceFrom(error)});
    }
  };
}
