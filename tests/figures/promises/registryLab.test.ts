import {promises} from "./promises.ts";

promises(["lab"]);
