import { join } from "node:path";
import { WideChance } from "../index/corpus/chance.ts";
import { apiId, uuid } from "../index/corpus/ids.ts";
import { Ledger, type Model } from "../index/corpus/ledger.ts";
import { LineFile } from "../index/corpus/line-file.ts";
import { Context, newIds, usageOf } from "../index/corpus/request.ts";
import type { Chance } from "../store/made-up/chance.ts";

/** How much there is in a year of heavy use. */
export const YEAR = { sessions: 5000, requests: 300_000 };

const SEED = 20261121;
const DAY = 24 * 3_600_000;
const LINES_A_SESSION = YEAR.requests / YEAR.sessions;
const PROJECTS = ["shop", "api", "web", "docs", "infra", "mobile", "billing", "search"] as const;
const MODELS: [Model, Model, Model] = ["claude-opus-5", "claude-sonnet-5", "claude-opus-4-8"];
const HAIKU: Model = "claude-haiku-4-5-20251001";
const TOOLS = ["Read", "Bash", "Edit", "Grep", "Write", "TodoWrite", "mcp__github__get_issue"] as const;

interface Thread {
  chance: Chance;
  file: LineFile;
  /** What each of its lines says. */
  said: string;
  at: number;
  model: Model;
}

/** Writes a year's transcripts with nothing in them but what is billed, and answers what they cost. */
export function writeYear(claude: string, end: number): Ledger {
  const ledger = new Ledger();
  for (let number = 0; number < YEAR.sessions; number++) {
    const chance = new WideChance(SEED, number);
    const at = end - 365 * DAY * (1 - number / YEAR.sessions) - chance.whole(0, 8) * 3_600_000;
    writeSession(claude, chance, Math.round(at), ledger);
  }
  return ledger;
}

function writeSession(claude: string, chance: Chance, at: number, ledger: Ledger): void {
  const id = uuid(chance);
  const project = `/home/sam/dev/${chance.pick(PROJECTS)}`;
  const branch = `"gitBranch":"${chance.happens(0.6) ? "main" : `fix-${chance.whole(1, 40)}`}"`;
  const said = `"sessionId":"${id}","cwd":"${project}","version":"2.1.329",${branch},"isSidechain":false`;
  const path = join(claude, "projects", project.replaceAll("/", "-"), `${id}.jsonl`);
  const thread = { chance, file: new LineFile(path), said, at, model: chance.pick(MODELS) };
  const agent = chance.happens(0.3) ? chance.whole(5, 20) : 0;
  work(thread, LINES_A_SESSION - agent, ledger);
  if (agent > 0) writeAgent(thread, path, agent, ledger);
  thread.file.close(thread.at);
}

function writeAgent(parent: Thread, path: string, requests: number, ledger: Ledger): void {
  const { chance } = parent;
  const id = `a${chance.letters(16)}`;
  const call = apiId(chance, "toolu");
  say(
    parent,
    "assistant",
    answer(
      parent,
      `{"type":"tool_use","id":"${call}","name":"Agent","input":{"subagent_type":"Explore"}}`,
      new Context(9000),
      ledger,
    ),
  );
  const file = new LineFile(path.replace(/\.jsonl$/, `/subagents/agent-${id}.jsonl`));
  const said = `${parent.said.replace('"isSidechain":false', '"isSidechain":true')},"agentId":"${id}"`;
  work({ ...parent, file, said, model: HAIKU }, requests - 1, ledger);
  file.close(parent.at);
  const result = `"toolUseResult":{"status":"completed","agentId":"${id}","agentType":"Explore"},`;
  say(
    parent,
    "user",
    `${result}"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"${call}","content":"Found."}]}`,
  );
}

/** Prompts, each with some calls. */
function work(thread: Thread, requests: number, ledger: Ledger): void {
  const { chance } = thread;
  const context = new Context(20_000);
  for (let i = 0; i < requests; i++) {
    if (i % 12 === 0) {
      thread.at += chance.skewed(10_000, 1_500_000);
      say(
        thread,
        "user",
        `"promptId":"${uuid(chance)}","message":{"role":"user","content":"Now part ${i}."}`,
      );
    }
    const call = apiId(chance, "toolu");
    const block = `{"type":"tool_use","id":"${call}","name":"${chance.pick(TOOLS)}","input":{}}`;
    say(thread, "assistant", answer(thread, block, context, ledger));
    say(
      thread,
      "user",
      `"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"${call}","content":"Done."}]}`,
    );
    context.grow(chance.skewed(100, 4000));
  }
}

function answer({ chance, at, model }: Thread, block: string, context: Context, ledger: Ledger): string {
  const { id, requestId } = newIds(chance);
  const tokens = context.read(at, "5m", chance.skewed(1, 500), chance.skewed(50, 3000));
  ledger.add(model, tokens);
  const usage = usageOf({ tokens, thinking: 0 });
  return `"requestId":"${requestId}","message":{"id":"${id}","type":"message","role":"assistant","model":"${model}","content":[${block}],"stop_reason":"tool_use","usage":${usage}}`;
}

function say(thread: Thread, type: "user" | "assistant", what: string): void {
  const { chance, file, said } = thread;
  thread.at += chance.skewed(200, 20_000);
  const when = `"timestamp":"${new Date(thread.at).toISOString()}"`;
  file.line([`{"type":"${type}",${said},"uuid":"${uuid(chance)}",${when},${what}}`]);
}
