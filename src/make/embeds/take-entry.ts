import * as desk from "../../frame/desk.ts";
import * as take from "../../shell/take/take.ts";

// One classic script for all embed pages, with what a reader may never press and a host may never ask for.
Object.assign(globalThis, {loraTake: {...take, ...desk}});
