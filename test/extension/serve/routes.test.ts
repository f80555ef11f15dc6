import { expect, test } from "vitest";
import { OTLP_ROUTES } from "../../../extension/serve/otlp.ts";
import { ROUTES } from "../../../extension/serve/routes.ts";
import { headers, serving } from "./serving.ts";

interface Operation {
  summary: string;
  parameters?: { name: string; in: string; required: boolean; schema: object; description?: string }[];
  requestBody?: { required: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { description?: string; $ref?: string }>;
  security?: object[];
}

interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, object>>;
}

async function documentOf(serve: ReturnType<typeof serving>): Promise<Document> {
  return (await serve.server.inject({ url: "/api/openapi.json", headers })).json();
}

/** The paths that a server has, as it prints them in a tree. */
function registered(printed: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const line of printed.split("\n")) {
    const [, indent = "", rest = ""] = /^([│ ]*)(?:[├└]── )(.*)$/.exec(line) ?? [];
    if (rest === "") continue;
    const depth = indent.length / 4;
    const [, part = "", methods] = /^(.*?)(?: \(([A-Z, ]+)\))?$/.exec(rest) ?? [];
    open.splice(depth, Number.POSITIVE_INFINITY, part);
    for (const method of methods?.split(", ") ?? []) found.push(`${method} ${open.join("")}`);
  }
  return found.sort();
}

test("every route is described, and every description has a route", async () => {
  await using serve = serving();
  const { paths } = await documentOf(serve);
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
  );
  expect(described.sort()).toEqual(registered(serve.server.printRoutes()));
  expect(described).toHaveLength(ROUTES.length + OTLP_ROUTES.length);
});

test("a route that nobody described would be found", async () => {
  await using serve = serving();
  serve.server.get("/api/sessions/:id/secret", () => 1);
  await serve.server.ready();
  expect(registered(serve.server.printRoutes())).toContain("GET /api/sessions/:id/secret");
});

test("the description is an OpenAPI document", async () => {
  await using serve = serving();
  const { openapi, info, paths, components } = await documentOf(serve);
  expect([openapi, info.title, info.version]).toEqual(["3.1.0", "Agent Trace", "1"]);
  const refs = Object.keys(components.responses ?? {}).map(name => `#/components/responses/${name}`);
  for (const [path, methods] of Object.entries(paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { summary, parameters = [], requestBody, responses } of Object.values(methods)) {
      expect(summary).toMatch(/^[A-Z].*\.$/);
      expect(parameters.filter(({ in: where }) => where === "path").map(({ name }) => name)).toEqual(inPath);
      for (const one of parameters) {
        expect(["path", "query"]).toContain(one.in);
        expect(one).toMatchObject({ required: expect.any(Boolean), schema: { type: expect.anything() } });
        expect([path, one.name, one.description]).toEqual([path, one.name, expect.stringMatching(/\.$/)]);
      }
      if (requestBody)
        expect(requestBody.content["application/json"]?.schema).toMatchObject({ type: "object" });
      expect(responses["200"]?.description).toBeTruthy();
      for (const { description, $ref } of Object.values(responses))
        expect(description !== undefined || refs.includes($ref ?? "")).toBe(true);
    }
  }
});

test("only health is open, and says so", async () => {
  await using serve = serving();
  const { paths } = await documentOf(serve);
  const open = Object.entries(paths).filter(([, methods]) =>
    Object.values(methods).some(one => one.security),
  );
  expect(open.map(([path]) => path)).toEqual(["/health"]);
});
