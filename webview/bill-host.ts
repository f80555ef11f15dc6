import type { BillHost } from "../extension/bill-host.ts";
import { host } from "./host.ts";

/** The extension behind the bill's page. */
export const billHost = host as unknown as BillHost;
