/** Of the page that shows a comparison: the colors of the report. */
export const comparisonStyle = `
:root { color-scheme: light dark; --ink: light-dark(#1b1d21, #e8e6e1); --ink-2: light-dark(#474b53, #b9bcc2);
  --paper: light-dark(#fbfaf7, #15171a); --panel: light-dark(#fff, #1b1e22); --line: light-dark(#e4e1d9, #2c3036);
  --good: light-dark(#0a6640, #6cd19c); --bad: light-dark(#b0241c, #ff938a); --link: light-dark(#1d4f91, #8fbcf5); }
* { box-sizing: border-box; font-variant-ligatures: none; }
body { margin: 0 auto; max-width: 70rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 'Inter', ui-sans-serif, system-ui, 'Segoe UI', sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
.sides, .note { color: var(--ink-2); margin: 0 0 1rem; overflow-wrap: anywhere; }
.headline { font-size: 1.15rem; font-weight: 600; } .bad { color: var(--bad); } .good { color: var(--good); }
a { color: var(--link); } a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; background: var(--panel); border: 1px solid var(--line); }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--ink-2); font-weight: 600; border-top: 0; } .mono { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .92em; }
ul { padding-left: 1.2rem; } @media print { body { max-width: none; padding: 0; } }
`;
