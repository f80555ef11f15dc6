import { cyan, green, grey, red } from "../terminal.ts";

/** The class before empty carts are refused. */
export const withoutEmpty = `/** Turns a cart into one charge, however often it is submitted. */
export class Checkout {
  private pending?: Promise<Receipt>;

  constructor(private readonly gateway: Gateway) {}

  async submit(cart: Cart): Promise<Receipt> {
`;

/** The class that refuses empty carts. */
export const withEmpty = `/** There is nothing to charge for. */
export class EmptyCartError extends Error {
  override name = "EmptyCartError";
}

${withoutEmpty}    if (cart.lines.length === 0) throw new EmptyCartError();
`;

/** Where submit is called. */
export const callers = `src/server.ts:21:    const receipt = await checkout.submit(cart);
src/checkout.ts:10:  async submit(cart: Cart): Promise<Receipt> {
src/checkout.test.ts:26:  const receipt = await new Checkout(new FakeGateway()).submit(cartOf(450));
src/checkout.test.ts:33:  const first = checkout.submit(cartOf(450));
src/checkout.test.ts:35:  await Promise.all([first, checkout.submit(cartOf(450))]);`;

const twice = (
  ms: number,
  received: number,
) => ` ${red("❯")} src/checkout.test.ts ${grey("(2 tests | ")}${red("1 failed")}${grey(")")} ${ms}ms
   ${green("✓")} charges the total
   ${red("×")} charges once when the button is pressed twice ${grey(`${ms - 6}ms`)}

${red("AssertionError: expected 2 to be 1")}
   ${green("- Expected  1")}
   ${red(`+ Received  ${received}`)}
 ${cyan("❯ src/checkout.test.ts:36:27")}

 Tests  ${red("1 failed")} | ${green("1 passed")} (2)`;

/** The test fails in the fourth run. */
export const chargedTwice = ` ✓ src/checkout.test.ts (2 tests) 22ms
 ✓ src/checkout.test.ts (2 tests) 19ms
 ✓ src/checkout.test.ts (2 tests) 24ms
${twice(31, 2)}`;

/** The test fails again, now more often. */
export const stillTwice = twice(27, 2);

/** All twenty runs pass. */
export const twentyTimes = "20";

/** Three tests for empty carts. */
export const emptyCarts = `
test("refuses an empty cart", async () => {
  await expect(new Checkout(new FakeGateway()).submit(new Cart())).rejects.toThrow(EmptyCartError);
});

test("does not ask the gateway for an empty cart", async () => {
  const gateway = new FakeGateway();
  await new Checkout(gateway).submit(new Cart()).catch(() => {});
  expect(gateway.charges).toBe(0);
});

test("can be submitted once the cart has a line", async () => {
  const gateway = new FakeGateway();
  const checkout = new Checkout(gateway);
  const cart = new Cart();
  await expect(checkout.submit(cart)).rejects.toThrow(EmptyCartError);
  cart.add({ sku: "mug", price: 450, count: 1 });
    await checkout.submit(cart);
  expect(gateway.charges).toBe(1);
});
`;

/** The tests of the checkout pass. */
export const fivePassed = ` ✓ src/checkout.test.ts (5 tests) 41ms

 Tests  5 passed (5)`;

/** All tests pass. */
export const everything = ` ${green("✓")} src/checkout.test.ts ${grey("(5 tests)")} 39ms
 ${green("✓")} src/cart.test.ts ${grey("(6 tests)")} 4ms
 ${green("✓")} src/server.test.ts ${grey("(8 tests)")} 212ms

 Test Files  ${green("3 passed")} (3)
      Tests  ${green("19 passed")} (19)
   Duration  2.41s`;
