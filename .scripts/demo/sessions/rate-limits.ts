import { bash, forbidden } from "../bash.ts";
import { say, think } from "../blocks.ts";
import type { Project } from "../project.ts";
import type { DemoFile } from "../scope.ts";
import { Session } from "../session.ts";
import { edit, read, write } from "../tools.ts";

/** Still going on: a command was refused, an answer was stopped, and now a call waits for the developer. */
export function rateLimits(project: Project): DemoFile[] {
  const s = new Session({
    project,
    seed: 1121,
    start: "2026-11-20T16:31:05Z",
    model: "sonnet 5.5",
    title: "Add rate limits",
    permissionMode: "default",
  });

  s.prompt("Add a rate limit to POST /checkout: 10 a minute per customer, then 429 with Retry-After.");
  s.reply(read("src/server.ts"));
  s.reply(forbidden("npm install rate-limiter-flexible", "Install a rate limiter"));
  s.reply(
    think("Installing is not allowed. A sliding window for one process is twenty lines.", 380),
    say("Installing packages is not allowed here, so I write a small sliding window."),
    write("src/rate-limit.ts", rateLimit),
  );
  s.interrupt(
    "Next I move all routes into a middleware stack, so that every one of them can have its own limit. First the",
  );

  s.wait(21);
  s.prompt("no middleware stack please, only this one route");
  s.reply(
    write("src/server.ts", limited(project.read("src/server.ts"))),
    write("src/rate-limit.test.ts", rateLimitTest),
  );
  s.reply(bash("npx vitest run rate-limit", "Run the new tests", keepsWaiting, { ms: 9_600, exit: 1 }));
  s.reply(
    think(
      "Refused calls are noted as well, so whoever keeps knocking never gets in. Only accepted ones may count.",
      290,
    ),
    edit(
      "src/rate-limit.ts",
      `    recent.push(now);
    this.calls.set(key, recent);
    return recent.length > this.max ? (recent[0] ?? now) + this.windowMs - now : 0;`,
      `    this.calls.set(key, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= this.max) return oldest + this.windowMs - now;
    recent.push(now);
    return 0;`,
    ),
  );
  s.reply(bash("npx vitest run rate-limit", "Run the new tests", threePass, { ms: 2_140 }));
  s.pend(
    "2026-11-20T16:40:00Z",
    say("The tests pass. I would like to see it under load."),
    bash("npm run load -- --rate 50 --seconds 30", "Send 50 checkouts a second", ""),
  );
  return s.files;
}

const limited = (server: string) =>
  server
    .replace(
      `import { HttpGateway } from "./gateway";
`,
      `import { HttpGateway } from "./gateway";
import { RateLimit } from "./rate-limit";
`,
    )
    .replace(
      `localhost:9000");
`,
      `localhost:9000");
const limit = new RateLimit(10, 60_000);
`,
    )
    .replace(
      `request.url === "/checkout") {
`,
      `request.url === "/checkout") {
    const wait = limit.take(customer);
    if (wait > 0) {
      response.writeHead(429, { "retry-after": String(Math.ceil(wait / 1000)) }).end();
      return;
    }
`,
    );

const rateLimit = `/** Lets each key through a few times in any span of time. */
export class RateLimit {
  private readonly calls = new Map<string, number[]>();

  constructor(
    private readonly max: number,
    private readonly windowMs: number,
  ) {}

  /** Milliseconds to wait; 0 means go ahead. */
  take(key: string, now = Date.now()): number {
    const recent = (this.calls.get(key) ?? []).filter(time => time > now - this.windowMs);
    recent.push(now);
    this.calls.set(key, recent);
    return recent.length > this.max ? (recent[0] ?? now) + this.windowMs - now : 0;
  }
}
`;

const rateLimitTest = `import { expect, test } from "vitest";
import { RateLimit } from "./rate-limit";

test("lets the first calls through", () => {
  const limit = new RateLimit(2, 1000);
  expect([limit.take("a", 0), limit.take("a", 10)]).toEqual([0, 0]);
});

test("says how long to wait", () => {
  const limit = new RateLimit(2, 1000);
  limit.take("a", 0);
  limit.take("a", 10);
  expect(limit.take("a", 400)).toBe(600);
  expect(limit.take("b", 400)).toBe(0);
});

test("refused calls do not make the wait longer", () => {
  const limit = new RateLimit(1, 1000);
  limit.take("a", 0);
  limit.take("a", 900);
  expect(limit.take("a", 1000)).toBe(0);
});
`;

const keepsWaiting = ` ❯ src/rate-limit.test.ts (3 tests | 1 failed) 9ms
   × refused calls do not make the wait longer 4ms

AssertionError: expected 900 to be +0
   - Expected  0
   + Received  900
 ❯ src/rate-limit.test.ts:21:33

 Tests  1 failed | 2 passed (3)`;

const threePass = ` ✓ src/rate-limit.test.ts (3 tests) 5ms

 Tests  3 passed (3)`;
