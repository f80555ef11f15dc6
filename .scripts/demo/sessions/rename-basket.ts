import { bash, commit, rewrite } from "../bash.ts";
import { say } from "../blocks.ts";
import type { Project } from "../project.ts";
import type { DemoFile } from "../scope.ts";
import { Session } from "../session.ts";
import { edit, editAll, read } from "../tools.ts";

/** A cheap routine job: one word for one thing. */
export function renameBasket(project: Project): DemoFile[] {
  const s = new Session({
    project,
    seed: 1112,
    start: "2026-11-12T10:21:40Z",
    model: "sonnet 5.5",
    title: "Rename Basket to Cart",
  });

  s.prompt("The shop calls it a cart everywhere, we call it Basket. Rename it, including variables.");
  s.reply(read("src/cart.ts"), read("src/checkout.ts"));
  s.reply(edit("src/cart.ts", "export class Basket {", "export class Cart {"));
  s.reply(editAll("src/checkout.ts", "Basket", "Cart"));
  s.reply(
    rewrite(
      "sed -i 's/Basket/Cart/g; s/basket/cart/g' src/server.ts src/checkout.ts src/checkout.test.ts",
      "Rename the rest, variables too",
      ["src/server.ts", "src/checkout.ts", "src/checkout.test.ts"],
      text => text.replaceAll("Basket", "Cart").replaceAll("basket", "cart"),
    ),
  );
  s.reply(bash("npx tsc --noEmit && npx vitest run", "Check types and run tests", passed, { ms: 4_870 }));
  s.reply(say("`Basket` is `Cart` in all four files, variables too. Types and tests are fine."));

  s.wait(128);
  s.prompt("commit");
  s.reply(commit("Rename Basket to Cart"));
  s.reply(say("Committed on main."));
  return s.quit();
}

const passed = ` RUN  v4.1.12 /home/sam/dev/checkout-api

 ✓ src/checkout.test.ts (2 tests) 24ms

 Test Files  1 passed (1)
      Tests  2 passed (2)`;
