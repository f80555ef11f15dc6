import { createTriggers, dropTriggers, recount } from "./roll-up.ts";

/** What the user interrupted is no failure of the agent's, and counted as one no more. */
export const errors = `
${dropTriggers}
${createTriggers}
${recount("select key from session")}`;
