/** The style of the HTML report: ink on paper, vermilion for errors; dark by the reader's setting, plain on paper. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --paper: #fbf9f4; --sheet: #fff; --ink: #211d19; --soft: #5f574d; --rule: #ddd5c7; --wash: #f5f1e8;
  --error: #a1261b; --warning: #7a5200; --info: #1f4f82; --valid: #2c6234; --mark: #ffdf9c; --mark-ink: #211d19;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", "Noto Serif CJK TC", "Noto Serif TC", "Songti TC", Georgia, serif;
  --mono: ui-monospace, "SFMono-Regular", Menlo, Consolas, "Noto Sans Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK TC", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17161a; --sheet: #1e1d22; --ink: #ece6db; --soft: #b3aa9d; --rule: #3b3840; --wash: #26242b;
    --error: #ff9f8f; --warning: #ecc877; --info: #a5c9f5; --valid: #9bd3a3; --mark: #6a4c12; --mark-ink: #fff3d9;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--serif); }
header.page, main { max-width: 60rem; margin: 0 auto; padding: 0 1.5rem; }
header.page { padding-top: 3.5rem; }
main { padding-bottom: 5rem; }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--info); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; background: var(--sheet); padding: .5rem 1rem; }
.skip:focus { left: 1rem; top: 1rem; }
code, pre, .number { font-family: var(--mono); font-size: .86em; tab-size: 2; }
.mark { margin: 0; color: var(--soft); letter-spacing: .04em; }
h1, h2, h3, h4 { font-weight: 600; line-height: 1.25; text-wrap: balance; }
h1 { font-size: 2.5rem; margin: .35rem 0 .75rem; letter-spacing: -.01em; }
h2 { font-size: 1.5rem; margin: 3.5rem 0 .25rem; overflow-wrap: anywhere; }
h3 { font-size: 1.0625rem; font-style: italic; font-weight: 400; color: var(--soft); margin: 1.75rem 0 .5rem; }
h4 { font-size: 1.1875rem; margin: 0; }
.verdict { margin: 0; padding: .75rem 0; border-block: 1px solid var(--rule); font-size: 1.125rem; }
.verdict strong { margin-inline-end: .6em; }
.verdict.valid strong { color: var(--valid); }
.verdict.invalid strong { color: var(--error); }
.counts { margin: 0; color: var(--soft); }
.summary h2 { margin-top: 2.5rem; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0 2rem; font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: start; color: var(--soft); font-style: italic; padding-bottom: .4rem; }
th, td { padding: .4rem .75rem .4rem 0; text-align: end; vertical-align: baseline; border-bottom: 1px solid var(--rule); }
thead th { font-weight: 400; font-size: .9rem; color: var(--soft); border-bottom-color: var(--ink); }
th:first-child, .words { text-align: start; }
th[scope="row"] { font-weight: 400; overflow-wrap: anywhere; }
th[scope="row"] code { overflow-wrap: normal; white-space: nowrap; }
td.none { color: var(--soft); }
code.error { color: var(--error); } code.warning { color: var(--warning); } code.info { color: var(--info); }
.code { --accent: var(--info); background: var(--sheet); border: 1px solid var(--rule); border-inline-start: 4px solid var(--accent); border-radius: 3px; padding: 1.1rem 1.4rem .9rem; margin: 0 0 1.25rem; }
.code.error { --accent: var(--error); } .code.warning { --accent: var(--warning); }
.times { color: var(--soft); font-weight: 400; font-size: .9em; font-variant-numeric: lining-nums; }
.name { margin: .15rem 0 .6rem; color: var(--soft); }
.severity { color: var(--accent); font-weight: 600; margin-inline-end: .4em; }
.why, .help { margin: .25rem 0; max-width: 46rem; }
.see { color: var(--soft); overflow-wrap: anywhere; }
details { margin: .6rem 0; }
summary { cursor: pointer; color: var(--soft); width: fit-content; }
.examples { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: .75rem; margin-top: .5rem; }
figure { margin: 0; border: 1px solid var(--rule); border-radius: 3px; background: var(--wash); min-width: 0; }
figcaption { padding: .3rem .8rem 0; font-size: .9rem; font-weight: 600; color: var(--error); }
figure.right figcaption { color: var(--valid); }
pre { margin: 0; padding: .3rem .8rem .7rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.findings { list-style: none; margin: 1rem 0 0; padding: 0; }
.findings > li { border-top: 1px solid var(--rule); padding: .8rem 0 .7rem; }
.findings > li:target { background: var(--wash); outline: .5rem solid var(--wash); }
.message { margin: 0 0 .45rem; overflow-wrap: anywhere; }
.message code, .why code, .help code { background: var(--wash); border-radius: 2px; padding: .05em .25em; }
.place { font: .86em var(--mono); color: var(--soft); margin-inline-end: .5em; }
.frame { background: var(--wash); border-radius: 3px; padding: .5rem 0; margin: .3rem 0; line-height: 1.65; unicode-bidi: isolate; direction: ltr; }
.frame > div { display: grid; grid-template-columns: 4.5rem 1fr; }
.frame code { white-space: pre-wrap; overflow-wrap: anywhere; padding-inline-end: .8rem; }
.number { color: var(--soft); text-align: end; padding-inline-end: 1rem; user-select: none; }
.beside code { color: var(--soft); }
mark { background: var(--mark); color: var(--mark-ink); border-radius: 2px; box-shadow: 0 2px 0 var(--accent); padding-block: .1em; }
.path { margin: .3rem 0 0; color: var(--soft); overflow-wrap: anywhere; line-height: 1.4; }
.related { list-style: none; margin: .6rem 0 0; padding-inline-start: 1rem; border-inline-start: 2px solid var(--rule); }
.related p { margin: 0; }
.ignored .message { color: var(--soft); }
.reason { margin: .4rem 0 0; }
.places { font: .86em/1.6 var(--mono); color: var(--soft); overflow-wrap: anywhere; }
.character { border: 1px solid currentColor; border-radius: 2px; padding: 0 .25em; font: .75em var(--mono); }
.clean ul { columns: 20rem; padding-inline-start: 1.2rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  header.page { padding-top: 2rem; }
  h1 { font-size: 2rem; }
  .code { padding: .9rem 1rem .6rem; }
  .frame > div { grid-template-columns: 3rem 1fr; }
  .number { padding-inline-end: .6rem; }
  .summary table { font-size: .9rem; }
  .by-code .title { display: none; }
  th[scope="row"] code { white-space: normal; }
}
@media print {
  :root { --paper: #fff; --wash: #f4f4f4; }
  body { font-size: 10pt; }
  .code { break-inside: auto; } h2, h3, h4, .name { break-after: avoid; } .findings > li { break-inside: avoid; }
}
`;
