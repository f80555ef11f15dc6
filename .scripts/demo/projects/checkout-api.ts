import { Project } from "../project.ts";

const cart = `export type Line = { sku: string; price: number; count: number };

/** What a customer is about to buy. Prices are cents. */
export class Basket {
  readonly lines: Line[] = [];

  add(line: Line): void {
    const known = this.lines.find(other => other.sku === line.sku);
    if (known) known.count += line.count;
    else this.lines.push({ ...line });
  }

  get total(): number {
    return this.lines.reduce((sum, line) => sum + line.price * line.count, 0);
  }
}
`;

const gateway = `export type Receipt = { id: string; amount: number };

/** Takes money from a customer. */
export interface Gateway {
  charge(amount: number): Promise<Receipt>;
}

/** The payment provider. */
export class HttpGateway implements Gateway {
  constructor(readonly url: string) {}

  async charge(amount: number): Promise<Receipt> {
    const body = JSON.stringify({ amount });
    const response = await fetch(this.url + "/charges", { method: "POST", body });
    if (!response.ok) throw new Error("charge refused: " + response.status);
    return (await response.json()) as Receipt;
  }
}
`;

const checkout = `import type { Basket } from "./cart";
import type { Gateway, Receipt } from "./gateway";

/** Turns a basket into one charge, however often it is submitted. */
export class Checkout {
  private receipt?: Receipt;

  constructor(private readonly gateway: Gateway) {}

  async submit(basket: Basket): Promise<Receipt> {
    if (this.receipt) return this.receipt;
    this.receipt = await this.gateway.charge(basket.total);
    return this.receipt;
  }
}
`;

const checkoutTest = `import { expect, test } from "vitest";
import { Basket } from "./cart";
import { Checkout } from "./checkout";
import type { Gateway, Receipt } from "./gateway";

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Answers after up to 10 ms, as the provider does on a good day. */
class FakeGateway implements Gateway {
  charges = 0;

  async charge(amount: number): Promise<Receipt> {
    await pause(Math.random() * 10);
    this.charges += 1;
    return { id: "r" + this.charges, amount };
  }
}

function basketOf(price: number): Basket {
  const basket = new Basket();
  basket.add({ sku: "mug", price, count: 2 });
  return basket;
}

test("charges the total", async () => {
  const receipt = await new Checkout(new FakeGateway()).submit(basketOf(450));
  expect(receipt.amount).toBe(900);
});

test("charges once when the button is pressed twice", async () => {
  const gateway = new FakeGateway();
  const checkout = new Checkout(gateway);
  const first = checkout.submit(basketOf(450));
  await pause(8);
  await Promise.all([first, checkout.submit(basketOf(450))]);
  expect(gateway.charges).toBe(1);
});
`;

const server = `import { createServer } from "node:http";
import { Basket } from "./cart";
import { Checkout } from "./checkout";
import { HttpGateway } from "./gateway";

const gateway = new HttpGateway(process.env.GATEWAY_URL ?? "http://localhost:9000");
const baskets = new Map<string, Basket>();
const checkouts = new Map<string, Checkout>();

function obtain<T>(map: Map<string, T>, customer: string, create: () => T): T {
  const known = map.get(customer) ?? create();
  map.set(customer, known);
  return known;
}

export const server = createServer(async (request, response) => {
  const customer = String(request.headers["x-customer"] ?? "");
  if (request.method === "POST" && request.url === "/checkout") {
    const basket = obtain(baskets, customer, () => new Basket());
    const checkout = obtain(checkouts, customer, () => new Checkout(gateway));
    const receipt = await checkout.submit(basket);
    response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify(receipt));
    return;
  }
  response.writeHead(404).end();
});
`;

const packageJson = `{
  "name": "checkout-api",
  "version": "2.3.1",
  "type": "module",
  "scripts": {
    "test": "vitest run",
    "load": "node scripts/load.mjs"
  },
  "devDependencies": {
    "typescript": "5.9.3",
    "vitest": "4.1.12"
  }
}
`;

const changelog = `# Changelog

## 2.3.1 - 2026-11-03

- Receipts carry the amount in cents.

## 2.3.0 - 2026-10-20

- Lines of the same article are merged.
`;

/** A small shop service in TypeScript. */
export function checkoutApi(): Project {
  return new Project("checkout-api", 38_200, {
    "package.json": packageJson,
    "CHANGELOG.md": changelog,
    "src/cart.ts": cart,
    "src/checkout.ts": checkout,
    "src/checkout.test.ts": checkoutTest,
    "src/gateway.ts": gateway,
    "src/server.ts": server,
  });
}
