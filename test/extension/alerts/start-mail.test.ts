import { expect, test } from "vitest";
import { type Mailer, mailerOf } from "../../../extension/alerts/start-mail.ts";

test.each<[string, Partial<Mailer>]>([
  ["smtps://mail.example.org", { host: "mail.example.org", port: 465, secure: true, requireTLS: false }],
  ["smtp://mail.example.org", { port: 587, secure: false, requireTLS: true }],
  ["smtp://mail.example.org:25", { port: 25, secure: false, requireTLS: true }],
  ["smtp://localhost:1025", { port: 1025, secure: false, requireTLS: false }],
  ["smtp://[::1]:1025", { host: "::1", requireTLS: false }],
  ["smtp://127.0.0.1.example.org", { requireTLS: true }],
  ["smtps://me%40example.org@mail.example.org", { auth: { user: "me@example.org", pass: "right" } }],
])("%s is reached encrypted, unless it is on this machine", (server, mailer) => {
  expect(mailerOf(server, "right")).toMatchObject(mailer);
});
