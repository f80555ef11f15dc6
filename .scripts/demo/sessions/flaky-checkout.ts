import { agent } from "../agent.ts";
import { bash, commit } from "../bash.ts";
import { say, think } from "../blocks.ts";
import type { Project } from "../project.ts";
import type { DemoFile } from "../scope.ts";
import { Session } from "../session.ts";
import { edit, read } from "../tools.ts";
import * as text from "./flaky-checkout-text.ts";

const loop = "for i in $(seq 20); do npx vitest run checkout || exit 1; done";
const quietLoop = "for i in $(seq 20); do npx vitest run checkout >/dev/null && echo ok; done | wc -l";

/** The showpiece: a bug is found, a first fix fails, a second one holds, a sub-agent writes the tests. */
export function flakyCheckout(project: Project): DemoFile[] {
  const s = new Session({
    project,
    seed: 1120,
    start: "2026-11-20T14:02:11Z",
    model: "opus 5.5",
    title: "Fix the flaky checkout test",
  });
  explain(s);
  fix(s);
  commitBoth(s);
  changelog(s);
  return s.quit();
}

function explain(s: Session): void {
  s.prompt("why does checkout.test.ts fail in about one run out of five?");
  s.reply(
    think(
      "One in five sounds like timing. The test presses the button twice, so I look at both sides.",
      1_900,
    ),
    read("src/checkout.ts"),
    read("src/checkout.test.ts"),
  );
  s.reply(bash('rg -n "submit\\(" src', "Find callers of submit", text.callers));
  s.reply(bash(loop, "Run the test until it fails", text.chargedTwice, { ms: 8_240, exit: 1 }));
  s.reply(
    think(
      "submit() notes the receipt only after the charge came back. The fake needs up to 10 ms and the second press comes after 8, so two runs in ten see no receipt yet.",
      4_200,
    ),
    say(
      "It is not the test, it is `submit()`. It remembers the receipt only after the charge has come back; a second press while the first charge is still on its way finds nothing and charges again. The fake gateway takes 0 to 10 ms and the test presses again after 8, hence one run in five. In production the provider is slower, so it happens more often there.",
    ),
  );
}

function fix(s: Session): void {
  s.wait(141);
  s.prompt("Fix it and add a test for empty carts. Keep the public API as it is.");
  s.reply(
    think("Remember the promise instead of the receipt, and forget it when it settles.", 3_100),
    edit(
      "src/checkout.ts",
      `  private receipt?: Receipt;

  constructor(private readonly gateway: Gateway) {}

  async submit(cart: Cart): Promise<Receipt> {
    if (this.receipt) return this.receipt;
    this.receipt = await this.gateway.charge(cart.total);
    return this.receipt;
  }`,
      `  private pending?: Promise<Receipt>;

  constructor(private readonly gateway: Gateway) {}

  async submit(cart: Cart): Promise<Receipt> {
    if (this.pending) return this.pending;
    this.pending = this.gateway.charge(cart.total);
    return this.pending.finally(() => (this.pending = undefined));
  }`,
    ),
  );
  s.reply(bash("npx vitest run checkout", "Run the checkout tests", text.stillTwice, { ms: 2_310, exit: 1 }));
  s.reply(
    think(
      "Of course: a charge that is back within 8 ms is forgotten before the second press. Only a failure may be forgotten.",
      3_800,
    ),
    say("My fix forgets a charge that succeeded quickly. Only a refused one may be tried again."),
    edit(
      "src/checkout.ts",
      `    if (this.pending) return this.pending;
    this.pending = this.gateway.charge(cart.total);
    return this.pending.finally(() => (this.pending = undefined));`,
      `    this.pending ??= this.gateway.charge(cart.total).catch(error => {
      // a refused charge may be tried again
      this.pending = undefined;
      throw error;
    });
    return this.pending;`,
    ),
  );
  s.reply(bash(quietLoop, "Count passing runs out of twenty", text.twentyTimes, { ms: 31_700 }));
  s.reply(edit("src/checkout.ts", text.withoutEmpty, text.withEmpty));
  s.reply(emptyCartTests());
  s.reply(
    say(
      "Double submits now share one pending charge, and a refused charge can be tried again; `submit()` keeps its signature. An empty cart is refused with `EmptyCartError` before the gateway is asked. 20 of 20 runs pass, and three tests cover empty carts.",
    ),
  );
}

function emptyCartTests() {
  const job = {
    type: "test-writer",
    builtIn: false,
    model: "haiku 4.5",
    description: "Test empty carts",
    prompt:
      "Add tests for empty carts to src/checkout.test.ts: submit() rejects with EmptyCartError, the gateway is not asked, and the same Checkout works once the cart has a line. Run them.",
  } as const;
  return agent(job, helper => {
    helper.reply(read("src/checkout.test.ts"), read("src/checkout.ts"));
    helper.reply(
      edit(
        "src/checkout.test.ts",
        `import { Checkout } from "./checkout";`,
        `import { Checkout, EmptyCartError } from "./checkout";`,
      ),
      edit(
        "src/checkout.test.ts",
        `  expect(gateway.charges).toBe(1);\n});\n`,
        `  expect(gateway.charges).toBe(1);\n});\n${text.emptyCarts}`,
      ),
    );

    helper.reply(bash("npx vitest run checkout", "Run the checkout tests", text.fivePassed, { ms: 2_050 }));
    helper.reply(
      say("Added three tests for empty carts to `src/checkout.test.ts`. All five tests of the file pass."),
    );
  });
}

function commitBoth(s: Session): void {
  s.wait(76);
  s.prompt("run everything, then commit the fix and the tests separately");
  s.reply(
    bash("npm test", "Run all tests", text.everything, { ms: 6_420 }),
    bash("npx tsc --noEmit", "Check types", "", { ms: 3_890 }),
  );
  s.reply(commit("Charge once when checkout is submitted twice", "src/checkout.ts"));
  s.reply(commit("Test checkout of empty carts", "src/checkout.test.ts"));
  s.reply(say("Everything passes. Two commits on main: the fix, then the tests."));
}

function changelog(s: Session): void {
  s.wait(94);
  s.prompt("write the changelog entry");
  s.reply(read("CHANGELOG.md"));
  s.reply(
    edit(
      "CHANGELOG.md",
      `# Changelog
`,
      `# Changelog

## Unreleased

- A cart that is submitted twice is charged once, also while the first charge
  is still on its way.
- An empty cart is refused with \`EmptyCartError\`.
`,
    ),
  );
  s.reply(say("Two lines under “Unreleased”. I did not commit them."));
}
