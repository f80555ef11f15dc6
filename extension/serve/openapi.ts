import type { Described } from "./route.ts";
import type { Schema } from "./schema.ts";

const PARAMS: Record<string, string> = {
  id: "A session's id.",
  step: "A step's id.",
  name: "A rule's name.",
};
const ERROR = { type: "object", properties: { error: { type: "string" } }, required: ["error"] };
const REFUSALS = {
  400: "invalid",
  401: "token",
  403: "stranger",
  404: "unknown",
  409: "settled",
  413: "size",
  429: "rate",
};

/** The OpenAPI document of some routes. */
export function describe(routes: Described[]): object {
  const paths: Record<string, object> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Agent Trace",
      version: "1",
      description: "What Claude Code did, as this machine's recorder knows it.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "What stands in the file `token` of the data folder.",
        },
      },
      responses: {
        invalid: refusal("Something in the request is not as described here."),
        token: refusal("The token is missing or wrong."),
        stranger: refusal("Only programs on this machine are served, no web pages."),
        unknown: refusal("What is asked for is not known."),
        settled: refusal("The settings of VS Code say it, and it can be changed there only."),
        size: refusal("The body is too large."),
        rate: refusal("Too much was asked in too short a time; Retry-After says when to go on."),
      },
    },
  };
}

function operation({ path, does, query, body, answers, type = "application/json", open }: Described): object {
  const parameters = [...inPath(path), ...inQuery(query)];
  return {
    summary: does,
    ...(open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: {
      200: { description: answers, content: { [type]: {} } },
      ...Object.fromEntries(
        Object.entries(REFUSALS).map(([status, name]) => [
          status,
          { $ref: `#/components/responses/${name}` },
        ]),
      ),
    },
  };
}

function inPath(path: string): object[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => ({
    ...{ name, in: "path", required: true, description: PARAMS[name] ?? "" },
    schema: { type: "string" },
  }));
}

function inQuery({ properties = {}, required = [] }: Partial<Schema> = {}): object[] {
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    ...{ name, in: "query", required: required.includes(name), schema },
    ...(description !== undefined && { description }),
  }));
}

function refusal(description: string): object {
  return { description, content: { "application/json": { schema: ERROR } } };
}
