/** How a session looks outside of the editor, in light and in dark. */
export const STYLE = `
:root { color-scheme: light dark; --quiet: light-dark(#5f6672, #9aa1ad); --line: light-dark(#dfe2e7, #363a42);
  --back: light-dark(#fff, #1b1d21); --box: light-dark(#f5f6f8, #24272d); --red: light-dark(#b3261e, #ff8a80);
  --green: light-dark(#1a7f37, #6fd08c); --blue: light-dark(#0b57d0, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 80px; max-width: 980px; font: 14px/1.5 system-ui, sans-serif;
  background: var(--back); color: light-dark(#1c1e21, #e4e6eb); overflow-wrap: anywhere; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 15px; margin: 0; font-weight: 600; }
a { color: var(--blue); } .quiet { color: var(--quiet); }
header p, header ul { margin: 2px 0; color: var(--quiet); } header ul { padding-left: 18px; }
nav { margin: 14px 0; padding: 10px 14px; background: var(--box); border-radius: 6px; }
nav ol { margin: 0; padding-left: 22px; }
.show { position: sticky; top: 0; z-index: 1; display: flex; gap: 14px; padding: 8px 0; background: var(--back);
  border-bottom: 1px solid var(--line); }
section { margin: 22px 0; } .said { white-space: pre-wrap; margin: 6px 0 10px; padding: 8px 12px;
  border-left: 3px solid var(--blue); background: var(--box); border-radius: 0 6px 6px 0; }
details, .step > p { margin: 0; border-bottom: 1px solid var(--line); }
summary, .step > p { display: flex; gap: 10px; align-items: baseline; padding: 5px 4px; }
summary { cursor: pointer; } summary:hover { background: var(--box); } summary::before { content: "▸"; color: var(--quiet); }
details[open] > summary::before { content: "▾"; } .step > p::before { content: "·"; color: var(--quiet); }
.number { color: var(--quiet); min-width: 3ch; text-align: right; font-variant-numeric: tabular-nums; }
.name { color: var(--blue); white-space: nowrap; } .what { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; } details[open] .what { white-space: normal; }
.aside { color: var(--quiet); white-space: nowrap; font-size: 12px; } .bad .aside, .bad .name { color: var(--red); }
.agent { margin-left: 24px; } pre { margin: 0 0 8px 22px; padding: 8px 10px; max-height: 480px; overflow: auto;
  font: 12px/1.5 ui-monospace, monospace; background: var(--box); border-radius: 6px; white-space: pre-wrap; }
.plus { color: var(--green); } .minus { color: var(--red); } .text pre { font: inherit; }
body:has(#errors:checked) .step:not(.bad), body:has(#edits:checked) .step:not(.edit),
body:has(#words:checked) .step:not(.text) { display: none; }
@media print { .show, nav { display: none; } pre { max-height: none; } }
`;
