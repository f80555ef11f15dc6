import { expect, test } from "vitest";
import { Redactor } from "../../../extension/clean/redact.ts";

const redact = (text: string) => new Redactor().redact(text);

const password = "S3cr!t_9x";
const weak = "hunter2";
const token = "kX93jdL20sPq71Zm";

/** A text, the secret in it, and what it is called. */
const NAMED: [text: string, secret: string, kind: string][] = [
  [`{"password":"${password}"}`, password, "password"],
  [`{"user":"a","password": "${weak}", "age": 3}`, weak, "password"],
  [`password: '${weak}'`, weak, "password"],
  [`password: ${weak}\n`, weak, "password"],
  [`  db_password: ${password}\r\n  next: 1`, password, "password"],
  [`DB_PASSWORD=${password}\r\nB=1`, password, "password"],
  ["DB_PASSWORD=Xk9#mP$2vL&q8(z;w\nB=1", "Xk9#mP$2vL&q8(z;w", "password"],
  [`+DB_PASS=${weak}\n`, weak, "password"],
  [`-  password = "${password}"`, password, "password"],
  [`mysql --password ${weak} -u root`, weak, "password"],
  [`mysql --password=${weak} -u root`, weak, "password"],
  [`mysql -u root -p${weak} shop`, weak, "password"],
  [`sshpass -p ${weak} ssh host`, weak, "password"],
  [`curl -s -u admin:${weak} https://example.com`, weak, "password"],
  [`curl -s \\\n  -u admin:${weak} https://example.com`, weak, "password"],
  [`login --password foo`, "foo", "password"],
  [`the password is ${weak}, keep it`, weak, "password"],
  [`<password>${weak}</password>`, weak, "password"],
  [`postgres://rig:${password}@db.example.com:5432/app`, password, "password"],
  [`redis://:${weak}@localhost:6379`, weak, "password"],
  [`mongodb+srv://me:p@ss@cluster.example.com/x`, "p@ss", "password"],
  [`git clone https://x-access-token:${token}@example.com/a.git`, token, "password"],
  [`jdbc:sqlserver://db;user=sa;password=${password};encrypt=true`, password, "password"],
  [`passphrase: "correct-horse"`, "correct-horse", "password"],
  [`{"api_key": "${token}"}`, token, "token"],
  [`{"apiKey":"${token}","n":1}`, token, "token"],
  [`{'client_secret': '${token}'}`, token, "token"],
  [`const token = "${token}";`, token, "token"],
  [`export TOKEN=${token}`, token, "token"],
  [`export JWT_SECRET="supersecretvalue"`, "supersecretvalue", "token"],
  [
    `AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCY${"RIGEXAMPLE"}`,
    `wJalrXUtnFEMI/K7MDENG/bPxRfiCY${"RIGEXAMPLE"}`,
    "token",
  ],
  [`AccountName=a;AccountKey=${token}${token}==;Suffix=x`, `${token}${token}==`, "token"],
  [`//registry.example.com/:_authToken=${token}`, token, "token"],
  [`deploy --token ${token} --now`, token, "token"],
  [`curl -H 'Authorization: Bearer ${token}' x`, token, "token"],
  [`curl -H "X-Api-Key: ${token}" x`, token, "token"],
  [`Authorization: Basic dXNlcjpwYXNz`, "dXNlcjpwYXNz", "token"],
  [`authorization: token ${token}`, token, "token"],
  [`{"Authorization":"Bearer ${token}"}`, token, "token"],
  [`GET /a?access_token=${token}&page=2`, token, "token"],
  [`Use Bearer ${token}.`, token, "token"],
  [`secret_token: 0f8b2c1d-93aa-4c1e-9d7b-3f1c5a7e2b90`, "0f8b2c1d-93aa-4c1e-9d7b-3f1c5a7e2b90", "token"],
];

test.each(NAMED)("%j loses only its secret", (text, secret, kind) => {
  const wraps = [
    (whole: string) => whole,
    (whole: string) => JSON.stringify({ a: whole, b: [1] }),
    (whole: string) => JSON.stringify({ a: JSON.stringify({ b: `x\n${whole}` }), c: `${whole}\n` }),
  ];
  for (const wrap of wraps) {
    const clean = redact(wrap(text));
    expect(clean).toBe(wrap(text.replace(secret, `[redacted: ${kind}]`)));
    expect(redact(clean)).toBe(clean);
  }
});

test.each([
  ["a number, which needs quotes then", '{"password": 12345678}', '{"password": "[redacted: password]"}'],
  ["quotes in it", JSON.stringify({ password: 'a"b\\c9' }), '{"password":"[redacted: password]"}'],
  [
    "quotes in it, in JSON in JSON",
    JSON.stringify({ a: JSON.stringify({ password: 'a"b\\c9\n' }), b: 1 }),
    JSON.stringify({ a: JSON.stringify({ password: "[redacted: password]" }), b: 1 }),
  ],
  [
    "a quote that is never closed",
    JSON.stringify({ a: `password='${weak}`, b: "it's" }),
    JSON.stringify({ a: "password='[redacted: password]", b: "it's" }),
  ],
  [
    "a text that ends where a value might begin",
    '["Password: ",12345678,"x"]',
    '["Password: ",12345678,"x"]',
  ],
])("JSON stays JSON with %s", (_, text, clean) => {
  expect(redact(text)).toBe(clean);
  expect(() => JSON.parse(clean)).not.toThrow();
});
