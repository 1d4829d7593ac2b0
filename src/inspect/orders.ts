/** Takes the page's orders and answers them, one message at a time; an order can be called off. */
import {Comparing} from "./comparing.ts";
import {cutsOf} from "./cutting.ts";
import {exportedFiles, reported} from "./exporting.ts";
import {fingerprints} from "./fingerprints.ts";
import {Writing} from "./forge/writing.ts";
import {lostBy, planned} from "./planning.ts";
import type {FromWorker, OrderName, Orders, ToWorker} from "./protocol.ts";
import {sentenceFrom} from "./sentences.ts";
import {Session} from "./session.ts";

type Job = AsyncGenerator<unknown, unknown>;

const isJob = (begun: unknown): begun is Job =>
  typeof begun === "object" && begun !== null && Symbol.asyncIterator in begun;

/** What answers each kind of order: at once, or by a job with news. */
function starts(session: Session): {[N in OrderName]: (order: Orders[N]["order"]) => unknown} {
  const comparing = new Comparing(session);
  const writing = new Writing(session);
  return {
    open: (order) => session.open(order),
    measure: (order) => session.measure(order),
    choose: (order) => session.choose(order),
    close: ({slot}) => session.close(slot),
    swap: () => session.swap(),
    cuts: ({slot}) => cutsOf(session.measured(slot), session.at(slot).weights.size),
    compare: () => comparing.compare(),
    phi: (order) => comparing.phi(order),
    merge: (order) => comparing.merge(order),
    mergeRanks: (order) => comparing.mergeRanks(order),
    lend: (order) => writing.lend(order),
    write: (order) => writing.write(order),
    lendLists: (order) => writing.lendLists(order),
    doubt: (order) => writing.doubt(order),
    take: (order) => exportedFiles(session, order),
    plan: (order) => planned(session, order),
    lost: (order) => lostBy(session, comparing, order),
    fingerprints: (order) => fingerprints(session, order),
    report: (order) => reported(session, order),
  };
}

/** Lets messages in that wait, such as one that calls an order off. */
const breath = () => new Promise((resolve) => setTimeout(resolve));

/** Posts answers through `post`. Pass every message of the page to the function it returns. */
export function answerOrders(post: (message: FromWorker) => void): (message: ToWorker) => Promise<void> {
  const session = new Session();
  const start = starts(session) as Record<OrderName, (order: unknown) => unknown>;
  const calledOff = new Set<number>();
  return async (message) => {
    const {id} = message;
    if ("cancel" in message) {
      calledOff.add(id);
      return;
    }
    try {
      const job = start[message.name](message.order);
      if (!isJob(job)) {
        post({id, result: await job});
        return;
      }
      for (let step = await job.next(); ; step = await job.next()) {
        if (step.done) {
          post({id, result: step.value});
          return;
        }
        if (step.value !== undefined) post({id, news: step.value});
        await breath();
        if (!calledOff.delete(id)) continue;
        await job.return(undefined);
        post({id, cancelled: true});
        return;
      }
    } catch (error) {
      post({id, error: sentenceFrom(error)});
    }
  };
}
