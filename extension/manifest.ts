/** Every id that package.json and the code share, written once; a test compares the two. */

import type { AlertRule, MailSettings } from "./alert.ts";
import type { Currency } from "./base/format.ts";
import type { Billing, Budgets, WeekStart } from "./bill.ts";
import type { Forward, ModelPrice } from "./job.ts";

/** Commands, as `Agent Trace: …` in the palette. */
export const commands = {
  addFolder: "agentTrace.addFolder",
  arrangeSessions: "agentTrace.arrangeSessions",
  backUpStore: "agentTrace.backUpStore",
  closeDemo: "agentTrace.closeDemo",
  compactStore: "agentTrace.compactStore",
  compare: "agentTrace.compare",
  compareSelected: "agentTrace.compareSelected",
  compareWithNow: "agentTrace.compareWithNow",
  connect: "agentTrace.connect",
  copyResumeCommand: "agentTrace.copyResumeCommand",
  copySessionId: "agentTrace.copySessionId",
  deleteAllData: "agentTrace.deleteAllData",
  deleteSession: "agentTrace.deleteSession",
  disconnect: "agentTrace.disconnect",
  exportAttribution: "agentTrace.exportAttribution",
  exportSession: "agentTrace.exportSession",
  filterSessions: "agentTrace.filterSessions",
  loadMore: "agentTrace.loadMore",
  openChanges: "agentTrace.openChanges",
  openFileAtStep: "agentTrace.openFileAtStep",
  openBill: "agentTrace.openBill",
  openReplay: "agentTrace.openReplay",
  openStepDiff: "agentTrace.openStepDiff",
  openTranscript: "agentTrace.openTranscript",
  previewForwarding: "agentTrace.previewForwarding",
  readAgain: "agentTrace.readAgain",
  refresh: "agentTrace.refresh",
  refreshPrices: "agentTrace.refreshPrices",
  replayEvents: "agentTrace.replayEvents",
  revealTranscript: "agentTrace.revealTranscript",
  search: "agentTrace.search",
  setAlertSecrets: "agentTrace.setAlertSecrets",
  shareSession: "agentTrace.shareSession",
  showAllSessions: "agentTrace.showAllSessions",
  showDemo: "agentTrace.showDemo",
  showLog: "agentTrace.showLog",
  showStatus: "agentTrace.showStatus",
  testAlert: "agentTrace.testAlert",
  toggleBlame: "agentTrace.toggleBlame",
  toggleFileBlame: "agentTrace.toggleFileBlame",
  undo: "agentTrace.undo",
} as const;

/** Settings with the defaults that package.json declares. */
export const settings = {
  privacyTier: { id: "agentTrace.privacyTier", default: 1 as 1 | 2 | 3 },
  claudeFolders: { id: "agentTrace.claudeFolders", default: [] as string[] },
  keepDays: { id: "agentTrace.keepDays", default: 0 },
  port: { id: "agentTrace.port", default: 8317 },
  grpcPort: { id: "agentTrace.grpcPort", default: 0 },
  prices: { id: "agentTrace.prices", default: {} as Record<string, ModelPrice> },
  redact: { id: "agentTrace.redact", default: [] as string[] },
  notifyWhenWaiting: { id: "agentTrace.notifyWhenWaiting", default: true },
  blame: { id: "agentTrace.blame", default: "line" as "off" | "line" | "file" },
  codeLens: { id: "agentTrace.codeLens", default: "off" as "off" | "file" | "functions" },
  fileBadges: { id: "agentTrace.fileBadges", default: false },
  recordCommits: { id: "agentTrace.recordCommits", default: false },
  budgets: { id: "agentTrace.budgets", default: {} as Budgets },
  alerts: { id: "agentTrace.alerts", default: [] as AlertRule[] },
  webhook: { id: "agentTrace.webhook", default: "" },
  mail: { id: "agentTrace.mail", default: {} as Partial<MailSettings> },
  billing: { id: "agentTrace.billing", default: "api" as Billing },
  weekStart: { id: "agentTrace.weekStart", default: "monday" as WeekStart },
  timeZone: { id: "agentTrace.timeZone", default: "" },
  currency: { id: "agentTrace.currency", default: {} as Partial<Currency> },
  forward: { id: "agentTrace.forward", default: {} as Forward },
} as const;

/** Views, panels and their container. */
export const views = {
  container: "agentTrace",
  sessions: "agentTrace.sessions",
  changes: "agentTrace.changes",
  thisFile: "agentTrace.thisFile",
  usage: "agentTrace.usage",
  replay: "agentTrace.replay",
  bill: "agentTrace.bill",
  compare: "agentTrace.comparison",
  share: "agentTrace.share",
} as const;

/** Context keys that `when` clauses in package.json read. */
export const contexts = {
  demo: "agentTrace.demo",
  narrowed: "agentTrace.narrowed",
  welcome: "agentTrace.welcome",
} as const;

/** Why the Sessions view is empty: the value of the context key `agentTrace.welcome`. */
export type Welcome = "none" | "reading" | "missing" | "empty" | "erased" | "narrowed";
