import { createHash } from 'node:crypto';
import { type CatalogueEntry, type Code, catalogue, type Level } from '../core/codes.ts';
import type { Diagnostic, Range, Severity } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { levelOf, levelTitles } from './by-place.ts';
import { type Checked, type Finding, filesOf, groupBy } from './checked.ts';
import { cutLine } from './code-frame.ts';
import { reportStyle } from './html-style.ts';
import { type Markup, markup } from './markup.ts';

/** Findings of one code and file that are shown with their lines; of the others only the place is. */
const shownPerCode = 20;
/** Places that are listed behind them. */
const listedPerCode = 200;
/** Terminal cells of a line of the source that are shown. */
const frameWidth = 84;

/** One self-contained page: no script, no request; whatever stands in the files is shown as text. */
export function writeHtmlReport(checked: Checked): string {
  const page = new Page(checked);
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'`;
  // The hash of the policy is that of the style between the tags, byte for byte.
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Validation report: ${page.verdict}</title>
<style>`.text
    .concat(reportStyle, '</style>\n</head>\n')
    .concat(page.body().text, '</html>\n');
}

const counted = (findings: readonly Finding[]): readonly Finding[] => findings.filter(({ ignored }) => !ignored);

const count = (findings: readonly Finding[], severity: Severity): number =>
  counted(findings).filter(({ diagnostic }) => diagnostic.severity === severity).length;

const plural = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

const words: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

const entryOf = (code: Code): CatalogueEntry => catalogue[code];

class Page {
  readonly verdict: string;
  readonly #checked: Checked;
  readonly #byFile: ReadonlyMap<string | undefined, readonly Finding[]>;
  readonly #files: readonly string[];
  readonly #indexes = new Map<string, TextIndex | undefined>();
  /** Ids of findings by their place, for links from related places. */
  readonly #ids = new Map<string, string>();
  readonly #idOf = new Map<Finding, string>();
  /** Findings that are shown with their lines; links lead to these only. */
  readonly #shown = new Set<Finding>();

  constructor(checked: Checked) {
    this.#checked = checked;
    this.#byFile = groupBy(checked.findings, ({ diagnostic: { file } }) => file);
    this.#files = filesOf(checked);
    const failed = count(checked.findings, 'error') > 0 || (checked.strict && count(checked.findings, 'warning') > 0);
    this.verdict = failed ? 'not valid' : 'valid';
    for (const found of this.#byFile.values())
      for (const ofCode of groupBy(found, ({ diagnostic: { code } }) => code).values())
        for (const finding of ofCode.slice(0, shownPerCode)) this.#shown.add(finding);
    for (const [at, finding] of checked.findings.entries()) {
      const { file, range } = finding.diagnostic;
      this.#idOf.set(finding, `finding-${at + 1}`);
      const key = placeKey(file, range);
      if (this.#shown.has(finding) && !this.#ids.has(key)) this.#ids.set(key, `finding-${at + 1}`);
    }
  }

  body(): Markup {
    const { findings, version, files } = this.#checked;
    const numbers = severities.map((severity) => plural(count(findings, severity), words[severity])).join(', ');
    const ignored = findings.length - counted(findings).length;
    return markup`<body>
<a class="skip" href="#files">To the findings</a>
<header class="page">
<p class="mark"><span lang="lzh">韋編</span> weibian ${version}</p>
<h1>Validation report</h1>
<p class="verdict ${this.verdict === 'valid' ? 'valid' : 'invalid'}"><strong>${this.verdict === 'valid' ? 'Valid' : 'Not valid'}</strong> ${numbers}${ignored > 0 ? `, ${ignored} ignored` : ''} in ${plural(files.length, 'file')}</p>
</header>
<main>
${this.#summary()}
<div id="files">
${this.#files.filter((file) => this.#byFile.has(file)).map((file, at) => this.#file(file, at + 1))}</div>
${this.#clean()}
</main>
</body>
`;
  }

  #summary(): Markup | undefined {
    const { findings } = this.#checked;
    if (findings.length === 0) return undefined;
    const withFindings = this.#files.filter((file) => this.#byFile.has(file));
    const number = (value: number): Markup => markup`<td${value === 0 ? markup` class="none"` : ''}>${value}</td>`;
    const byCode = [...groupBy(findings, ({ diagnostic: { code } }) => code)].sort(
      ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
    );
    return markup`<section class="summary" aria-labelledby="summary">
<h2 id="summary">Summary</h2>
<table>
<caption>Findings by file</caption>
<thead><tr><th scope="col">File</th><th scope="col">Errors</th><th scope="col">Warnings</th><th scope="col">Notes</th><th scope="col">Ignored</th></tr></thead>
<tbody>
${withFindings.map((file, at) => {
  const found = this.#byFile.get(file)!;
  return markup`<tr><th scope="row"><a href="#file-${at + 1}">${shownText(file)}</a></th>${severities.map((severity) => number(count(found, severity)))}${number(found.length - counted(found).length)}</tr>
`;
})}</tbody>
</table>
<table class="by-code">
<caption>Findings by code</caption>
<thead><tr><th scope="col">Code</th><th scope="col" class="words title">What it is</th><th scope="col" class="words">Level</th><th scope="col">Found</th><th scope="col">Files</th></tr></thead>
<tbody>
${byCode.map(
  ([code, found]) =>
    markup`<tr><th scope="row"><code class="${entryOf(code).severity}">${code}</code></th><td class="words title">${prose(entryOf(code).title)}</td><td class="words">${levelTitle(levelOf({ code }))}</td>${number(found.length)}${number(new Set(found.map(({ diagnostic: { file } }) => file)).size)}</tr>
`,
)}</tbody>
</table>
</section>`;
  }

  #file(file: string, number: number): Markup {
    const found = this.#byFile.get(file)!;
    const byLevel = [...groupBy(found, ({ diagnostic }) => levelOf(diagnostic))];
    const counts = severities.flatMap((severity) => {
      const times = count(found, severity);
      return times > 0 ? [plural(times, words[severity])] : [];
    });
    const ignored = found.length - counted(found).length;
    if (ignored > 0) counts.push(`${ignored} ignored`);
    return markup`<section class="file" aria-labelledby="file-${number}">
<h2 id="file-${number}">${shownText(file)}</h2>
<p class="counts">${counts.join(', ')}</p>
${byLevel.map(
  ([level, ofLevel]) => markup`<section class="level">
<h3>${levelTitle(level)}</h3>
${[...groupBy(ofLevel, ({ diagnostic: { code } }) => code)].map(([code, ofCode]) => this.#code(code, ofCode))}</section>
`,
)}</section>
`;
  }

  #code(code: Code, found: readonly Finding[]): Markup {
    const { title, why, help, section, severity: usual, wrong, right } = entryOf(code);
    const severity = counted(found)[0]?.diagnostic.severity ?? usual;
    const shown = found.filter((finding) => this.#shown.has(finding));
    const rest = found.filter((finding) => !this.#shown.has(finding));
    const example =
      wrong === undefined && right === undefined
        ? undefined
        : markup`<details><summary>Example</summary>
<div class="examples">${exampleOf('Wrong', wrong)}${exampleOf('Right', right)}</div>
</details>
`;
    const own = [...new Set(found.map(({ diagnostic }) => diagnostic.help))];
    return markup`<article class="code ${severity}">
<h4>${prose(title)} <span class="times">${found.length > 1 ? `${found.length} ×` : ''}</span></h4>
<p class="name"><span class="severity">${words[severity]}</span> <code>${code}</code></p>
<p class="why">${prose(why)}</p>
<p class="help"><b>What to do:</b> ${prose(own.length === 1 ? own[0]! : help)}${section === undefined ? '' : markup` <span class="see">See docs/encoding.md#${section}.</span>`}</p>
${example}<ol class="findings">
${shown.map((finding) => this.#finding(finding, own.length > 1))}</ol>
${this.#rest(rest)}</article>
`;
  }

  #finding(finding: Finding, withHelp: boolean): Markup {
    const { diagnostic: found, ignored } = finding;
    const id = this.#idOf.get(finding)!;
    const { message, file, range, path, related = [], help } = found;
    const place = range ? `${range.start.line}:${range.start.column}` : '';
    return markup`<li id="${id}"${ignored ? markup` class="ignored"` : ''}>
<p class="message">${place ? markup`<a class="place" href="#${id}">${place}</a> ` : ''}${prose(message)}</p>
${file !== undefined && range ? this.#frame(file, range) : ''}${
  path === undefined
    ? ''
    : markup`<p class="path"><code>${shownText(path)}</code></p>
`
}${withHelp ? markup`<p class="help">${prose(help)}</p>\n` : ''}${
  related.length > 0
    ? markup`<ul class="related">
${related.map((other) => this.#related(other, found))}</ul>
`
    : ''
}${ignored ? markup`<p class="reason"><b>Ignored:</b> ${shownText(ignored.reason)} (${shownText([ignored.who, ignored.date].filter((part) => part !== undefined).join(', '))}; ${shownText(ignored.file)}:${ignored.range.start.line})</p>\n` : ''}</li>
`;
  }

  #related({ message, file, range }: NonNullable<Diagnostic['related']>[number], from: Diagnostic): Markup {
    const place = `${file === from.file ? 'line ' : `${file}:`}${range.start.line}:${range.start.column}`;
    const target = this.#ids.get(placeKey(file, range));
    const link = target ? markup`<a href="#${target}">${shownText(place)}</a>` : markup`${shownText(place)}`;
    return markup`<li><p>${prose(message)} (${link})</p>
${this.#frame(file, range)}</li>
`;
  }

  #rest(rest: readonly Finding[]): Markup | undefined {
    if (rest.length === 0) return undefined;
    const places = rest
      .slice(0, listedPerCode)
      .flatMap(({ diagnostic: { range } }) => (range ? [`${range.start.line}:${range.start.column}`] : []));
    const beyond = rest.length > listedPerCode ? ', …' : '';
    return markup`<details><summary>… and ${rest.length} more</summary>
<p class="places">${places.join(', ')}${beyond}</p>
</details>
`;
  }

  /** The line of a place with the line before and the line after, the place marked. */
  #frame(file: string, { start, end }: Range): Markup | undefined {
    const index = this.#indexOf(file);
    if (!index) return undefined;
    const last = end.line === start.line ? end.column : undefined;
    const { before, marked, after } = cutLine(index.line(start.line), start.column, last, frameWidth);
    const beside = (line: number): Markup | undefined => {
      const text = index.line(line);
      const whole = cutLine(text, 1, 1, frameWidth);
      return text.trim() === '' ? undefined : row(line, markup`${whole.before}${whole.marked}${whole.after}`, 'beside');
    };
    return markup`<div class="frame" translate="no">${beside(start.line - 1)}${row(start.line, markup`${before}<mark>${marked === '' ? ' ' : marked}</mark>${after}`, 'at')}${beside(start.line + 1)}</div>
`;
  }

  #indexOf(file: string): TextIndex | undefined {
    if (!this.#indexes.has(file)) {
      const text = this.#checked.textOf(file);
      this.#indexes.set(file, text === undefined ? undefined : new TextIndex(text));
    }
    return this.#indexes.get(file);
  }

  #clean(): Markup | undefined {
    const clean = this.#files.filter((file) => !this.#byFile.has(file));
    if (clean.length === 0) return undefined;
    return markup`<section class="clean" aria-labelledby="clean">
<h2 id="clean">Without findings</h2>
<details${clean.length <= 20 ? markup` open` : ''}><summary>${plural(clean.length, 'file')}</summary>
<ul>
${clean.map((file) => markup`<li>${shownText(file)}</li>\n`)}</ul>
</details>
</section>`;
  }
}

const row = (line: number, text: Markup, kind: string): Markup =>
  markup`<div class="${kind}"><span class="number">${line}</span><code>${text}</code></div>`;

const exampleOf = (name: string, text: string | undefined): Markup | undefined =>
  text === undefined
    ? undefined
    : markup`<figure class="${name.toLowerCase()}"><figcaption>${name}</figcaption><pre translate="no"><code>${text}</code></pre></figure>`;

const levelTitle = (level: Level | undefined): string => (level === undefined ? 'Files' : levelTitles[level]);

const placeKey = (file: string | undefined, range: Range | undefined): string => `${file} ${range?.start.offset}`;

/** Prose of messages: what stands between backticks is code. */
function prose(text: string): readonly Markup[] {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? markup`<code>${shownText(part)}</code>` : markup`${shownText(part)}`));
}

/** Characters that turn the direction of a line are named instead of obeyed. */
function shownText(text: string): readonly Markup[] {
  return text.split(/(\p{Bidi_Control})/u).map((part, at) => {
    if (at % 2 === 0) return markup`${part}`;
    const name = part.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return markup`<span class="character">U+${name}</span>`;
  });
}
