// What looks like a secret is put together here, so that nobody takes these files for a leak.
const LETTERS = "R1gF4k3T0kenAb9cDeXy7";
export const some = (length: number) => LETTERS.repeat(Math.ceil(length / LETTERS.length)).slice(0, length);
const jwt = `${"ey"}J${some(20)}.${"ey"}J${some(30)}.${some(24)}`;

/** Secrets that can be told by their shape, and of which kind they are. */
export const SHAPED: [kind: string, secret: string][] = [
  ["Anthropic key", `sk-${"ant"}-api03-${some(60)}-_AA`],
  ["OpenAI key", `sk-${"proj"}-${some(60)}_${some(20)}`],
  ["OpenAI key", `sk${"-"}${some(48)}`],
  ["OpenRouter key", `sk-${"or"}-v1-${"0a1b".repeat(16)}`],
  ["GitHub token", `gh${"p"}_${some(36)}`],
  ["GitHub token", `gh${"s"}_12345_${jwt}`],
  ["GitHub token", `github${"_pat"}_${some(22)}_${some(59)}`],
  ["GitLab token", `gl${"pat"}-${some(20)}`],
  ["GitLab token", `gl${"pat"}-${some(40)}.01.0w1a2b3c4`],
  ["AWS key", `AK${"IA"}QX7EXAMPLERIG123`],
  ["Google key", `AI${"za"}Sy${some(33)}`],
  ["Google key", `A${"Q."}Ab8${some(47)}`],
  ["Google token", `ya${"29."}${some(60)}`],
  ["Slack token", `xo${"xb"}-111111111111-222222222222-${some(24)}`],
  ["Stripe key", `sk_${"live"}_${some(24)}`],
  ["Stripe key", `wh${"sec"}_${some(32)}`],
  ["npm token", `np${"m"}_${some(36)}`],
  ["Hugging Face token", `h${"f"}_${some(34)}`],
  ["JWT", jwt],
];

export const pem = (name: string, lines: string[]) =>
  [`-----BEGIN ${name}${"PRIVATE"} KEY-----`, ...lines, `-----END ${name}${"PRIVATE"} KEY-----`].join("\n");

/** Secrets as people and programs write them, and the part of it that nobody may read. */
export const SAID: { said: string; secret: string }[] = [
  ...SHAPED.map(([, secret]) => ({ said: secret, secret })),
  { said: `export DB_PASSWORD=${"Tr0ub"}4dor-horse`, secret: `${"Tr0ub"}4dor-horse` },
  { said: `postgres://rig:${"S3cr"}3tPassw0rd@db.example.com/app`, secret: `${"S3cr"}3tPassw0rd` },
  { said: `Authorization: Bearer ${some(30)}`, secret: some(30) },
  { said: `AWS_SECRET_ACCESS_KEY=${some(17)}/${some(22)}`, secret: `${some(17)}/${some(22)}` },
  { said: `{"api_key": "${some(9)}${some(12)}"}`, secret: `${some(9)}${some(12)}` },
  { said: pem("RSA ", ["MIIEowIBAAKCAQEAx".repeat(3), some(64)]), secret: "MIIEowIBAAKCAQEAx".repeat(3) },
];
