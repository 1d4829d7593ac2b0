import * as orders from "../../frame/orders.ts";
import * as take from "../../shell/take/take.ts";

// One classic script for all embed pages, with what most readers never press and most hosts never ask for.
Object.assign(globalThis, {loraTake: {...take, ...orders}});
