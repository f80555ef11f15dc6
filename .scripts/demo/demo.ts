import { atlasDocs } from "./projects/atlas-docs.ts";
import { checkoutApi } from "./projects/checkout-api.ts";
import { ingest } from "./projects/ingest.ts";
import type { DemoFile } from "./scope.ts";
import { blankLines } from "./sessions/blank-lines.ts";
import { flakyCheckout } from "./sessions/flaky-checkout.ts";
import { rateLimits } from "./sessions/rate-limits.ts";
import { renameBasket } from "./sessions/rename-basket.ts";
import { slowBuild } from "./sessions/slow-build.ts";
import { streamImporter } from "./sessions/stream-importer.ts";
import { webhookDocs } from "./sessions/webhook-docs.ts";

/** All files of the demo, in paths below `projects/`; sessions of a project follow each other in time. */
export function demoFiles(): DemoFile[] {
  const [shop, importer, docs] = [checkoutApi(), ingest(), atlasDocs()];
  return [
    renameBasket(shop),
    streamImporter(importer),
    slowBuild(docs),
    webhookDocs(docs),
    blankLines(importer),
    flakyCheckout(shop),
    rateLimits(shop),
  ].flat();
}
