import type { AlertRule, AlertSecrets, AlertsWanted } from "../alert.ts";
import type { Way } from "../alerts/deliveries.ts";
import { done } from "./done.ts";
import type { Asked, Route } from "./route.ts";
import * as schemas from "./schemas.ts";

type OfRule = Asked & { params: { name: string } };

/** What can be asked about alerts. */
export const ALERT_ROUTES: Route[] = [
  {
    ...{ method: "GET", path: "/api/alerts" },
    does: "Tells when something is told of.",
    answers: "The rules, and whether the settings of VS Code say them or what was put here.",
    handle: ({ api }) => api.alerts.rules(),
  },
  {
    ...{ method: "PUT", path: "/api/alerts/:name" },
    does: "Puts a rule here, where no VS Code records: there its settings say the rules.",
    body: schemas.ALERT_RULE,
    answers: "Nothing; it holds from now on.",
    handle: ({ api }, { params, body }: OfRule & { body: AlertRule }) =>
      done(api.alerts.put({ ...body, name: params.name })),
  },
  {
    ...{ method: "DELETE", path: "/api/alerts/:name" },
    does: "Takes away a rule that was put here.",
    answers: "Nothing; it does not hold any more.",
    handle: ({ api }, { params }: OfRule) => done(api.alerts.remove(params.name)),
  },
  {
    ...{ method: "GET", path: "/api/alerts/history" },
    does: "Tells what was told of, the last one first.",
    query: schemas.ALERTS,
    answers: "Alerts, and whether they arrived.",
    handle: ({ api }, { query }: Asked & { query: AlertsWanted }) => api.alerts.history(query),
  },
  {
    ...{ method: "POST", path: "/api/alerts/test" },
    does: "Sends a test by webhook or mail, once.",
    body: schemas.ALERT_TEST,
    answers: "Nothing; it arrived.",
    handle: ({ api }, { body }: Asked & { body: { way: Way } }) => done(api.alerts.test(body.way)),
  },
  {
    ...{ method: "POST", path: "/api/alerts/secrets" },
    does: "Tells the recorder what signs webhooks, and the password for mails; kept in memory only.",
    body: schemas.ALERT_SECRETS,
    answers: "Nothing.",
    handle: ({ api }, { body }: Asked & { body: AlertSecrets }) => done(api.alerts.entrust(body)),
  },
];
