import type { CompareHost } from "../extension/pages.ts";
import { host } from "./host.ts";

/** The extension behind the comparison's page. */
export const compareHost = host as unknown as CompareHost;
