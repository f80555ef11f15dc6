import type { Wanted } from "../../../extension/connect/pieces.ts";

/** What a test wants connected. */
export const WANTED: Wanted = {
  dataDir: "/home/sam/it's ours",
  token: "t".repeat(32),
  port: 8317,
  tier: 1,
  telemetry: true,
  hooks: "command",
  clients: ["2.1.329"],
  environment: [],
};
