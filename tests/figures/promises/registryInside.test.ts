import {promises} from "./promises.ts";

promises(["subspace", "amplify"]);
