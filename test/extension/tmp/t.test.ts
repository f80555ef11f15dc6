import { test } from "vitest";
import { cutPowerWhileWriting } from "./power.ts";
test("x", async () => { for (let i = 1; i <= 12; i++) console.log(i, JSON.stringify(await cutPowerWhileWriting(60))); }, 400000);
