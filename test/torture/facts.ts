import type { Fact } from "../../extension/clean/facts.ts";
import type { Engine } from "../../extension/db/engine.ts";

/** What one commit writes, different for each `n`: several tables, the sums, the index, and pages of content. */
export function someFacts(n: number): Fact[] {
  const session = `session-${n % 11}`;
  const told = { session, at: 1_790_000_000_000 + n * 1000 };
  const text = `commit number${n} ${"lorem ipsum ".repeat((n * 7919) % 400)}`;
  return [
    { kind: "session", ...told, project: `/project-${n % 3}` },
    { kind: "prompt", ...told, id: `prompt-${n}`, rank: 0 },
    { kind: "step", type: "tool", ...told, id: `step-${n}`, name: "Bash", spot: { offset: n, length: 10 } },
    { kind: "content", ...told, of: "prompt", owner: `prompt-${n}`, tier: 2, text },
  ];
}

/** What is wrong with a store that had `acked` commits: nothing, damage, commits that were lost or came in part. */
export function whatIsWrong(db: Engine, acked: number): "damaged" | "lost" | "partial" | undefined {
  const [check] = db.all<{ integrity_check: string }>("pragma integrity_check");
  if (check?.integrity_check !== "ok") return "damaged";
  const count = (from: string) => db.get<{ n: number }>(`select count(*) as n from ${from}`)?.n;
  const steps = count("step") ?? 0;
  if (steps < acked) return "lost";
  const sums = db.get<{ n: number | null }>("select sum(steps) as n from total")?.n ?? 0;
  const days = db.get<{ n: number | null }>("select sum(steps) as n from daily")?.n ?? 0;
  const cursor = db.get<{ cursor: number }>("select cursor from source")?.cursor ?? 0;
  const whole = [count("prompt"), count("content"), sums, days, cursor].every(n => n === steps);
  return whole ? undefined : "partial";
}
