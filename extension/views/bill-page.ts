/** The bill as a file of its own, which runs and loads nothing. */
export function htmlOf(page: string, style: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
  <title>The bill</title>
  <style>${style}</style>
</head>
<body class="paper">${page}</body>
</html>
`;
}
