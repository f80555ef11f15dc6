import { startTheClock } from "./lines.ts";

// Its module is loaded once in a worker, this file for each file of tests.
startTheClock();
