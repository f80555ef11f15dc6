import type { Alert } from "../../extension/alert.ts";
import { addDays } from "../../extension/base/usual.ts";
import type {
  BilledSession,
  Breakdown,
  BreakdownWanted,
  Derivation,
  Finding,
  Reasons,
} from "../../extension/bill.ts";
import type { BillHost, Circumstances } from "../../extension/pages.ts";
import type { Usage, UsageWanted } from "../../extension/questions.ts";

/** An invented month of work, as the recorder would tell of it; `today` is its last day. */
export function inventedBill(
  today: string,
): Omit<BillHost, "dismiss" | "openReplay" | "openLine" | "copy" | "save" | "print"> {
  const days = Array.from({ length: 60 }, (_, i) => addDays(today, i - 59));
  return {
    circumstances: async () => circumstances,
    usage: async wanted => usageOf(days, wanted),
    bill: async () => sessions,
    breakdown: async wanted => breakdownOf(days, wanted),
    derivation: async () => derivation,
    findings: async () => findings,
    prompts: async () => prompts,
    reasons: async () => reasons,
    alerts: async () => alerts,
  };
}

const circumstances: Circumstances = {
  ...{ workspace: "/home/sam/dev/shop", billing: "api", weekStart: "monday" },
  ...{ budgets: { month: 300 }, dismissed: [] },
};

const alert: Alert = {
  ...{ id: 2, rule: "This month's budget", kind: "cost", level: "near", value: 248.2, threshold: 300 },
  ...{ window: "month", session: null, project: null, model: null, endedAt: null, notify: true },
  ...{ at: Date.parse("2026-11-18T14:02:00"), deliveries: [] },
};
const alerts: Alert[] = [
  alert,
  {
    ...{ ...alert, id: 1, rule: "Gone quiet", kind: "agent_silent", level: "over", value: 10, threshold: 10 },
    ...{ window: null, session: { id: "s3", title: "Fix the flaky checkout test" }, endedAt: alert.at },
    deliveries: [{ way: "webhook", state: "failed", tries: 4, why: "hooks.example.org answered 503." }],
  },
];

const tokens = {
  input: 20_000,
  output: 90_000,
  cacheRead: 5_600_000,
  cacheWrite5m: 490_000,
  cacheWrite1h: 0,
};
const nothing = {
  prompts: 1,
  toolCalls: 5,
  errors: 0,
  linesAdded: 0,
  linesRemoved: 0,
  requests: 30,
  unpriced: 0,
};
const NAMES: Record<keyof Breakdown["by"], string[]> = {
  project: ["/home/sam/dev/shop", "/home/sam/dev/importer", "/home/sam/dev/site"],
  branch: ["main", "streams", ""],
  model: ["claude-opus-4-8", "claude-sonnet-4-6", "claude-haiku-4-5"],
  agent: ["", "Explore", "code-reviewer"],
  skill: ["", "review", "release-notes"],
  tool: ["Bash", "", "mcp__github__create_issue"],
  server: ["", "github"],
};
const SHARES = [0.6, 0.27, 0.13];

function usageOf(days: string[], { from = "" }: UsageWanted): Usage[] {
  const wanted = days.filter(day => day >= from);
  return wanted.map(name => ({ name, ...nothing, tokens, costUsd: costOn(days.indexOf(name)) }));
}

function breakdownOf(days: string[], { from = "", to = "9", stack }: BreakdownWanted): Breakdown {
  const wanted = days.filter(day => day >= from && day <= to);
  const all = wanted.reduce((sum, day) => sum + costOn(days.indexOf(day)), 0);
  const shared = (names: string[], costUsd: number) =>
    names.map((name, i) => ({
      name,
      costUsd: costUsd * (SHARES[i] ?? 0),
      tokens: 90_000,
      requests: 30,
      calls: 40 - i,
    }));
  const by = Object.entries(NAMES).map(([by, names]) => [by, shared(names, all)]);
  return {
    by: Object.fromEntries(by) as Breakdown["by"],
    days: wanted.flatMap(day =>
      shared(stack ? NAMES[stack] : [], costOn(days.indexOf(day))).map(part => ({ day, ...part })),
    ),
    buckets: [
      { name: "input", tokens: 20_000, costUsd: all * 0.01 },
      { name: "output", tokens: 90_000, costUsd: all * 0.4 },
      { name: "cacheRead", tokens: 5_600_000, costUsd: all * 0.3 },
      { name: "cacheWrite5m", tokens: 490_000, costUsd: all * 0.28 },
      { name: "cacheWrite1h", tokens: 0, costUsd: 0 },
      { name: "webSearches", tokens: 3, costUsd: all * 0.01 },
    ],
    came: {
      sessions: wanted.length > 0 ? sessions.length : 0,
      commits: 13,
      lines: 2105,
      unattributedUsd: 0.4,
    },
    windows: [12.4, 3.1, 7.9].map((costUsd, i) => {
      const start = Math.floor(Date.now() / 3_600_000 - 2 - i * 7) * 3_600_000;
      return { start, end: start + 5 * 3_600_000, costUsd, tokens: 2_100_000, requests: 80 };
    }),
    ...beside,
  };
}

/** Much like the others, but for one day. */
function costOn(index: number): number {
  return index === 56 ? 29.8 : index === 59 ? 12.4 : 2 + ((index * 7919) % 83) / 10;
}

const session = (
  i: number,
  title: string,
  costUsd: number,
  more: Partial<BilledSession> = {},
): BilledSession => ({
  session: {
    ...{ id: `s${i}`, title, project: "/home/sam/dev/shop", branch: "main", status: "done" },
    ...{ endedAt: 0, unpricedModels: [] },
  },
  ...{ durationMs: 8_040_000, linesAdded: 812, linesRemoved: 340, commits: 6, unattributedUsd: 0 },
  tokens,
  costUsd,
  ...more,
});

const sessions: BilledSession[] = [
  session(0, "Port the importer to streams", 21.3, { unattributedUsd: 0.4 }),
  session(1, "Why is the build slow on CI", 12.87, {
    linesAdded: 0,
    linesRemoved: 0,
    commits: 0,
    durationMs: 3_720_000,
  }),
  session(2, "Migrate auth to sessions", 8.41, { linesAdded: 395, linesRemoved: 120, commits: 3 }),
  session(3, "Fix the flaky checkout test", 1.24, {
    linesAdded: 120,
    linesRemoved: 34,
    commits: 2,
    durationMs: 720_000,
  }),
  session(4, "Changelog for 2.4", 0.62, {
    linesAdded: 24,
    linesRemoved: 0,
    commits: 1,
    durationMs: 240_000,
  }),
  session(5, "Rename Basket to Cart", 0.38, {
    linesAdded: 61,
    linesRemoved: 61,
    commits: 1,
    durationMs: 180_000,
  }),
  ...Array.from({ length: 9 }, (_, i) => session(6 + i, `Look into <b>ticket ${i + 310}</b>`, 0.3 - i / 40)),
];

const beside: Pick<Breakdown, "hours" | "misses"> = {
  hours: Array.from({ length: 168 }, (_, i) => {
    const [day, hour] = [Math.floor(i / 24), i % 24];
    return day < 5 && hour > 8 && hour < 19 ? ((i * 31) % 17) / 4 : 0;
  }),
  misses: [
    { cause: "expired", times: 21, tokens: 3_900_000, costUsd: 6.1 },
    { cause: "prefix", times: 4, tokens: 310_000, costUsd: 1.52 },
    { cause: "compaction", times: 3, tokens: 90_000, costUsd: 0.5 },
  ],
};

const findings: Finding[] = [
  {
    ...{ id: "expired ", rule: "expired", subject: "", times: 21, savedUsd: 6.1, step: null, trend: "new" },
    what: "The cache ran out in a pause 21 times in 5 sessions; 3.9M tokens were written again.",
    advice:
      "Before a longer pause finish or /clear: to go on in a long context means to pay for all of it again.",
    session: { id: "s1", title: "Why is the build slow on CI" },
  },
  {
    ...{
      id: "reread schema.sql",
      rule: "reread",
      subject: "schema.sql",
      times: 31,
      savedUsd: 2.4,
      step: "t7",
    },
    what: "read 31 times in one session, 9k tokens each time, unchanged.",
    advice: "Ask for the part that matters, or name what it says in CLAUDE.md.",
    ...{ session: { id: "s0", title: "Port the importer to streams" }, trend: "better" },
  },
  {
    ...{ id: "loop npm run e2e", rule: "loop", subject: "npm run e2e", times: 7, savedUsd: 1.1, step: "t9" },
    what: "failed 7 times in 2 sessions with nothing changed in between.",
    advice: "Say in CLAUDE.md how it is run here.",
    ...{ session: { id: "s3", title: "Fix the flaky checkout test" }, trend: "solved" },
  },
];

const reasons: Reasons = {
  ...{ costUsd: 22.9, usualUsd: 8.7 },
  parts: [
    {
      ...{ costUsd: 8.9, session: { id: "s1", title: "Why is the build slow on CI" }, step: null },
      what: "Cache written again 11 times after pauses, 180k tokens each, in",
    },
    {
      ...{ costUsd: 3.6, session: { id: "s0", title: "Port the importer to streams" }, step: "t3" },
      what: "Sub-agent Explore only looked things up, on a large model, in",
    },
    {
      ...{ costUsd: 1.7, session: { id: "s3", title: "Fix the flaky checkout test" }, step: "t9" },
      what: "Output of npm ci, 48k tokens, carried along in",
    },
  ],
};

const prompts = [
  {
    id: "p1",
    text: "The importer reads whole files. Make it stream.",
    startedAt: 0,
    steps: 41,
    costUsd: 14.1,
  },
  { id: "p2", text: "Now the tests.", startedAt: 1, steps: 22, costUsd: 7.2 },
];

const rates = { input: 5, output: 25, cacheRead: 0.5, cacheWrite5m: 6.25, cacheWrite1h: 10 };
const request = (i: number): Derivation["requests"][number] => ({
  ...{
    id: `msg_01X${i}bQv7`,
    at: Date.parse("2026-11-18T09:12:00Z") + i * 41_000,
    promptId: "p1",
    webSearches: 0,
  },
  ...{ model: "claude-opus-4-8", agent: i % 4 === 3 ? "Explore" : "", factor: 1, rates, pricedSince: null },
  tokens: {
    input: 12,
    output: 420 + i * 13,
    cacheRead: 40_000 + i * 900,
    cacheWrite5m: 900,
    cacheWrite1h: 0,
  },
  ...{ costUsd: 0.0412 + i / 1000, told: false, countedIn: i === 0 ? "s9" : null },
  ...{ transcript: "/home/sam/.claude/projects/shop/s0.jsonl", offset: 1200 * i },
});
const derivation: Derivation = {
  session: { id: "s0", title: "Port the importer to streams", unpricedModels: [] },
  ...{ prompt: null, saidUsd: 21.7, earlierUsd: 0, unattributedUsd: 0.4, costUsd: 21.3, tokens },
  requests: Array.from({ length: 20 }, (_, i) => request(i)),
};
