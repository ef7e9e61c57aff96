import { createHash } from 'node:crypto';
import { type CatalogueEntry, catalogue } from '../core/codes.ts';
import { levelOf, titleOfLevel } from './by-place.ts';
import { type Checked, type Finding, filesOf, groupBy } from './checked.ts';
import { FindingSections } from './html-findings.ts';
import { reportStyle } from './html-style.ts';
import { count, countIgnored, plural, prose, severities, severityNames, shownText } from './html-words.ts';
import { type Markup, markup } from './markup.ts';

/** One self-contained page: no script, no request; whatever stands in the files is shown as text. */
export function writeHtmlReport(checked: Checked): string {
  const { findings, version, files, strict } = checked;
  const all = filesOf(checked);
  const byFile = groupBy(findings, ({ diagnostic: { file } }) => file);
  const withFindings = all.filter((file) => byFile.has(file)).map((file) => [file, byFile.get(file)!] as const);
  const sections = new FindingSections(checked);
  const failed = count(findings, 'error') > 0 || (strict && count(findings, 'warning') > 0);
  const verdict = failed ? 'Not valid' : 'Valid';
  const numbers = severities.map((severity) => plural(count(findings, severity), severityNames[severity]));
  const ignored = countIgnored(findings);
  const body = markup`<body>
<a class="skip" href="#files">To the findings</a>
<header class="page">
<p class="mark"><span lang="lzh">韋編</span> weibian ${version}</p>
<h1>Validation report</h1>
<p class="verdict ${failed ? 'invalid' : 'valid'}"><strong>${verdict}</strong> ${numbers.join(', ')}${ignored > 0 ? `, ${ignored} ignored` : ''} in ${plural(files.length, 'file')}</p>
</header>
<main>
${findings.length > 0 ? summary(withFindings, findings) : undefined}
<div id="files">
${withFindings.map(([file], at) => sections.file(file, at + 1))}</div>
${clean(all.filter((file) => !byFile.has(file)))}
</main>
</body>
`;
  return `${head(verdict)}${body.text}</html>\n`;
}

/** The head; its policy lets nothing through but the style, by its hash, which is that of the bytes between the tags. */
function head(verdict: string): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'`;
  const opening = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Validation report: ${verdict.toLowerCase()}</title>
`;
  return `${opening.text}<style>${reportStyle}</style>\n</head>\n`;
}

function summary(byFile: readonly (readonly [string, readonly Finding[]])[], findings: readonly Finding[]): Markup {
  const number = (value: number): Markup => markup`<td${value === 0 ? markup` class="none"` : ''}>${value}</td>`;
  const byCode = [...groupBy(findings, ({ diagnostic: { code } }) => code)].sort(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  );
  const fileRow = ([file, found]: readonly [string, readonly Finding[]], at: number): Markup =>
    markup`<tr><th scope="row"><a href="#file-${at + 1}">${shownText(file)}</a></th>${severities.map((severity) => number(count(found, severity)))}${number(countIgnored(found))}</tr>
`;
  const codeRow = ([code, found]: (typeof byCode)[number]): Markup => {
    const { severity, title }: CatalogueEntry = catalogue[code];
    const files = new Set(found.map(({ diagnostic: { file } }) => file)).size;
    return markup`<tr><th scope="row"><code class="${severity}">${code}</code></th><td class="words title">${prose(title)}</td><td class="words">${titleOfLevel(levelOf({ code }))}</td>${number(found.length)}${number(files)}</tr>
`;
  };
  return markup`<section class="summary" aria-labelledby="summary">
<h2 id="summary">Summary</h2>
<table>
<caption>Findings by file</caption>
<thead><tr><th scope="col">File</th><th scope="col">Errors</th><th scope="col">Warnings</th><th scope="col">Notes</th><th scope="col">Ignored</th></tr></thead>
<tbody>
${byFile.map(fileRow)}</tbody>
</table>
<table class="by-code">
<caption>Findings by code</caption>
<thead><tr><th scope="col">Code</th><th scope="col" class="words title">What it is</th><th scope="col" class="words">Level</th><th scope="col">Found</th><th scope="col">Files</th></tr></thead>
<tbody>
${byCode.map(codeRow)}</tbody>
</table>
</section>`;
}

function clean(files: readonly string[]): Markup | undefined {
  if (files.length === 0) return undefined;
  return markup`<section class="clean" aria-labelledby="clean">
<h2 id="clean">Without findings</h2>
<details${files.length <= 20 ? markup` open` : ''}><summary>${plural(files.length, 'file')}</summary>
<ul>
${files.map((file) => markup`<li>${shownText(file)}</li>\n`)}</ul>
</details>
</section>`;
}
